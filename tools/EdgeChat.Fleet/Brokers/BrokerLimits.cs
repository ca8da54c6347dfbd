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

    /// <summary>How many messages NATS sends on for one filter before the first of them is confirmed; what is above waits in its store.
    /// It refuses a filter with which that many for each would be above 65,535, the number of packet ids: a board has at most 115 filters
    /// (its own 3, and 2 for each of 32 contacts, 16 others and 8 groups), and with these there is room for 127. Much fewer would hold
    /// a device up for half a minute after a connection that broke with so many unconfirmed, since NATS sends these again only
    /// then.</summary>
    public const int Unconfirmed = 512;

    // what three contacts who come and go each minute leave in the queue of who is away so long, in bytes
    private const int PresenceOfMonth = 16 << 20;

    private const int MessagesOfOne = 64; // what a device keeps of a conversation, and so what it has to send at most

    /// <summary>The most messages that wait for one device.</summary>
    public int QueuedMessages => Math.Clamp(MessagesOfOne * Users, 1000, 10_000);

    /// <summary>The most connections: each user's, and as many that are being replaced.</summary>
    public int Connections => 2 * Users + 16;

    /// <summary>The most memory, in MiB: for all queues to be a quarter full.</summary>
    public int MemoryMiB => 64 + (int)Math.Min(4096, QueueBytes * Users / 4 >> 20);

    /// <summary>The most space on disk for all that waits, in MiB: for all queues to be a quarter full.</summary>
    public int StoreMiB => 256 + (int)Math.Min(65_536, QueueBytes * Users / 4 >> 20);

    /// <summary>The most bytes that wait for one device where its queue refuses what is above: nobody but who floods it may come to that,
    /// since whoever writes to it is refused then.</summary>
    public long SessionBytes => PresenceOfMonth + QueueBytes;

    private long QueueBytes => (long)QueuedMessages * MessageBytes;
}
