using System.Globalization;

namespace EdgeChat.TableTool;

/// <summary>The pictures of <c>symbols.txt</c>: emoji with the characters they stand for, icons of the screens with a name, and letters
/// drawn anew.</summary>
internal sealed class Symbols
{
    public const string File = "symbols.txt";

    public List<(Glyph Glyph, int[] CodePoints)> Emoji { get; } = [];

    public List<(string Name, string Meaning, Glyph Glyph)> Icons { get; } = [];

    /// <summary>Letters that take the place of the source font's, by the font's name.</summary>
    public List<(string Font, Glyph Glyph, int[] CodePoints)> Letters { get; } = [];

    /// <summary>Reads the file; a line that starts with <c>emoji</c> or <c>icon</c> opens a picture, its rows follow.</summary>
    public static Symbols Read(string path)
    {
        var symbols = new Symbols();
        string heading = "";
        var rows = new List<string>();
        foreach (string line in System.IO.File.ReadLines(path).Append("end"))
        {
            if (line.StartsWith("//", StringComparison.Ordinal) || line.Length == 0) continue;
            if (line[0] is '#' or '.')
            {
                rows.Add(line);
                continue;
            }

            if (rows.Count > 0) symbols.Add(heading, Glyph.Parse(rows));
            rows.Clear();
            heading = line;
        }

        return symbols;
    }

    private void Add(string heading, Glyph glyph)
    {
        string[] words = heading.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "emoji":
                Emoji.Add((glyph, Codes(words[2])));
                break;
            case "letter":
                Letters.Add((words[1], glyph, Codes(words[2])));
                break;
            case "icon":
                Icons.Add((words[1], words[2], glyph));
                break;
            default:
                throw new InvalidDataException($"symbols.txt: \"{heading}\" starts with none of \"emoji\", \"letter\", \"icon\"");
        }
    }

    private static int[] Codes(string text) =>
        [.. text.Split(' ').Select(c => int.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
