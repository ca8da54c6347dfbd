using System.Text;
using System.Text.Json;

namespace EdgeChat.Tests.Fleet;

/// <summary>The lines of a board's console, and among them the JSON objects of its machine mode.</summary>
internal sealed class ConsoleTap
{
    private const byte Xon = 0x11;
    private const byte Xoff = 0x13;

    private readonly Lock _gate = new();
    private readonly List<byte> _partial = [];
    private readonly List<string> _lines = [];
    private readonly List<JsonElement> _objects = [];

    /// <summary>How many lines there were.</summary>
    public int LineCount
    {
        get { lock (_gate) return _lines.Count; }
    }

    /// <summary>How many objects there were.</summary>
    public int Count
    {
        get { lock (_gate) return _objects.Count; }
    }

    /// <summary>Takes what the board wrote.</summary>
    public void Take(byte[] bytes)
    {
        lock (_gate)
        {
            foreach (byte b in bytes)
            {
                if (b == '\n') EndLine();
                else if (b is not (Xon or Xoff or (byte)'\r')) _partial.Add(b);
            }
        }
    }

    /// <summary>The board's power went: half a line stays half.</summary>
    public void Break()
    {
        lock (_gate)
            if (_partial.Count > 0) EndLine();
    }

    /// <summary>The lines from one on.</summary>
    public IReadOnlyList<string> Lines(int from)
    {
        lock (_gate) return [.. _lines.Skip(from)];
    }

    /// <summary>The objects from one on.</summary>
    public IReadOnlyList<JsonElement> Objects(int from)
    {
        lock (_gate) return [.. _objects.Skip(from)];
    }

    /// <summary>The events of a kind, in their order.</summary>
    public IReadOnlyList<JsonElement> Events(string kind, int from = 0) => [.. Objects(from).Where(o => Is(o, "event", kind))];

    /// <summary>Whether an object has a key with a text.</summary>
    public static bool Is(JsonElement o, string key, string value) =>
        o.TryGetProperty(key, out JsonElement found) && found.ValueKind == JsonValueKind.String && found.GetString() == value;

    private void EndLine()
    {
        string line = Encoding.UTF8.GetString([.. _partial]);
        _partial.Clear();
        _lines.Add(line);
        if (!line.StartsWith('{')) return;
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            _objects.Add(json.RootElement.Clone());
        }
        catch (JsonException)
        {
            // a line that a power cut has broken; it stands among the lines
        }
    }
}
