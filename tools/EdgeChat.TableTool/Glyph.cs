namespace EdgeChat.TableTool;

/// <summary>One drawn character: a byte a column, the topmost row in bit 0.</summary>
internal sealed record Glyph(byte[] Columns)
{
    /// <summary>Cuts empty columns on both sides away, which is what makes a cell font proportional.</summary>
    public static Glyph Trimmed(int[] columns)
    {
        int first = Array.FindIndex(columns, c => c != 0);
        if (first < 0) return new Glyph([]);
        int last = Array.FindLastIndex(columns, c => c != 0);
        return new Glyph([.. columns[first..(last + 1)].Select(c => checked((byte)c))]);
    }

    /// <summary>Reads a picture of <c>#</c> and <c>.</c>, a string a row.</summary>
    public static Glyph Parse(IReadOnlyList<string> rows)
    {
        var columns = new int[rows.Max(r => r.Length)];
        for (int y = 0; y < rows.Count; y++)
            for (int x = 0; x < rows[y].Length; x++)
                if (rows[y][x] == '#') columns[x] |= 1 << y;
        return new Glyph([.. columns.Select(c => checked((byte)c))]);
    }
}
