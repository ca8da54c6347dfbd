using System.Globalization;

namespace EdgeChat.TableTool;

/// <summary>The letters and signs of both fonts, which have the same characters: a line a character in <c>letters.txt</c>, with its columns
/// in each.</summary>
internal sealed class Letters
{
    public const string File = "letters.txt";

    /// <summary>The box for what the fonts do not have; its code point is no character of a text.</summary>
    public const int Unknown = 0x7F;

    private const string Head = """
        // Glyphs from the X11 "fixed" bitmap fonts (font-misc-misc): "Public domain font. Share and enjoy."
        // Code point, columns of 5x8 and columns of 4x6, trimmed: a byte a column, the topmost row in bit 0.
        // Written by EdgeChat.TableTool import.

        """;

    private static readonly (int First, int Last)[] Ranges =
    [
        (0x21, 0x7E), (0xA1, 0x17F), (0x218, 0x21B), (0x386, 0x3CE), (0x401, 0x44F), (0x451, 0x45F), (0x490, 0x491), (0x5D0, 0x5EA),
        (0x1E9E, 0x1E9E), (0x2010, 0x2015), (0x2018, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026), (0x20AC, 0x20AC), (0x2116, 0x2116),
        (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2260, 0x2260), (0x2264, 0x2265),
    ];

    private readonly SortedDictionary<int, (Glyph Text, Glyph Small)> _letters = [];

    public IEnumerable<int> CodePoints => _letters.Keys;

    /// <summary>The glyph of a character in both fonts, or null.</summary>
    public (Glyph Text, Glyph Small)? Find(int codePoint) => _letters.TryGetValue(codePoint, out var found) ? found : null;

    /// <summary>Reads the file, and draws the letters anew that the symbols have.</summary>
    public static Letters Read(string path, Symbols symbols)
    {
        var letters = new Letters();
        foreach (string line in System.IO.File.ReadLines(path).Where(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal)))
        {
            string[] words = line.Split(' ');
            letters._letters.Add(int.Parse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                (Columns(words[1]), Columns(words[2])));
        }

        foreach (var (font, glyph, codePoints) in symbols.Letters)
        {
            foreach (int c in codePoints)
            {
                if (letters.Find(c) is not { } old)
                    throw new InvalidDataException($"U+{c:X4} cannot be drawn anew: {File} does not have it");
                letters._letters[c] = font == "5x8" ? (glyph, old.Small) : (old.Text, glyph);
            }
        }

        letters._letters.Add(' ', (new Glyph([0, 0]), new Glyph([0])));
        letters._letters.Add(Unknown, (Glyph.Parse(["####", "#..#", "#..#", "#..#", "#..#", "#..#", "####"]),
            Glyph.Parse(["###", "#.#", "#.#", "#.#", "###"])));
        return letters;
    }

    /// <summary>Writes the file from the fonts of a folder.</summary>
    public static void Import(string fonts, string folder)
    {
        var text = PcfFont.Open(Path.Combine(fonts, "5x8.pcf.gz"));
        var small = PcfFont.Open(Path.Combine(fonts, "4x6.pcf.gz"));
        var lines = new List<string>();
        foreach (var (first, last) in Ranges)
        {
            for (int c = first; c <= last; c++)
            {
                if (text.Find(c, 7, 8) is not { Columns.Length: > 0 } large || small.Find(c, 5, 6) is not { Columns.Length: > 0 } little)
                    continue;
                lines.Add($"{c:X4} {Convert.ToHexString(large.Columns)} {Convert.ToHexString(little.Columns)}");
            }
        }

        System.IO.File.WriteAllText(Path.Combine(folder, File), Head + string.Join('\n', lines) + "\n");
    }

    private static Glyph Columns(string hex) => new(Convert.FromHexString(hex));
}
