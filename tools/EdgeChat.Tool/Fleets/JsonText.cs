using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeChat.Tool.Fleets;

/// <summary>Writes small JSON objects.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An object with these keys, in this order; keys without a value are left out.</summary>
    public static string Object(params (string Key, object? Value)[] pairs)
    {
        var json = new JsonObject();
        foreach (var (key, value) in pairs)
            if (value is not null) json[key] = JsonSerializer.SerializeToNode(value, Line);
        return json.ToJsonString(Line);
    }
}
