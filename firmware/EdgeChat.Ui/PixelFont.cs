using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>A proportional bitmap font of at most eight rows, read in place from packed arrays: one for each part, made when it is first needed.</summary>
/// <remarks>
/// Format of a part, made by <c>tools/EdgeChat.FontTool</c>: rows; width of a space; number of ranges; 0; the ranges, each the first character (2 bytes,
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

    private readonly FontTables _tables;
    private readonly byte[][] _parts = new byte[FontPart.Count][];
    private int _part = -1;
    private int _places;

    /// <summary>Opens a packed font.</summary>
    internal PixelFont(FontTables tables)
    {
        _tables = tables;
        Use(FontPart.Basic);
        Height = Data[0];
        Space = Data[1];
    }

    /// <summary>The packed part of the glyph that was found last; columns are read from it directly.</summary>
    public byte[] Data { get; private set; }

    /// <summary>Rows of a glyph.</summary>
    public int Height { get; }

    /// <summary>Columns of a space.</summary>
    public int Space { get; }

    /// <summary>The glyph of a character, 0 for the box, <see cref="Blank"/> or <see cref="Nothing"/>. It counts until another is found.</summary>
    public int Find(int code)
    {
        if (code <= ' ' || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F) return Blank;
        if (code < 0x7F)
        {
            if (_part != FontPart.Basic) Use(FontPart.Basic);
            return code - ' ';
        }

        if ((code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0xFEFF || code == 0xAD) return Nothing;
        if ((code >= 0xFE00 && code <= 0xFE0F) || (code >= 0x1F3FB && code <= 0x1F3FF)) return Nothing;
        int part = FontPart.Of(code);
        int glyph = part == FontPart.Emoji || !Use(part) ? 0 : Lookup(code);
        if (glyph != 0) return glyph;
        int symbol = FindSymbol(code);
        return symbol < 0 || !Use(FontPart.Emoji) ? 0 : Lookup(FontPart.FirstEmoji + symbol);
    }

    /// <summary>Where the columns of a glyph that was found last begin in <see cref="Data"/>; the next glyph's place ends them.</summary>
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

    // false when the font has no such part: the one that was used last stays, and has a box too
    private bool Use(int part)
    {
        if (part == _part) return true;
        byte[] data = Load(part);
        if (data == null) return false;
        _part = part;
        Data = data;
        _places = RangesStart + RangeSize * data[2];
        return true;
    }

    private byte[] Load(int part)
    {
        if (_parts[part] == null) _parts[part] = _tables.Make(part);
        return _parts[part];
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
        byte[] map = Load(FontPart.EmojiMap);
        if (map == null) return -1;
        int low = 0;
        int high = map.Length / 4 - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int at = middle * 4;
            int found = map[at] | map[at + 1] << 8 | map[at + 2] << 16;
            if (found == code) return map[at + 3];
            if (found < code) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }
}
