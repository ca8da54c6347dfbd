using System.Text;
using System.Text.Json;
using EdgeChat.Delivery;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo;

/// <summary>The newest packets of one board, and how far each message that it sent has come.</summary>
/// <remarks>Ticks are read off the packets alone: a PUBACK makes one, the receipts of all whom the message is for make the others. Safe
/// from any thread.</remarks>
public sealed class PacketList
{
    /// <summary>How many packets are kept.</summary>
    public const int Capacity = 200;

    private const int LongestNote = 400;

    private readonly Lock _gate = new();
    private readonly string _id;
    private readonly RosterBook _rosters;
    private readonly Queue<Entry> _entries = new();
    private long _version;
    private long _count;

    /// <summary>Makes the list of the board with device id <paramref name="id"/>; <paramref name="rosters"/> knows the groups whose roster
    /// comes in none of its packets, because the broker has kept the board's session.</summary>
    public PacketList(string id, RosterBook? rosters = null)
    {
        _id = id;
        _rosters = new RosterBook(rosters);
    }

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
                Row = new PacketRow(++_count, packet.Time, packet.Sent, packet.Kind, topic, packet.Length, Note(packet), Tick.None,
                    ++_version),
                PacketId = packet.PacketId,
            };
            if (packet is { Topic: not null, Payload: not null })
                ReadMessage(entry, packet.Topic, packet.Payload);
            else if (packet.Kind == "PUBACK" && !packet.Sent)
                _entries.LastOrDefault(e => e.Row is { IsSent: true, Kind: "PUBLISH" }
                    && e.PacketId == packet.PacketId)?.Message?.Confirm();
            _entries.Enqueue(entry);
            if (_entries.Count > Capacity)
                _entries.Dequeue();
            ShowTicks();
        }
    }

    /// <summary>The rows that are new or changed since <paramref name="version"/>, oldest first; moves <paramref name="version"/> to
    /// now.</summary>
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

    // docs/protocol.md, section 2: ec1/i/<to>/<from> for a person, ec1/g/<group>/<from> for a group, ec1/r/<group> who is in it
    private void ReadMessage(Entry entry, string topic, byte[] body)
    {
        if (_rosters.Take(topic, body) is { } changed)
        {
            foreach (var message in Messages().Where(m => m.Conversation == Group(changed)))
                message.KeepOnly(_rosters.MembersOf(changed)!);
        }

        if (topic.Split('/') is not ["ec1", "i" or "g", _, _] level)
            return;
        try
        {
            using var json = ProtocolJson.Parse(body);
            var root = json.RootElement;
            var type = root.TryGetProperty("y", out var y) ? y.GetString() : null;
            var group = level[1] == "g" ? level[2] : root.TryGetProperty("g", out var g) ? g.GetString() : null;
            if (entry.Row.IsSent && level[3] == _id && type is not ("r" or "q" or "l") && root.TryGetProperty("n", out var n))
                entry.Message = Message(level[1] == "g", level[2], type is "j" or "w" ? null : group, n.Integer());
            else if (!entry.Row.IsSent && level[1] == "i" && level[2] == _id && type == "r")
                ReadReceipt(level[3], group, root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // No message of ours; the row shows what it is.
        }
    }

    // What goes out again is the same message. A group's goes again to the inbox of the one member that lacks it (section 8).
    private SentMessage Message(bool isToAll, string to, string? group, long number)
    {
        var conversation = group is null ? to : Group(group);
        return Messages().FirstOrDefault(m => m.Conversation == conversation && m.Number == number)
            ?? new SentMessage(conversation, number, isToAll ? _rosters.MembersOf(to)?.Where(m => m != _id) ?? [] : [to]);
    }

    // section 7: it speaks of the numbers from f to d that are no holes
    private void ReadReceipt(string from, string? group, JsonElement receipt)
    {
        var first = receipt.TryGetProperty("f", out var f) ? f.Integer() : 1;
        var have = receipt.TryGetProperty("d", out var d) ? d.Integer() : 0;
        var shown = receipt.TryGetProperty("s", out var s) ? s.Integer() : 0;
        var holes = receipt.TryGetProperty("h", out var h) ? h.EnumerateArray().Select(e => e.Integer()).ToHashSet() : [];
        var conversation = group is null ? from : Group(group);
        foreach (var message in Messages().Where(m => m.Conversation == conversation && m.Number >= first && m.Number <= have
            && !holes.Contains(m.Number)))
            message.Raise(from, message.Number <= shown ? Tick.Shown : Tick.Two);
    }

    private IEnumerable<SentMessage> Messages() => _entries.Select(e => e.Message).OfType<SentMessage>();

    private static string Group(string id) => "g/" + id;

    private void ShowTicks()
    {
        foreach (var entry in _entries)
        {
            if (entry.Message is { } message && entry.Row.Tick != message.Tick)
                entry.Row = entry.Row with { Tick = message.Tick, Version = ++_version };
        }
    }

    private sealed class Entry
    {
        public required PacketRow Row;
        public int? PacketId;
        public SentMessage? Message;
    }
}
