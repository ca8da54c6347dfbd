namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>The colours of a character, as RGB565.</summary>
/// <param name="Ink">Of what is drawn.</param>
/// <param name="Ground">Of what is around it.</param>
public readonly record struct CellColours(ushort Ink, ushort Ground);

/// <summary>A line of characters, some of which may have colours.</summary>
public sealed class PictureLine
{
    private readonly CellColours?[] _colours;

    /// <summary>Makes a line of a column for each character.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="colours">The colours of each; none for those behind its end.</param>
    public PictureLine(string text, params CellColours?[] colours)
    {
        Text = text;
        _colours = colours;
    }

    /// <summary>The characters alone.</summary>
    public string Text { get; }

    /// <summary>Columns.</summary>
    public int Length => Text.Length;

    /// <summary>The colours of a column, or null when it has those of the terminal.</summary>
    public CellColours? ColoursAt(int column) => column < _colours.Length ? _colours[column] : null;

    /// <summary>Lines one after another.</summary>
    public static PictureLine Join(string between, params PictureLine[] lines)
    {
        var gap = new CellColours?[between.Length];
        var colours = lines.SelectMany(line => Enumerable.Range(0, line.Length).Select(line.ColoursAt).Concat(gap));
        return new PictureLine(string.Join(between, lines.Select(l => l.Text)), [.. colours]);
    }
}
