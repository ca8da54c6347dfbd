using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EdgeChat.Bundle;

/// <summary>How the tool writes JSON, everywhere the same: keys in camel case, enumerations as words, letters as they are, and nothing for
/// what has no value.</summary>
public static class ToolJson
{
    /// <summary>In one line, for scripts.</summary>
    public static JsonSerializerOptions Line { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>In lines, for a file that people read too; with the same line ends on every system, because bundles are signed.</summary>
    public static JsonSerializerOptions File { get; } = new(Line) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Something as one line.</summary>
    public static string LineOf(object value) => JsonSerializer.Serialize(value, Line);

    /// <summary>An object with these keys, in this order, as one line; keys without a value are left out.</summary>
    public static string Object(params (string Key, object? Value)[] pairs)
    {
        var json = new JsonObject();
        foreach (var (key, value) in pairs)
            if (value is not null) json[key] = JsonSerializer.SerializeToNode(value, Line);
        return json.ToJsonString(Line);
    }
}
