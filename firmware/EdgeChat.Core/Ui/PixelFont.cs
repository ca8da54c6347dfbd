namespace EdgeChat.Core;

/// <summary>A proportional bitmap font of at most eight rows, read in place from one packed array.</summary>
/// <remarks>
/// Format, made by <c>tools/EdgeChat.FontTool</c>: rows; width of a space; number of ranges; 0; the ranges, each the first character (2 bytes,
/// low first), how many, and the first glyph (2 bytes); a place in the array for each glyph and one for the end (2 bytes); the columns, a byte each,
/// topmost row in bit 0. Glyph 0 is the box that stands for a character that the font does not have.
/// </remarks>
public sealed class PixelFont
{
    /// <summary>The glyph of a character that is there, but has no ink: a space.</summary>
    public const int Blank = -2;

    /// <summary>The glyph of a character that takes no room: a joiner, a variation selector, a skin tone.</summary>
    public const int Nothing = -1;

    private const int RangesStart = 4;
    private const int RangeSize = 5;
    private const int FirstEmoji = 0xE000; // private use: only the emoji map leads here, never a message
    private const int LastEmoji = 0xF8FF;

    private readonly int _places;
    private readonly byte[] _emoji;

    /// <summary>Opens a packed font; <paramref name="emoji"/> maps characters to its drawn symbols, or is null when it has none.</summary>
    public PixelFont(byte[] packed, byte[] emoji)
    {
        Data = packed;
        Height = packed[0];
        Space = packed[1];
        _places = RangesStart + RangeSize * packed[2];
        _emoji = emoji;
    }

    /// <summary>The packed array; columns are read from it directly.</summary>
    public byte[] Data { get; }

    /// <summary>Rows of a glyph.</summary>
    public int Height { get; }

    /// <summary>Columns of a space.</summary>
    public int Space { get; }

    /// <summary>The glyph of a character, 0 for the box, <see cref="Blank"/> or <see cref="Nothing"/>.</summary>
    public int Find(int code)
    {
        if (code <= ' ' || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F) return Blank;
        if (code < 0x7F) return code - ' ';
        if ((code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0xFEFF || code == 0xAD) return Nothing;
        if ((code >= 0xFE00 && code <= 0xFE0F) || (code >= 0x1F3FB && code <= 0x1F3FF)) return Nothing;
        if (code >= FirstEmoji && code <= LastEmoji) return 0;
        int glyph = Lookup(code);
        if (glyph != 0 || _emoji == null) return glyph;
        int symbol = FindSymbol(code);
        return symbol < 0 ? 0 : Lookup(FirstEmoji + symbol);
    }

    /// <summary>Where the columns of a glyph begin in <see cref="Data"/>; the next glyph's place ends them.</summary>
    public int Place(int glyph)
    {
        int at = _places + 2 * glyph;
        return Data[at] | Data[at + 1] << 8;
    }

    /// <summary>How far a character moves the pen, the gap to the next one included.</summary>
    public int Advance(int code)
    {
        int glyph = Find(code);
        if (glyph == Nothing) return 0;
        return glyph == Blank ? Space : Place(glyph + 1) - Place(glyph) + 1;
    }

    /// <summary>Columns that the characters from <paramref name="start"/> take, without the gap after the last.</summary>
    public int Measure(byte[] text, int start, int end)
    {
        int width = 0;
        while (start < end)
        {
            int decoded = Utf8.Decode(text, start, end);
            width += Advance(decoded >> 3);
            start += decoded & 7;
        }

        return width > 0 ? width - 1 : 0;
    }

    private int Lookup(int code)
    {
        byte[] data = Data;
        for (int at = RangesStart; at < _places; at += RangeSize)
        {
            int first = data[at] | data[at + 1] << 8;
            if (code < first) return 0;
            if (code < first + data[at + 2]) return (data[at + 3] | data[at + 4] << 8) + code - first;
        }

        return 0;
    }

    private int FindSymbol(int code)
    {
        int low = 0;
        int high = _emoji.Length / 4 - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int at = middle * 4;
            int found = _emoji[at] | _emoji[at + 1] << 8 | _emoji[at + 2] << 16;
            if (found == code) return _emoji[at + 3];
            if (found < code) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }
}
