namespace EdgeChat.Delivery;

/// <summary>The fields of a row of <see cref="StreamTable"/>: numbers of 32 bits first, then those that share cells.</summary>
internal static class StreamField
{
    // what comes from the device: its stream

    /// <summary>Highest number that came.</summary>
    public const int High = 2;

    /// <summary>Lowest number that came: a lower one is new, however late it is.</summary>
    public const int First = 3;

    /// <summary>Receipts speak of numbers from here on; above <see cref="First"/> when a hole below was given up.</summary>
    public const int Floor = 4;

    /// <summary>All that came up to here was shown.</summary>
    public const int Shown = 5;

    // what it has of this board's stream

    /// <summary>When to look for messages without receipt, in tenths of a second since boot, 0 for never, -1 for as soon as the device is there.</summary>
    public const int WatchDue = 6;

    /// <summary>Address of the mark of this row, or 0.</summary>
    public const int Mark = 7;

    /// <summary>Cells of a row.</summary>
    public const int Cells = 8;

    // 8 and up share cells 0 and 1, see StreamTable

    public const int Conversation = 8;
    public const int Peer = 9;
    public const int Flags = 10;

    /// <summary>How often messages without receipt were looked for.</summary>
    public const int WatchStage = 11;

    /// <summary>Incarnation of the device's stream, 0 before its first message.</summary>
    public const int Incarnation = 12;

    /// <summary>Highest incarnation of the device that sent a receipt.</summary>
    public const int ReaderIncarnation = 13;

    /// <summary>Flag: a receipt must go out.</summary>
    public const int ReceiptIsDue = 1;

    /// <summary>Flag: the broker has a receipt of the present <see cref="High"/> and <see cref="Shown"/>.</summary>
    public const int IsTold = 2;

    /// <summary>Flag: the mark must be written soon.</summary>
    public const int MarkIsDue = 4;

    /// <summary>Flag: the mark is to be written some time.</summary>
    public const int MarkCanWait = 8;

    /// <summary>Flag: the mark has the present <see cref="High"/>.</summary>
    public const int HighIsMarked = 16;

    /// <summary>Flag: the mark has the present <see cref="First"/>.</summary>
    public const int FirstIsMarked = 32;

    /// <summary>Flag: a hole is what is lowest of the stream. It does not follow from the messages, so the mark has its first number.</summary>
    public const int BottomIsHole = 64;
}
