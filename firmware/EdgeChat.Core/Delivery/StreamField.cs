namespace EdgeChat.Core;

/// <summary>The fields of a row of <see cref="StreamTable"/>.</summary>
internal static class StreamField
{
    public const int Conversation = 0;
    public const int Peer = 1;
    public const int Flags = 2;

    // what comes from the device: its stream

    /// <summary>Incarnation of the device's stream, 0 before its first message.</summary>
    public const int Incarnation = 3;

    /// <summary>Highest number that came.</summary>
    public const int High = 4;

    /// <summary>Lowest number that came: a lower one is new, however late it is.</summary>
    public const int First = 5;

    /// <summary>Receipts speak of numbers from here on; above <see cref="First"/> when a hole below was given up.</summary>
    public const int Floor = 6;

    /// <summary>All that came up to here was shown.</summary>
    public const int Shown = 7;

    /// <summary>First number of a hole with no message of the stream below it, or 0: only such a hole does not follow from the messages.</summary>
    public const int Bottom = 8;

    /// <summary>"Have" and "shown" of the receipt that the broker confirmed last.</summary>
    public const int ToldHave = 9;
    public const int ToldShown = 10;

    /// <summary>When the receipt is due, in tenths of a second since boot.</summary>
    public const int ReceiptDue = 11;

    // what the device said of this board's stream

    /// <summary>Highest incarnation of the device that sent a receipt.</summary>
    public const int ReaderIncarnation = 12;

    // sending again

    /// <summary>Next number to send again, and the last; 0 when nothing is.</summary>
    public const int AgainNext = 13;
    public const int AgainTo = 14;

    /// <summary>When to look for messages without receipt, in tenths of a second since boot, 0 for never, -1 for as soon as the device is there; and how often that was done.</summary>
    public const int WatchDue = 15;
    public const int WatchStage = 16;

    // flash

    /// <summary>Address of the mark of this row, or 0.</summary>
    public const int Mark = 17;

    /// <summary>High and first as the mark has them.</summary>
    public const int MarkedHigh = 18;
    public const int MarkedFirst = 19;

    /// <summary>When the mark is due to be written, in tenths of a second since boot.</summary>
    public const int MarkDue = 20;

    public const int Count = 21;

    /// <summary>Flag: a receipt must go out.</summary>
    public const int ReceiptIsDue = 1;

    /// <summary>Flag: the mark is older than the row.</summary>
    public const int MarkIsDue = 2;

    /// <summary>Flag: what is sent again was asked for, so what is not there any more is told too.</summary>
    public const int WasAsked = 4;
}
