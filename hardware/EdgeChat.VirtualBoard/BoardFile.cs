using System.Text.Json;

namespace EdgeChat.VirtualBoard;

/// <summary>One object of a board file, read with messages that name the key, the value and what was expected.</summary>
internal sealed class BoardFile
{
    private readonly JsonElement _element;
    private readonly string _where;

    public BoardFile(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{where}: expected an object in braces, found {element.ValueKind}");
        _element = element;
        _where = where;
    }

    public BoardFile? Child(string key) =>
        _element.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null
        ? new BoardFile(value, _where + ", " + key) : null;

    public string Text(string key, string fallback)
    {
        if (!_element.TryGetProperty(key, out JsonElement value)) return fallback;
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(key, value, "a text in quotes");
    }

    public bool Flag(string key, bool fallback)
    {
        if (!_element.TryGetProperty(key, out JsonElement value)) return fallback;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(key, value, "true or false");
    }

    public int Number(string key, int fallback, int min, int max)
    {
        if (!_element.TryGetProperty(key, out JsonElement value)) return fallback;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= min && number <= max
            ? number
            : throw Wrong(key, value, $"a whole number from {min} to {max}");
    }

    /// <summary>All numbers of the object with their keys; other values are left out.</summary>
    public IEnumerable<KeyValuePair<string, int>> Numbers(int min, int max)
    {
        foreach (JsonProperty property in _element.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.Number)
                yield return new KeyValuePair<string, int>(property.Name, Number(property.Name, 0, min, max));
    }

    private FormatException Wrong(string key, JsonElement value, string expected) =>
        new($"{_where}: \"{key}\" is {value.GetRawText()}; expected {expected}");
}
