namespace EdgeChat.Fleet;

/// <summary>What a broker may be asked to keep, by the size of the fleet.</summary>
/// <param name="Users">How many devices and people come to it.</param>
public sealed record BrokerLimits(int Users)
{
    /// <summary>The largest message that goes through, in bytes. A body has at most 1,536 (docs/protocol.md, section 3), and a board cannot
    /// read a TLS record above 4,390.</summary>
    public const int MessageBytes = 2048;

    /// <summary>How long a device may be away before its session is forgotten.</summary>
    public const int SessionDays = 30;

    private const int MessagesOfOne = 64; // what a device keeps of a conversation, and so what it has to send at most

    /// <summary>The most messages that wait for one device.</summary>
    public int QueuedMessages => Math.Clamp(MessagesOfOne * Users, 1000, 10_000);

    /// <summary>The most connections: each user's, and as many that are being replaced.</summary>
    public int Connections => 2 * Users + 16;

    /// <summary>The most memory, in MiB: for all queues to be a quarter full.</summary>
    public int MemoryMiB => 64 + (int)Math.Min(4096, (long)QueuedMessages * Users * MessageBytes / 4 / (1 << 20));
}
