namespace EdgeChat.VirtualBoard;

/// <summary>Passes on every MQTT packet of one board, in the order in which they went over the socket.</summary>
public sealed class PacketLog
{
    /// <summary>Raised for each packet, on the thread that sent or read it: enqueue only.</summary>
    public event Action<Packet>? Logged;

    internal void Add(bool sent, ReadOnlySpan<byte> bytes)
    {
        Action<Packet>? logged = Logged;
        logged?.Invoke(new Packet(DateTime.UtcNow, sent, bytes.ToArray()));
    }
}
