using EdgeChat.Tool.Commands;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Tool.Usb;

/// <summary>Which port is meant.</summary>
public static class PortChoice
{
    /// <summary>The port that was named, or the only one that there is. Throws <see cref="ToolException"/> when that is not
    /// clear.</summary>
    public static string Of(string? named)
    {
        if (named is { Length: > 0 }) return named;
        var all = SerialPortLine.Names();
        return all.Count switch
        {
            1 => all[0],
            0 => throw new ToolException(ExitCode.Board, "no serial port is there: plug a board in, with a cable that carries data"),
            _ => throw new ToolException(
                ExitCode.Usage, $"{all.Count} serial ports are there: choose one with --port ({string.Join(", ", all)})"),
        };
    }
}
