namespace EdgeChat.VirtualBoard;

/// <summary>How a board's console UART is wired.</summary>
public sealed class SerialWiring
{
    /// <summary>The port's name: <c>COM2</c>, <c>COM3</c>. COM1 belongs to the Wire Protocol.</summary>
    public string Port { get; private init; } = "COM2";

    /// <summary>Transmit pin, or -1 when not given.</summary>
    public int Tx { get; private init; } = -1;

    /// <summary>Receive pin, or -1 when not given.</summary>
    public int Rx { get; private init; } = -1;

    /// <summary>Bits a second.</summary>
    public int Baud { get; private init; } = 115200;

    internal static SerialWiring Read(BoardFile file) => new()
    {
        Port = file.Text("port", "COM2"),
        Tx = file.Number("tx", -1, -1, 48),
        Rx = file.Number("rx", -1, -1, 48),
        Baud = file.Number("baud", 115200, 300, 5_000_000),
    };
}
