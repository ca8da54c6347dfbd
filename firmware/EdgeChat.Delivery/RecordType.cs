namespace EdgeChat.Delivery;

/// <summary>The types of the records that a messenger keeps on flash; a number never gets another meaning.</summary>
internal static class RecordType
{
    /// <summary>A message of this board; a later one with the same number replaces it.</summary>
    public const byte Out = 1;

    /// <summary>A message of somebody else, or a range that is lost or was taken back.</summary>
    public const byte In = 2;

    /// <summary>The state of a conversation.</summary>
    public const byte Conversation = 3;

    /// <summary>The state of a row of the stream table.</summary>
    public const byte Stream = 4;

    /// <summary>A device is followed, or not any more.</summary>
    public const byte Contact = 5;

    /// <summary>The display name of a device; of this board, the one that was published.</summary>
    public const byte Name = 6;

    /// <summary>The boot counter, and the incarnation that this board is in, 0 while it is not known.</summary>
    public const byte Boot = 7;

    /// <summary>The roster of a group.</summary>
    public const byte Roster = 8;
}
