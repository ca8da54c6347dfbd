using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Draws on a <see cref="Frame"/> by whole bytes of a page: text, icons, filled and inverted areas. Everything outside is cut
/// off.</summary>
public sealed partial class Painter
{
    private const int Ellipsis = 0x2026;
    private const int IconHeight = 8;
    private const int FirstEmoji = 0x1F000 << 3; // as Utf8.Decode gives it; none goes to the left

    private readonly Frame _frame;
    private byte[] _pixels;
    private int _width;
    private int _pages;
    private int _length;
    private int _touched; // what was drawn on since the last Show, as Frame.Touch takes it

    /// <summary>Makes a painter with its fonts.</summary>
    public Painter(Frame frame)
    {
        _frame = frame;
        Measure();
        Text = new PixelFont(false);
        Small = new PixelFont(true);
    }

    /// <summary>The font of messages, eight rows.</summary>
    public PixelFont Text { get; }

    /// <summary>The font of times and hints, six rows.</summary>
    public PixelFont Small { get; }

    /// <summary>Columns of the frame.</summary>
    public int Width { get { return _width; } }

    /// <summary>Rows of the frame.</summary>
    public int Height { get { return _pages * 8; } }

    /// <summary>Room for a text that is drawn at once: whatever is drawn from a string, and an icon, takes it too.</summary>
    public byte[] Scratch { get; } = new byte[Limits.DrawnStringBytes];

    /// <summary>Has what was drawn sent to the display.</summary>
    public void Show()
    {
        _frame.Touch(_touched);
        _touched = 0;
    }

    /// <summary>Moves the picture up by whole pages, down when negative; what comes in is whatever was there, to be drawn over.</summary>
    public void Scroll(int pages)
    {
        if (_frame.Rotate(pages)) return;
        _touched = -1;
        if (_frame.Colours != null) _frame.Colours.Move(0, Height, -8 * pages, _width);
        int bytes = pages * _width;
        if (bytes > 0 && bytes < _pixels.Length) Array.Copy(_pixels, bytes, _pixels, 0, _pixels.Length - bytes);
    }

    /// <summary>Makes everything dark.</summary>
    public void Clear()
    {
        _touched = -1;
        Array.Clear(_pixels, 0, _pixels.Length);
        Tint(ColourPlan.Paper, 0, 0, _width, Height);
    }

    /// <summary>Draws UTF-8 text, with its top left corner at a pixel, up to but not over column <paramref name="limit"/>; gives the column
    /// after it. On what is dark it is light; where it does not lie on a page, it is dark on what is light.</summary>
    public int Draw(PixelFont font, byte[] text, int start, int end, int x, int y, int limit)
    {
        int first = start;
        int left = x;
        if (limit > _width) limit = _width;
        int page = y >> 3;
        bool isInside = page >= 0 && page < _pages && x >= 0;
        int upper = isInside ? Row(page) : 0;
        int lower = isInside ? LowerOf(page, upper) : 0;
        int shift = isInside ? y & 7 : -1;
        byte[] pixels = _pixels;
        int lastOfEight = pixels.Length - AtOnce - upper - (lower > 0 ? lower : 0);
        byte[] cells = font.Cells;
        while (start < end)
        {
            int code = text[start];
            int at = (code - ' ') * PixelFont.CellSize;
            if (code > ' ' && code < PixelFont.AsciiEnd && cells[at] != 0) start++;
            else if (code == ' ')
            {
                start++;
                x += cells[PixelFont.Space];
                continue;
            }
            else
            {
                int decoded = Utf8.Decode(text, start, end);
                int next = start + (decoded & 7);
                at = font.Find(decoded >> 3);
                if (decoded < FirstEmoji && font.HasRightToLeft && (_bidi == null || !_bidi.IsDrawing))
                    return DrawMixed(font, text, first, start, end, left, x, y, limit);
                cells = font.Cells;
                if (at == PixelFont.Space)
                {
                    start = next;
                    x += cells[at];
                    continue;
                }

                if (cells[at] == 0)
                {
                    if (start > first && decoded < EndOfAccents) DrawAccent(font, text, start, decoded >> 3, x, y);
                    start = Cluster.After(text, start, end, decoded);
                    continue;
                }

                start = at == PixelFont.WideAt && decoded >= Cluster.FirstFlag ? Cluster.After(text, start, end, decoded) : next;
            }

            int width = cells[at++] - 1;
            if (x + width > limit) return x;
            if (shift == 0) Array.Copy(cells, at, pixels, upper + x, width);
            else if (shift < 0) Columns(cells, at, at + width, x, y);
            else if (width > Letter || x > lastOfEight) Merge(cells, at, at + width, upper + x, lower, shift);
            else MergeLetter(cells, at, upper + x, lower, shift, width);
            x += width + 1;
        }

        return x;
    }

    /// <summary>Draws a short text; gives the column after it.</summary>
    public int Draw(PixelFont font, string text, int x, int y, int limit)
    {
        return Draw(font, Bytes(text), 0, _length, x, y, limit);
    }

    /// <summary>Draws as much of a text as fits before <paramref name="limit"/>, with an ellipsis when that is not all; gives the column
    /// after it.</summary>
    public int DrawCut(PixelFont font, byte[] text, int start, int end, int x, int y, int limit)
    {
        int room = limit - x;
        if (font.Fits(text, start, end, room)) return Draw(font, text, start, end, x, y, limit);
        int dots = font.Advance(Ellipsis);
        int fit = TextLayout.Fit(font, text, start, end, room - dots);
        while (fit > start && text[fit - 1] == ' ') fit--;
        bool isDotsFirst = font.HasRightToLeft && Bidi.StartsRight(text, start, fit); // it ends at the left
        int after = Draw(font, text, start, fit, isDotsFirst ? x + dots : x, y, limit);
        if (!isDotsFirst) x = after;
        if (limit > _width) limit = _width;
        if (x + dots - 1 > limit) return after;
        int at = font.Find(Ellipsis);
        Columns(font.Cells, at + 1, at + dots, x, y);
        return isDotsFirst ? after : x + dots;
    }

    /// <summary>Draws as much of a short text as fits before <paramref name="limit"/>, with an ellipsis when that is not all.</summary>
    public int DrawCut(PixelFont font, string text, int x, int y, int limit)
    {
        return DrawCut(font, Bytes(text), 0, _length, x, y, limit);
    }

    /// <summary>Draws a text that ends before column <paramref name="right"/>; gives the column where it starts.</summary>
    public int DrawRight(PixelFont font, string text, int right, int y)
    {
        byte[] bytes = Bytes(text);
        int x = right - font.Measure(bytes, 0, _length);
        Draw(font, bytes, 0, _length, x, y, right);
        return x;
    }

    /// <summary>Draws a text in the middle between two columns, with an ellipsis when it is too long.</summary>
    public void DrawCentred(PixelFont font, string text, int left, int right, int y)
    {
        byte[] bytes = Bytes(text);
        int x = left + (right - left - font.Measure(bytes, 0, _length)) / 2;
        DrawCut(font, bytes, 0, _length, x < left ? left : x, y, right);
    }

    /// <summary>Columns that a short text takes.</summary>
    public int Measure(PixelFont font, string text)
    {
        return font.Measure(Bytes(text), 0, _length);
    }

    /// <summary>Draws one of <see cref="Icon"/>; gives the column after it and its gap.</summary>
    public int DrawIcon(int icon, int x, int y)
    {
        string halves = Icon.Of(icon);
        byte[] columns = Scratch;
        int width = Encoding.UTF8.GetBytes(halves, 0, halves.Length, columns, 0) / 2;
        for (int i = 0; i < width; i++) columns[i] = (byte)((columns[i] - '0') | (columns[width + i] - '0') << 4);
        Columns(columns, 0, width, x, y);
        if (_frame.Colours != null && ColourOf(icon) != ColourPlan.Paper) Tint(ColourOf(icon), x, y, width, IconHeight);
        return x + width + 1;
    }

    /// <summary>Columns of an icon.</summary>
    public int IconWidth(int icon) { return Icon.Of(icon).Length / 2; }

    /// <summary>Turns light to dark and dark to light in an area.</summary>
    public void Invert(int x, int y, int width, int height)
    {
        Area(x, y, width, height, Opposite);
        Turn(x, y, width, height);
    }

    /// <summary>Makes an area dark, and paper.</summary>
    public void Erase(int x, int y, int width, int height)
    {
        Area(x, y, width, height, Dark);
        Tint(ColourPlan.Paper, x, y, width, height);
    }

    /// <summary>Makes an area light.</summary>
    public void Fill(int x, int y, int width, int height) { Area(x, y, width, height, Light); }

    /// <summary>Draws every second pixel of a row: a quiet rule.</summary>
    public void Dots(int x, int y, int right)
    {
        if (y < 0 || y >= _pages * 8) return;
        byte[] pixels = _pixels;
        int row = Row(y >> 3);
        int bit = 1 << (y & 7);
        int end = row + (right < _width ? right : _width);
        for (int i = row + x; i < end; i += 2) pixels[i] |= (byte)bit;
    }

    /// <summary>Draws a frame of one pixel with rounded corners.</summary>
    public void Box(int x, int y, int width, int height)
    {
        Area(x + 1, y, width - 2, 1, Light);
        Area(x + 1, y + height - 1, width - 2, 1, Light);
        Area(x, y + 1, 1, height - 2, Light);
        Area(x + width - 1, y + 1, 1, height - 2, Light);
    }

    /// <summary>Turns an area with rounded corners from dark to light, and what is drawn in it from light to dark.</summary>
    public void Badge(int x, int y, int width, int height)
    {
        Area(x, y + 1, 1, height - 2, Opposite);
        Area(x + 1, y, width - 2, height, Opposite);
        Area(x + width - 1, y + 1, 1, height - 2, Opposite);
    }

    /// <summary>Makes the top row of a badge dark except around what is drawn in the row below it, so that badges which touch stay
    /// apart.</summary>
    /// <param name="x">The badge's first column.</param>
    /// <param name="y">Its first row, which is the first of a page.</param>
    /// <param name="width">Its columns.</param>
    public void Undercut(int x, int y, int width)
    {
        if (y < 0 || y >= _pages * 8) return;
        byte[] pixels = _pixels;
        int row = Row(y >> 3);
        int last = row + x + width - 1;
        for (int i = row + x + 1; i < last; i++)
            if ((pixels[i - 1] & pixels[i] & pixels[i + 1] & 2) != 0) pixels[i] &= 0xFE;
        Tint(ColourPlan.Plate, x, y, width, 1);
    }

    /// <summary>Draws what a buffer holds; gives the column after it.</summary>
    public int Draw(PixelFont font, TextBuffer text, int x, int y, int limit)
    {
        return Draw(font, text.Bytes, 0, text.Count, x, y, limit);
    }

    /// <summary>Draws what a buffer holds so that it ends before column <paramref name="right"/>; gives the column where it
    /// starts.</summary>
    public int DrawRight(PixelFont font, TextBuffer text, int right, int y)
    {
        int x = right - font.Measure(text.Bytes, 0, text.Count);
        Draw(font, text.Bytes, 0, text.Count, x, y, right);
        return x;
    }

    private byte[] Bytes(string text)
    {
        // three bytes a UTF-16 unit at most; a name or a hint is short, so the scratch buffer almost always serves
        int length = text.Length;
        if (length * 3 > Scratch.Length)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            _length = bytes.Length;
            return bytes;
        }

        _length = length == 0 ? 0 : Encoding.UTF8.GetBytes(text, 0, length, Scratch, 0);
        return Scratch;
    }
}
