using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>Screens in a terminal.</summary>
/// <param name="Lines">The lines that they take.</param>
/// <param name="HasHint">Whether there is room for a line above them.</param>
public sealed record ScreenLayout(IReadOnlyList<PictureLine> Lines, bool HasHint);

/// <summary>Lays the screens of several boards out in a terminal of a given size.</summary>
public static class ScreenGrid
{
    private static readonly Func<VirtualDisplay, bool, PictureLine[]>[] Ways = [ScreenText.HalfBlocks, ScreenText.Braille];

    private const int Others = 3; // the line above the console, the line to type in, the keys
    private const int FewestConsoleRows = 2;
    private const int EnoughConsoleRows = 6;

    /// <summary>Lines with the screens, each in a frame with its title; the frame of board <paramref name="chosen"/> is double. Null when
    /// not even that one fits.</summary>
    /// <param name="boards">The boards.</param>
    /// <param name="chosen">Which one is chosen.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows of the terminal.</param>
    /// <param name="isColoured">Whether displays with colours have them here.</param>
    /// <remarks>All boards with half blocks if they fit, else all with Braille dots, else the chosen one alone in the finer way that
    /// fits, which may take the hint's line and most of the console's.</remarks>
    public static ScreenLayout? Draw((string Title, VirtualDisplay Display)[] boards, int chosen, int width, int height,
        bool isColoured = false)
    {
        var room = height - Others;
        foreach (var draw in Ways)
        {
            var boxes = boards.Select((b, i) => Box(b.Title, draw(b.Display, isColoured), i == chosen)).ToArray();
            var across = Math.Max(1, (width + 1) / (boxes[0][0].Length + 1));
            var rows = (boxes.Length + across - 1) / across;
            if (boxes[0][0].Length <= width && rows * boxes[0].Length <= room - 1 - EnoughConsoleRows)
                return new ScreenLayout([.. boxes.Chunk(across).SelectMany(SideBySide)], true);
        }

        foreach (var draw in Ways)
        {
            var box = Box(boards[chosen].Title, draw(boards[chosen].Display, isColoured), true);
            if (box[0].Length <= width && box.Length <= room - FewestConsoleRows)
                return new ScreenLayout(box, box.Length <= room - 1 - EnoughConsoleRows);
        }

        return null;
    }

    /// <summary>The smallest terminal in which the screen of one board is shown.</summary>
    public static (int Columns, int Rows) SizeOf(VirtualDisplay display)
    {
        var box = Box("", ScreenText.Braille(display, false), true);
        return (box[0].Length, box.Length + FewestConsoleRows + Others);
    }

    private static PictureLine[] Box(string title, PictureLine[] lines, bool isChosen)
    {
        var (corners, across, down) = isChosen ? ("╔╗╚╝", '═', '║') : ("┌┐└┘", '─', '│');
        var width = lines[0].Length;
        var head = title.Length + 2 > width ? new string(across, width) : $" {title} ".PadRight(width, across);
        return
        [
            new PictureLine(corners[0] + head + corners[1]),
            .. lines.Select(l => PictureLine.Join(down.ToString(), new PictureLine(""), l, new PictureLine(""))),
            new PictureLine(corners[2] + new string(across, width) + corners[3]),
        ];
    }

    private static IEnumerable<PictureLine> SideBySide(PictureLine[][] boxes)
        => Enumerable.Range(0, boxes[0].Length).Select(row => PictureLine.Join(" ", [.. boxes.Select(b => b[row])]));
}
