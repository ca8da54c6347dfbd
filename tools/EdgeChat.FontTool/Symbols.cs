using System.Globalization;

namespace EdgeChat.FontTool;

/// <summary>The pictures of <c>symbols.txt</c>: emoji with the characters they stand for, and icons of the screens with a name.</summary>
internal sealed class Symbols
{
    public List<(Glyph Glyph, int[] CodePoints)> Emoji { get; } = [];

    public List<(string Name, string Meaning, Glyph Glyph)> Icons { get; } = [];

    /// <summary>Reads the file; a line that starts with <c>emoji</c> or <c>icon</c> opens a picture, its rows follow.</summary>
    public static Symbols Read(string path)
    {
        var symbols = new Symbols();
        string heading = "";
        var rows = new List<string>();
        foreach (string line in File.ReadLines(path).Append("end"))
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
                string[] codes = words[2].Split(' ');
                Emoji.Add((glyph, [.. codes.Select(c => int.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture))]));
                break;
            case "icon":
                Icons.Add((words[1], words[2], glyph));
                break;
            default:
                throw new InvalidDataException($"symbols.txt: \"{heading}\" starts neither with \"emoji\" nor with \"icon\"");
        }
    }
}
