using System.Text;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>Draws a display with characters.</summary>
public static class ScreenText
{
    // Unicode Braille Patterns, U+2800: bits of the dots by row, left column then right column.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>Lines with a character for each column and each two rows; square pixels in most terminals.</summary>
    public static string[] HalfBlocks(VirtualDisplay display)
    {
        var picture = new Picture(display);
        var lines = new string[(picture.Height + 1) / 2];
        var line = new StringBuilder(picture.Width);
        for (var row = 0; row < lines.Length; row++)
        {
            line.Clear();
            for (var x = 0; x < picture.Width; x++)
            {
                line.Append((picture.Pixel(x, row * 2), picture.Pixel(x, row * 2 + 1)) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            }

            lines[row] = line.ToString();
        }

        return lines;
    }

    /// <summary>Lines with a character for each two columns and four rows, for narrow terminals.</summary>
    public static string[] Braille(VirtualDisplay display)
    {
        var picture = new Picture(display);
        var lines = new string[(picture.Height + 3) / 4];
        var line = new StringBuilder(picture.Width / 2);
        for (var row = 0; row < lines.Length; row++)
        {
            line.Clear();
            for (var x = 0; x < picture.Width; x += 2)
            {
                var bits = 0;
                for (var dy = 0; dy < 4; dy++)
                {
                    for (var dx = 0; dx < 2; dx++)
                        bits |= picture.Pixel(x + dx, row * 4 + dy) ? Dots[dy, dx] : 0;
                }

                line.Append((char)(0x2800 + bits));
            }

            lines[row] = line.ToString();
        }

        return lines;
    }

    // One moment of the display, so that a picture is not half old and half new. Where the firmware draws each pixel as a square, one
    // pixel of each is taken: so far apart they are inside those squares whatever the margin.
    private readonly struct Picture(VirtualDisplay display, int step)
    {
        private readonly byte[] _ram = display.Snapshot();
        private readonly int _columns = display.Width;

        public Picture(VirtualDisplay display)
            : this(display, display.PixelSize)
        {
        }

        public int Width => _columns / step;

        public int Height { get; } = display.Height / step;

        public bool Pixel(int x, int y)
        {
            if (x >= Width || y >= Height)
                return false;
            var (column, row) = (x * step + step / 2, y * step + step / 2);
            return (_ram[row / 8 * _columns + column] >> (row % 8) & 1) != 0;
        }
    }
}
