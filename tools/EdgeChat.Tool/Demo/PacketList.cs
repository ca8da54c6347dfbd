using System.Text;
using System.Text.Json;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo;

/// <summary>The newest packets of one board, and how far each message that it sent has come.</summary>
/// <remarks>Ticks are read off the packets alone: a PUBACK makes one, the recipient's receipts make the others. Safe from any thread.</remarks>
public sealed class PacketList
{
    /// <summary>How many packets are kept.</summary>
    public const int Capacity = 200;

    private const int LongestNote = 400;

    private readonly Lock _gate = new();
    private readonly string _id;
    private readonly Queue<Entry> _entries = new();
    private long _version;
    private long _count;

    /// <summary>Makes the list of the board with device id <paramref name="id"/>.</summary>
    public PacketList(string id) => _id = id;

    /// <summary>Bytes of all packets that the board has sent.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Bytes of all packets that the board has received.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Adds a packet.</summary>
    public void Add(Packet packet)
    {
        lock (_gate)
        {
            if (packet.Sent)
                BytesSent += packet.Length;
            else
                BytesReceived += packet.Length;
            var topic = packet.Topic ?? Filter(packet);
            var entry = new Entry
            {
                Row = new PacketRow(++_count, packet.Time, packet.Sent, packet.Kind, topic, packet.Length, Note(packet), Tick.None, ++_version),
                PacketId = packet.PacketId,
            };
            if (packet is { Topic: not null, Payload: not null })
                ReadMessage(entry, packet.Topic, packet.Payload);
            else if (packet.Kind == "PUBACK" && !packet.Sent)
                Raise(Tick.One, e => e.Row.Tick == Tick.Clock && e.PacketId == packet.PacketId);
            _entries.Enqueue(entry);
            if (_entries.Count > Capacity)
                _entries.Dequeue();
        }
    }

    /// <summary>The rows that are new or changed since <paramref name="version"/>, oldest first; moves <paramref name="version"/> to now.</summary>
    public IReadOnlyList<PacketRow> Since(ref long version)
    {
        lock (_gate)
        {
            var from = version;
            version = _version;
            return from == _version ? [] : [.. _entries.Select(e => e.Row).Where(r => r.Version > from)];
        }
    }

    private static string? Note(Packet packet)
    {
        if (packet.Payload is not { } body)
            return null;
        var flags = (packet.IsDuplicate ? "again " : "") + (packet.IsRetained ? "retained " : "");
        return flags + Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, LongestNote)));
    }

    // The first topic filter of a SUBSCRIBE: OASIS MQTT 3.1.1, section 3.8.3. Here it is short enough for a length of one byte.
    private static string? Filter(Packet packet)
    {
        const int At = 4;
        var bytes = packet.Bytes;
        if (packet.Kind != "SUBSCRIBE" || bytes.Length < At + 2 || (bytes[1] & 0x80) != 0)
            return null;
        var length = (bytes[At] << 8) | bytes[At + 1];
        return bytes.Length < At + 2 + length ? null : Encoding.UTF8.GetString(bytes, At + 2, length);
    }

    // docs/protocol.md: ec1/i/<to>/<from> for a person, ec1/g/<group>/<from> for a group
    private void ReadMessage(Entry entry, string topic, byte[] body)
    {
        var level = topic.Split('/');
        if (level is not ["ec1", "i" or "g", _, _])
            return;
        try
        {
            using var json = JsonDocument.Parse(body);
            var type = json.RootElement.TryGetProperty("y", out var y) ? y.GetString() : null;
            if (entry.Row.IsSent && level[3] == _id && type is not ("r" or "q" or "l") && json.RootElement.TryGetProperty("n", out var n))
            {
                entry.Recipient = level[1] == "i" ? level[2] : null;
                entry.Sequence = n.GetInt64();
                entry.Row = entry.Row with { Tick = Tick.Clock };
            }
            else if (!entry.Row.IsSent && level[1] == "i" && level[2] == _id && type == "r" && !json.RootElement.TryGetProperty("g", out _))
            {
                ReadReceipt(level[3], json.RootElement);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // No message of ours; the row shows what it is.
        }
    }

    private void ReadReceipt(string from, JsonElement receipt)
    {
        var have = receipt.TryGetProperty("d", out var d) ? d.GetInt64() : 0;
        var shown = receipt.TryGetProperty("s", out var s) ? s.GetInt64() : 0;
        var holes = receipt.TryGetProperty("h", out var h) ? h.EnumerateArray().Select(e => e.GetInt64()).ToHashSet() : [];
        Raise(Tick.Two, e => e.Recipient == from && e.Sequence <= have && !holes.Contains(e.Sequence));
        Raise(Tick.Shown, e => e.Recipient == from && e.Sequence <= shown && !holes.Contains(e.Sequence));
    }

    private void Raise(Tick tick, Func<Entry, bool> which)
    {
        foreach (var entry in _entries)
        {
            if (entry.Row.Tick != Tick.None && entry.Row.Tick < tick && which(entry))
                entry.Row = entry.Row with { Tick = tick, Version = ++_version };
        }
    }

    private sealed class Entry
    {
        public required PacketRow Row;
        public int? PacketId;
        public string? Recipient;
        public long Sequence;
    }
}
