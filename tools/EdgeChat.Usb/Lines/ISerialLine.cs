namespace EdgeChat.Usb.Lines;

/// <summary>A serial line to a board, with its own clock: a port of this PC, or a virtual board in memory whose time is virtual.</summary>
/// <remarks>One thread uses it at a time. Every member that touches the board throws <see cref="LineGoneException"/> when it was
/// unplugged.</remarks>
public interface ISerialLine : IDisposable
{
    /// <summary>What people call it: <c>/dev/ttyUSB0</c>, <c>COM3</c>.</summary>
    string Name { get; }

    /// <summary>Bits a second, 8N1.</summary>
    int BaudRate { get; set; }

    /// <summary>Time on the line's clock, which never goes back.</summary>
    TimeSpan Now { get; }

    /// <summary>Lets time pass.</summary>
    void Wait(TimeSpan time);

    /// <summary>Sets the modem lines; true pulls the pin low.</summary>
    /// <returns>False when the line has none, as a pseudo terminal: then <see cref="Reopen"/> is what resets the board.</returns>
    bool SetModemLines(bool dtr, bool rts);

    /// <summary>Reads what has come, at least one byte, or waits for it.</summary>
    /// <returns>How many bytes; 0 when none came in <paramref name="patience"/>.</returns>
    int Read(Span<byte> buffer, TimeSpan patience);

    /// <summary>Writes all bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Forgets what has come and was not read.</summary>
    void DiscardInput();

    /// <summary>Closes the port and opens it again, also after the cable was unplugged and is back.</summary>
    void Reopen();
}
