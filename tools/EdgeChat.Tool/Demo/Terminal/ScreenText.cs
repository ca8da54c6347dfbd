using System.Text;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>Draws a display with characters.</summary>
public static class ScreenText
{
    // Unicode Braille Patterns, U+2800: bits of the dots by row, left column then right column.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>Lines with a character for each column and each two rows, in two tones; square pixels in most terminals.</summary>
    public static string[] HalfBlocks(VirtualDisplay display) => [.. HalfBlocks(display, false).Select(line => line.Text)];

    /// <summary>The same, with the colours of a display that shows any.</summary>
    public static PictureLine[] HalfBlocks(VirtualDisplay display, bool isColoured) =>
        Draw(new Picture(display, isColoured), 1, 2, HalfBlock);

    /// <summary>Lines with a character for each two columns and four rows, in two tones, for narrow terminals.</summary>
    public static string[] Braille(VirtualDisplay display) => [.. Braille(display, false).Select(line => line.Text)];

    /// <summary>The same, with the two commonest colours of each character where the display shows any.</summary>
    public static PictureLine[] Braille(VirtualDisplay display, bool isColoured) =>
        Draw(new Picture(display, isColoured), 2, 4, Braille);

    private static PictureLine[] Draw(Picture picture, int columns, int rows, Func<Picture, int, int, (char, CellColours?)> draw)
    {
        var lines = new PictureLine[(picture.Height + rows - 1) / rows];
        for (var row = 0; row < lines.Length; row++)
        {
            var text = new StringBuilder();
            var colours = new List<CellColours?>();
            for (var x = 0; x < picture.Width; x += columns)
            {
                var (character, cell) = draw(picture, x, row * rows);
                text.Append(character);
                if (cell is not null)
                    colours.Add(cell);
            }

            lines[row] = new PictureLine(text.ToString(), [.. colours]);
        }

        return lines;
    }

    private static (char Character, CellColours? Colours) HalfBlock(Picture picture, int x, int y)
    {
        if (picture.HasColours)
            return ('▀', new CellColours(picture.Colour(x, y), picture.Colour(x, y + 1)));
        return ((picture.Pixel(x, y), picture.Pixel(x, y + 1)) switch
        {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            _ => ' ',
        }, null);
    }

    private static (char Character, CellColours? Colours) Braille(Picture picture, int x, int y)
    {
        if (!picture.HasColours)
            return (Dotted((dx, dy) => picture.Pixel(x + dx, y + dy)), null);
        // most of it is the ground, so that text stands out on whatever it is
        var byCount = Enumerable.Range(0, 8).Select(i => picture.Colour(x + i % 2, y + i / 2)).GroupBy(c => c)
            .OrderByDescending(g => g.Count()).Select(g => g.Key).ToArray();
        var (ground, ink) = (byCount[0], byCount[byCount.Length > 1 ? 1 : 0]);
        return (Dotted((dx, dy) => picture.Colour(x + dx, y + dy) != ground), new CellColours(ink, ground));
    }

    private static char Dotted(Func<int, int, bool> isDot)
    {
        var bits = 0;
        for (var dy = 0; dy < 4; dy++)
        {
            for (var dx = 0; dx < 2; dx++)
                bits |= isDot(dx, dy) ? Dots[dy, dx] : 0;
        }

        return (char)(0x2800 + bits);
    }

    // One moment of the display, so that a picture is not half old and half new. Where the firmware draws each pixel as a square, one
    // pixel of each is taken: so far apart they are inside those squares whatever the margin.
    private sealed class Picture(VirtualDisplay display, bool isColoured)
    {
        private readonly byte[] _ram = display.Snapshot();
        private readonly ushort[]? _colours = isColoured && display.IsColour && display.IsOn ? display.Colours() : null;
        private readonly int _columns = display.Width;
        private readonly int _step = display.PixelSize;

        public bool HasColours => _colours is not null;

        public int Width => _columns / _step;

        public int Height => display.Height / _step;

        public bool Pixel(int x, int y)
        {
            if (x >= Width || y >= Height)
                return false;
            var (column, row) = (x * _step + _step / 2, y * _step + _step / 2);
            return (_ram[row / 8 * _columns + column] >> (row % 8) & 1) != 0;
        }

        // beyond an edge that of the edge
        public ushort Colour(int x, int y)
        {
            var (column, row) = (Math.Min(x, Width - 1), Math.Min(y, Height - 1));
            return _colours![(row * _step + _step / 2) * _columns + column * _step + _step / 2];
        }
    }
}
