using System.Text;
using EdgeChat.Core;
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
    private readonly DemoKeys? _keys;
    private readonly Body _body = new();
    private readonly Queue<Entry> _entries = new();
    private long _version;
    private long _count;

    /// <summary>Makes the list of the board with device id <paramref name="id"/>; <paramref name="rosters"/> knows the groups whose roster
    /// comes in none of its packets, because the broker has kept the board's session; with <paramref name="keys"/> it reads what is
    /// sealed.</summary>
    public PacketList(string id, RosterBook? rosters = null, DemoKeys? keys = null)
    {
        _keys = keys;
        _id = id;
        _rosters = new RosterBook(rosters);
    }

    /// <summary>Bytes of all packets that the board has sent.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Bytes of all packets that the board has received.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>How far the message that came furthest has come.</summary>
    public Tick BestTick { get; private set; }

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
            var isSealed = packet is { Topic: not null, Payload: not null } && Envelope.IsSealed(packet.Payload);
            var body = isSealed ? _keys?.Open(packet.Topic!, packet.Payload!) : packet.Payload;
            var entry = new Entry
            {
                Row = new PacketRow(++_count, packet.Time, packet.Sent, packet.Kind, topic, packet.Length, Note(packet, body, isSealed),
                    Tick.None, ++_version),
                PacketId = packet.PacketId,
            };
            if (packet.Topic is not null && body is not null)
                ReadMessage(entry, packet.Topic, body);
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

    // of what is sealed the broker sees but how long it is; the demo has the boards' keys
    private static string? Note(Packet packet, byte[]? body, bool isSealed)
    {
        if (packet.Payload is null)
            return null;
        var flags = (packet.IsDuplicate ? "again " : "") + (packet.IsRetained ? "retained " : "") + (isSealed ? "sealed " : "");
        if (body is null)
            return flags + "with a key that the demo does not have";
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
        KeepMembers(_rosters.Take(topic, body));
        if (topic.Split('/') is not ["ec1", "i" or "g", _, _] level)
            return;
        // what is no message of ours stands there as it is
        if (BodyReader.Read(body, body.Length, _body) != BodyError.None)
            return;
        if (_body.Type == BodyTypes.GroupKey)
        {
            _keys?.Learn(_body);
            KeepMembers(_rosters.Take(_body));
        }

        var group = level[1] == "g" ? level[2] : _body.Group;
        if (entry.Row.IsSent && level[3] == _id && _body.N > 0)
        {
            var isOfPair = _body.Type is BodyTypes.Invite or BodyTypes.Leave or BodyTypes.GroupKey;
            entry.Message = Message(level[1] == "g", level[2], isOfPair ? null : group, _body);
        }
        else if (!entry.Row.IsSent && level[1] == "i" && level[2] == _id && _body.Type == BodyTypes.Receipt)
            ReadReceipt(level[3], group, _body);
    }

    private void KeepMembers(string? group)
    {
        foreach (var message in Messages().Where(m => group is not null && m.Conversation == Group(group)))
            message.KeepOnly(_rosters.MembersOf(group!)!);
    }

    // What goes out again is the same message, and in another life of the device it is another one (section 5). A group's goes again to the
    // inbox of the one member that lacks it (section 8).
    private SentMessage Message(bool isToAll, string to, string? group, Body sent)
    {
        var conversation = group is null ? to : Group(group);
        return Messages().FirstOrDefault(m => m.Conversation == conversation && m.Number == sent.N && m.Incarnation == sent.Incarnation)
            ?? new SentMessage(conversation, sent.Incarnation, sent.N,
                isToAll ? _rosters.MembersOf(to)?.Where(m => m != _id) ?? [] : [to]);
    }

    // section 7: it speaks of the numbers from f to d that are no holes, and of one life; what is above all that was sent proves nothing
    private void ReadReceipt(string from, string? group, Body receipt)
    {
        var holes = receipt.HoleCount == 0 ? [] : receipt.Holes.Take(receipt.HoleCount).ToHashSet();
        var conversation = group is null ? from : Group(group);
        SentMessage[] sent = [.. Messages().Where(m => m.Conversation == conversation && m.Incarnation == receipt.StreamIncarnation)];
        if (sent.All(m => m.Number < receipt.Have))
            return;
        foreach (var message in sent.Where(m => m.Number >= receipt.First && m.Number <= receipt.Have && !holes.Contains(m.Number)))
            message.Raise(from, message.Number <= receipt.Shown ? Tick.Shown : Tick.Two);
    }

    private IEnumerable<SentMessage> Messages() => _entries.Select(e => e.Message).OfType<SentMessage>();

    private static string Group(string id) => "g/" + id;

    private void ShowTicks()
    {
        foreach (var entry in _entries)
        {
            if (entry.Message is { } message && entry.Row.Tick != message.Tick)
            {
                entry.Row = entry.Row with { Tick = message.Tick, Version = ++_version };
                if (message.Tick > BestTick) BestTick = message.Tick;
            }
        }
    }

    private sealed class Entry
    {
        public required PacketRow Row;
        public int? PacketId;
        public SentMessage? Message;
    }
}
