using System.Globalization;
using System.Text;
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
    public static string LineOf(object value) => Printable(JsonSerializer.Serialize(value, Line));

    /// <summary>An object with these keys, in this order, as one line; keys without a value are left out.</summary>
    public static string Object(params (string Key, object? Value)[] pairs)
    {
        var json = new JsonObject();
        foreach (var (key, value) in pairs)
            if (value is not null) json[key] = JsonSerializer.SerializeToNode(value, Line);
        return Printable(json.ToJsonString(Line));
    }

    // A line may be printed in a terminal, so what steers one, or turns the order of its letters, is escaped (RFC 8259, section 7): it can
    // stand in texts only.
    private static string Printable(string json)
    {
        if (!json.Any(IsUnprintable)) return json;
        var safe = new StringBuilder(json.Length + 16);
        foreach (char c in json)
        {
            if (IsUnprintable(c)) safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else safe.Append(c);
        }

        return safe.ToString();
    }

    private static bool IsUnprintable(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
