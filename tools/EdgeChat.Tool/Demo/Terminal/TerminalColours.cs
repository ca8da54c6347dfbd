using System.Globalization;
using System.Text;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>The colours that a terminal has, and how it is told of them (ECMA-48, 8.3.117 SGR, with the colours of ISO 8613-6).</summary>
public sealed class TerminalColours
{
    /// <summary>A terminal without colours.</summary>
    public static readonly TerminalColours None = new(0);

    /// <summary>A terminal with the 256 colours of xterm.</summary>
    public static readonly TerminalColours Some = new(256);

    /// <summary>A terminal with all colours.</summary>
    public static readonly TerminalColours All = new(1 << 24);

    private const string Plain = "\x1b[0m";
    private const int FirstOfCube = 16, FirstGrey = 232, Greys = 24;

    private static readonly int[] Steps = [0, 95, 135, 175, 215, 255]; // of each side of the cube

    private readonly int _count;

    private TerminalColours(int count) => _count = count;

    /// <summary>Whether there are any.</summary>
    public bool Any => _count > 0;

    /// <summary>What the environment says of the terminal: <c>COLORTERM</c> and <c>TERM</c>; none when the person has set <c>NO_COLOR</c>
    /// (no-color.org).</summary>
    public static TerminalColours Of(Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("NO_COLOR"))) return None;
        if (environment("COLORTERM") is "truecolor" or "24bit") return All;
        return (environment("TERM") ?? "").Contains("256color", StringComparison.Ordinal) ? Some : None;
    }

    /// <summary>The beginning of a line as this terminal takes it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="text">So much of its text as is shown.</param>
    public string Write(PictureLine line, string text)
    {
        if (!Any) return text;
        var written = new StringBuilder(text.Length);
        CellColours? before = null;
        for (int column = 0; column < text.Length; column++)
        {
            var colours = line.ColoursAt(column);
            if (colours != before) written.Append(colours is { } cell ? $"\x1b[38;{Name(cell.Ink)};48;{Name(cell.Ground)}m" : Plain);
            before = colours;
            written.Append(text[column]);
        }

        return before is null ? written.ToString() : written.Append(Plain).ToString();
    }

    private string Name(ushort colour)
    {
        int red = colour >> 11 << 3 | colour >> 13;
        int green = (colour >> 5 & 63) << 2 | colour >> 9 & 3;
        int blue = (colour & 31) << 3 | colour >> 2 & 7;
        return _count > 256
            ? string.Create(CultureInfo.InvariantCulture, $"2;{red};{green};{blue}")
            : string.Create(CultureInfo.InvariantCulture, $"5;{Nearest(red, green, blue)}");
    }

    // of the cube of 6x6x6 colours and the greys, in xterm's order
    private static int Nearest(int red, int green, int blue)
    {
        int Away(int r, int g, int b) => (r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue);
        static int Step(int part) => Enumerable.Range(0, Steps.Length).MinBy(i => Math.Abs(Steps[i] - part));
        var (r, g, b) = (Step(red), Step(green), Step(blue));
        int grey = Enumerable.Range(0, Greys).MinBy(i => Away(8 + 10 * i, 8 + 10 * i, 8 + 10 * i));
        int light = 8 + 10 * grey;
        return Away(light, light, light) < Away(Steps[r], Steps[g], Steps[b]) ? FirstGrey + grey : FirstOfCube + 36 * r + 6 * g + b;
    }
}
