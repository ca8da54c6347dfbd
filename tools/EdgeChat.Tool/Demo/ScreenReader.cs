using EdgeChat.Core;
using EdgeChat.Ui;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo;

/// <summary>Reads the text on a board's screen: finds the glyphs of the board's own fonts in the picture, so what is read is what a person
/// sees and not what the firmware says of itself. Icons are left out.</summary>
public static class ScreenReader
{
    private const int MostColumns = 8;

    // letters that no board of the demo is likely to show are not looked for: ASCII, Latin, Greek, Cyrillic, and some signs
    private static readonly (int First, int Last)[] Ranges =
        [(0x21, 0x7E), (0xA1, 0x17F), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2026), (0x20AC, 0x20AC)];

    private static readonly Lazy<Font[]> Fonts = new(() => [Font.Of(p => p.Text), Font.Of(p => p.Small)]);

    /// <summary>The lines of text, from top to bottom; none while the display is dark.</summary>
    public static IReadOnlyList<string> Read(VirtualDisplay display)
    {
        if (!display.IsOn || display.Width == 0) return [];
        byte[] pages = display.Snapshot();
        int size = display.PixelSize, columns = display.Width;
        bool IsLit(int x, int y) => (pages[y / 8 * columns + x] & 1 << y % 8) != 0;
        // one pixel of each square, whatever the margin
        return Find((x, y) => IsLit(x * size + size / 2, y * size + size / 2), columns / size, display.Height / size);
    }

    /// <summary>The lines of text in a picture.</summary>
    internal static List<string> Find(Func<int, int, bool> isLit, int width, int height)
    {
        var found = new List<Line>();
        var columns = new byte[width];
        foreach (Font font in Fonts.Value)
        {
            for (int y = 0; y + font.Height <= height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int column = 0;
                    for (int row = 0; row < font.Height; row++) column |= isLit(x, y + row) ? 1 << row : 0;
                    columns[x] = (byte)column;
                }

                if (font.Read(columns, y) is { } line) found.Add(line);
                // a chosen line is dark on light
                for (int x = 0; x < width; x++) columns[x] = (byte)(~columns[x] & (1 << font.Height) - 1);
                if (font.Read(columns, y) is { } inverted) found.Add(inverted);
            }
        }

        // where lines overlap, that which explains most of the picture is the text
        var lines = new List<Line>();
        foreach (Line line in found.OrderByDescending(l => l.Score))
            if (lines.All(l => line.Bottom <= l.Top || line.Top >= l.Bottom)) lines.Add(line);
        return [.. lines.OrderBy(l => l.Top).Select(l => l.Text)];
    }

    private sealed record Line(int Top, int Bottom, int Score, string Text);

    /// <summary>A font's glyphs by their columns.</summary>
    private sealed class Font
    {
        private readonly Dictionary<(int Width, ulong Columns), char> _glyphs = [];
        private int _space;

        public int Height { get; private init; }

        public static Font Of(Func<Painter, PixelFont> choose)
        {
            var frame = new Frame(16, 8);
            var painter = new Painter(frame);
            PixelFont pixels = choose(painter);
            ulong Columns(int code, out int columns)
            {
                painter.Clear();
                columns = painter.Draw(pixels, char.ConvertFromUtf32(code), 0, 0, frame.Width) - 1;
                return Pack(frame.Pixels, 0, Math.Min(columns, MostColumns));
            }

            var font = new Font { Height = HeightOf(pixels, painter, frame), _space = pixels.Advance(' ') };
            ulong box = Columns(0x3042, out int boxWidth); // what stands for a letter that the font does not have
            foreach (var (first, last) in Ranges)
                for (int code = first; code <= last; code++)
                {
                    ulong columns = Columns(code, out int width);
                    if (width is > 0 and <= MostColumns && columns != 0 && !(width == boxWidth && columns == box))
                        font._glyphs.TryAdd((width, columns), (char)code);
                }

            return font;
        }

        public Line? Read(byte[] columns, int top)
        {
            var text = new System.Text.StringBuilder();
            int known = 0, unknown = 0, letters = 0, end = 0;
            for (int x = 0; x < columns.Length;)
            {
                if (columns[x] == 0)
                {
                    x++;
                    continue;
                }

                int width = Math.Min(MostColumns, columns.Length - x);
                char glyph = '\0';
                for (; width > 0; width--)
                {
                    if (x + width < columns.Length && columns[x + width] != 0) continue;
                    if (_glyphs.TryGetValue((width, Pack(columns, x, width)), out glyph)) break;
                }

                if (width == 0)
                {
                    unknown++;
                    x++;
                    continue;
                }

                if (text.Length > 0 && x - end > _space) text.Append(' ');
                text.Append(glyph);
                if (char.IsLetterOrDigit(glyph)) letters++;
                known += width;
                x += width;
                end = x;
            }

            return letters < 2 || known < 2 * unknown ? null : new Line(top, top + Height, known - unknown, text.ToString());
        }

        private static int HeightOf(PixelFont pixels, Painter painter, Frame frame)
        {
            int rows = 0;
            foreach (char c in "gjpqyÄ|")
            {
                painter.Clear();
                painter.Draw(pixels, c.ToString(), 0, 0, frame.Width);
                foreach (byte column in frame.Pixels) rows |= column;
            }

            return 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)rows);
        }

        private static ulong Pack(byte[] columns, int at, int width)
        {
            ulong packed = 0;
            for (int i = 0; i < width; i++) packed |= (ulong)columns[at + i] << 8 * i;
            return packed;
        }
    }
}
