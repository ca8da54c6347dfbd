using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>A proportional bitmap font of at most eight rows. Its glyphs lie in flash; those that have been used are on the heap too, ready
/// to be drawn.</summary>
/// <remarks>A glyph there is a cell of <see cref="Cells"/>: its advance, which is its columns and the gap after them, then the columns, a
/// byte each, topmost row in bit 0. Each character of ASCII has a cell of its own, <see cref="CellSize"/> times its distance from the
/// space, whose advance is 0 until it is needed first. All others share some cells more, which are made when one is needed first: of those
/// that would have the same cell the last one has it.</remarks>
public sealed class PixelFont
{
    /// <summary>The place of the space.</summary>
    public const int Space = 0;

    /// <summary>The first character after those that have a cell of their own.</summary>
    internal const int AsciiEnd = 0x7F;

    /// <summary>Bytes of a cell of ASCII.</summary>
    internal const int CellSize = 1 + LetterColumns;

    /// <summary>The place of the wide box.</summary>
    internal const int WideAt = ScratchAt + Glyphs.Size;

    /// <summary>Columns of a letter at most.</summary>
    internal const int LetterColumns = 5;

    /// <summary>The place of the columns that <see cref="Overlay"/> has made last; there is no advance before them.</summary>
    internal const int OverlayAt = ScratchAt;

    private const int EmojiColumns = 8;
    private const int EmojiSize = 1 + EmojiColumns;
    private const int Spare = EmojiColumns - LetterColumns; // eight bytes may be read wherever a letter's columns begin
    private const int Ellipsis = 0x2026;
    private const int BoxAt = (AsciiEnd - ' ') * CellSize; // what stands for a character that the font does not have
    private const int EllipsisAt = BoxAt + CellSize;       // it ends what is cut off, so it must not take another's cell
    private const int ScratchAt = EllipsisAt + CellSize;
    private const int OthersAt = WideAt + EmojiSize;
    private const int RightTag = Limits.GlyphCells; // of the tags, the one that tells HasRightToLeft

    // most of what is wide, and has no marks between it
    private const int FirstIdeograph = 0x3400;
    private const int AfterIdeographs = 0xA4D0;
    private const int FirstSyllable = 0xAC00;
    private const int AfterSyllables = 0xD7A4;

    // most of what goes to the left
    private const int FirstRight = 0x590;
    private const int AfterRight = 0x900;
    private const int FirstEmoji = 0x1F000;

    private readonly bool _isSmall;
    private ushort[] _tags; // of the other cells, whose character it is: one more than its upper bits, 0 for none

    /// <summary>Opens the small font, six rows, or that of messages, eight rows, which has emoji too.</summary>
    internal PixelFont(bool isSmall)
    {
        _isSmall = isSmall;
        Cells = new byte[WideAt];
        Find(Ellipsis);
        Load(Glyphs.Block(' ' >> 5), 0, Space);
        Load(Glyphs.Block(AsciiEnd >> 5), AsciiEnd & 31, BoxAt);
    }

    /// <summary>The cells. They may be others after a character was found that has none of its own.</summary>
    internal byte[] Cells { get; private set; }

    /// <summary>Rows of a glyph.</summary>
    internal int Height { get { return _isSmall ? 6 : 8; } }

    /// <summary>Columns of the line that <see cref="TextLayout.LineEnd"/> has found last.</summary>
    public int LineWidth { get { return LineAdvance > 0 ? LineAdvance - 1 : 0; } }

    /// <summary>The same with the gap after its last character.</summary>
    internal int LineAdvance { get; set; }

    /// <summary>Whether a character that goes to the left was found since this was false.</summary>
    internal bool HasRightToLeft
    {
        get
        {
            return _tags != null && _tags[RightTag] != 0;
        }

        set
        {
            if (_tags == null && value) MakeOthers();
            if (_tags != null) _tags[RightTag] = (ushort)(value ? 1 : 0);
        }
    }

    /// <summary>The place of a character's cell, which counts until another is found: <see cref="Space"/> for all that is blank, a cell
    /// with an advance of 0 for what belongs to the character before (an accent, a joiner, a variation selector, a skin tone), a box as
    /// wide as the character for what the font does not have.</summary>
    public int Find(int code)
    {
        if (code <= ' ') return Space;
        if (code < AsciiEnd)
        {
            int at = (code - ' ') * CellSize;
            if (Cells[at] == 0) Load(Glyphs.Block(code >> 5), code & 31, at);
            return at;
        }

        if (code >= FirstEmoji)
        {
            // none goes to the left, and the others' cells have them
        }
        else if (code >= FirstIdeograph)
        {
            if (code < AfterSyllables && (code < AfterIdeographs || code >= FirstSyllable))
            {
                if (_tags == null) MakeOthers();
                return WideAt;
            }

            if (Bidi.MayBeRight(code)) HasRightToLeft = true;
        }
        else if (code == Ellipsis)
        {
            if (Cells[EllipsisAt] == 0) Load(Glyphs.Signs, Glyphs.SignOf(Ellipsis), EllipsisAt);
            return EllipsisAt;
        }
        else if (code < AfterRight && code >= FirstRight)
        {
            HasRightToLeft = true;
        }

        int cell = code % Limits.GlyphCells;
        int place = OthersAt + cell * (_isSmall ? CellSize : EmojiSize);
        if (_tags != null && _tags[cell] == code / Limits.GlyphCells + 1) return place;
        if (code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x3000) return Space;
        if (_tags == null) MakeOthers();
        return Cluster.IsFlagLetter(code) ? WideAt : FindOther(code, cell, place);
    }

    /// <summary>How far a character moves the pen, the gap to the next one included.</summary>
    public int Advance(int code)
    {
        int at = Find(code); // which may change the cells
        return Cells[at];
    }

    /// <summary>Makes the columns that turn a letter into one with an accent: what an accented letter has and the same letter without it
    /// has not, or, when that is <paramref name="letter"/> itself, where the two differ.</summary>
    internal void Overlay(int letter, int plain, int accented)
    {
        long columns = ColumnsOf(accented);
        if (letter == plain) columns ^= ColumnsOf(plain);
        else columns &= ~(ColumnsOf(plain) | ColumnsOf(letter));
        for (int i = 0; i < LetterColumns; i++) Cells[OverlayAt + i] = (byte)(columns >> 8 * i);
    }

    /// <summary>Columns that the characters from <paramref name="start"/> take, without the gap after the last.</summary>
    public int Measure(byte[] text, int start, int end)
    {
        int width = WidthUpTo(text, start, end, int.MaxValue);
        return width > 0 ? width - 1 : 0;
    }

    /// <summary>The same with that gap.</summary>
    internal int MeasureAdvance(byte[] text, int start, int end) { return WidthUpTo(text, start, end, int.MaxValue); }

    /// <summary>Whether the characters from <paramref name="start"/> take no more than so many columns.</summary>
    internal bool Fits(byte[] text, int start, int end, int room) { return WidthUpTo(text, start, end, room + 1) <= room + 1; }

    // with the gap after the last; stops when it is more than most
    private int WidthUpTo(byte[] text, int start, int end, int most)
    {
        byte[] cells = Cells;
        int width = 0;
        while (start < end && width <= most)
        {
            int code = text[start];
            int advance = code >= ' ' && code < AsciiEnd ? cells[(code - ' ') * CellSize] : 0;
            if (advance != 0) start++;
            else
            {
                int decoded = Utf8.Decode(text, start, end);
                int at = Find(decoded >> 3);
                cells = Cells;
                advance = cells[at];
                if (advance == 0 || decoded >= Cluster.FirstFlag) start = Cluster.After(text, start, end, decoded);
                else start += decoded & 7;
            }

            width += advance;
        }

        return width;
    }

    private long ColumnsOf(int code)
    {
        int at = Find(code); // which may change the cells
        return BitConverter.ToInt64(Cells, at + 1);
    }

    /// <summary>Makes the wide box, and the cells that all but ASCII share.</summary>
    private void MakeOthers()
    {
        var tags = new ushort[Limits.GlyphCells + 1];
        Cells = Column.Longer(Cells, EmojiSize + Limits.GlyphCells * (_isSmall ? CellSize : EmojiSize) + Spare);
        _tags = tags;
        int wide = _isSmall ? EmojiColumns - 1 : EmojiColumns;
        Cells[WideAt] = (byte)(wide + 1);
        for (int i = 1; i <= wide; i++) Cells[WideAt + i] = Cells[BoxAt + (i == 1 || i == wide ? 1 : 2)];
    }

    /// <summary>Fills the cell of a character that has none of its own: what takes no room and what is a box too,
    /// which would be found out anew each time.</summary>
    private int FindOther(int code, int cell, int place)
    {
        _tags[cell] = 0;
        if (Cluster.IsJoined(code)) Cells[place] = 0;
        else if (!HasLoaded(code, place))
        {
            bool isWide = CharWidth.IsWide(code);
            if (isWide && _isSmall) return WideAt; // no cell has so many columns
            Array.Copy(Cells, isWide ? WideAt : BoxAt, Cells, place, isWide ? EmojiSize : CellSize);
        }

        _tags[cell] = (ushort)(code / Limits.GlyphCells + 1);
        return place;
    }

    private bool HasLoaded(int code, int place)
    {
        string glyphs = Glyphs.Block(code >> 5);
        int letter = code & 31;
        if (glyphs == null)
        {
            glyphs = Glyphs.Signs;
            letter = Glyphs.SignOf(code);
        }

        if (letter >= 0)
        {
            Load(glyphs, letter, place);
            return Cells[place] != 0;
        }

        int emoji = _isSmall ? -1 : Glyphs.EmojiOf(code);
        if (emoji >= 0) Unfold(Glyphs.Emoji, emoji, EmojiColumns, place);
        return emoji >= 0;
    }

    private void Load(string glyphs, int letter, int place)
    {
        if (!_isSmall)
        {
            Unfold(glyphs, letter, LetterColumns, place);
            return;
        }

        byte[] cells = Cells;
        Encoding.UTF8.GetBytes(glyphs, letter * Glyphs.Size + Glyphs.SmallAt, CellSize, cells, place);
        for (int i = place; i < place + CellSize; i++) cells[i] -= (byte)'0';
    }

    private void Unfold(string glyphs, int glyph, int columns, int place)
    {
        byte[] cells = Cells;
        Encoding.UTF8.GetBytes(glyphs, glyph * Glyphs.Size, 1 + 2 * columns, cells, ScratchAt);
        cells[place] = (byte)(cells[ScratchAt] - '0');
        for (int i = 1; i <= columns; i++)
            cells[place + i] = (byte)((cells[ScratchAt + i] - '0') | (cells[ScratchAt + columns + i] - '0') << 4);
    }
}
