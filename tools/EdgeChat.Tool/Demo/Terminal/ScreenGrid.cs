using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>Lays the screens of several boards out in a terminal of a given size.</summary>
public static class ScreenGrid
{
    /// <summary>Lines with the screens, each in a frame with its title; the frame of board <paramref name="chosen"/> is double.</summary>
    /// <remarks>All boards with half blocks if they fit, else all with Braille dots, else the chosen one alone in the finer way that
    /// fits.</remarks>
    public static IEnumerable<string> Draw((string Title, VirtualDisplay Display)[] boards, int chosen, int width, int height)
    {
        foreach (var draw in new Func<VirtualDisplay, string[]>[] { ScreenText.HalfBlocks, ScreenText.Braille })
        {
            var boxes = boards.Select((b, i) => Box(b.Title, draw(b.Display), i == chosen)).ToArray();
            var across = Math.Max(1, (width + 1) / (boxes[0][0].Length + 1));
            var rows = (boxes.Length + across - 1) / across;
            if (boxes[0][0].Length <= width && rows * boxes[0].Length <= height)
                return boxes.Chunk(across).SelectMany(SideBySide);
        }

        var half = Box(boards[chosen].Title, ScreenText.HalfBlocks(boards[chosen].Display), true);
        return half[0].Length <= width && half.Length <= height
            ? half
            : Box(boards[chosen].Title, ScreenText.Braille(boards[chosen].Display), true);
    }

    private static string[] Box(string title, string[] lines, bool isChosen)
    {
        var (corners, across, down) = isChosen ? ("╔╗╚╝", '═', '║') : ("┌┐└┘", '─', '│');
        var width = lines[0].Length;
        var head = title.Length + 2 > width ? new string(across, width) : $" {title} ".PadRight(width, across);
        return
        [
            corners[0] + head + corners[1],
            .. lines.Select(l => down + l + down),
            corners[2] + new string(across, width) + corners[3],
        ];
    }

    private static IEnumerable<string> SideBySide(string[][] boxes)
        => Enumerable.Range(0, boxes[0].Length).Select(row => string.Join(' ', boxes.Select(b => b[row])));
}
