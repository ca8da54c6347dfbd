namespace EdgeChat.Usb;

/// <summary>What went wrong between this PC and a board.</summary>
public enum UsbFault
{
    /// <summary>Nothing on the other end answers.</summary>
    Silent,

    /// <summary>The board answers that it will not, or cannot.</summary>
    Refused,

    /// <summary>It is another board, chip or firmware than was meant.</summary>
    WrongBoard,

    /// <summary>What was written is not what can be read back.</summary>
    NotWritten,

    /// <summary>What was to be sent cannot be: too long, no such place.</summary>
    BadInput,
}

/// <summary>Ends what was asked of a board; the message says what was wrong and what to do.</summary>
public sealed class UsbException(UsbFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of fault it was.</summary>
    public UsbFault Fault { get; } = fault;
}
