using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Draws on a <see cref="Frame"/> by whole bytes of a page: text, icons, filled and inverted areas. Everything outside is cut
/// off.</summary>
public sealed class Painter
{
    private const int Dark = 0;
    private const int Light = 1;
    private const int Opposite = 2;

    private const int Ellipsis = 0x2026;

    private readonly Frame _frame;
    private readonly byte[] _pixels;
    private readonly int _width;
    private readonly int _pages;
    private int _length;

    /// <summary>Makes a painter with its fonts.</summary>
    public Painter(Frame frame)
    {
        _frame = frame;
        _pixels = frame.Pixels;
        _width = frame.Width;
        _pages = frame.Height / 8;
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
    public void Show() { _frame.Dirty = true; }

    /// <summary>Moves the picture up by whole pages, down when negative; what comes in is whatever was there, to be drawn over.</summary>
    public void Scroll(int pages)
    {
        if (_frame.Rotate(pages)) return;
        int bytes = pages * _width;
        if (bytes > 0 && bytes < _pixels.Length) System.Array.Copy(_pixels, bytes, _pixels, 0, _pixels.Length - bytes);
    }

    /// <summary>Makes everything dark.</summary>
    public void Clear() { System.Array.Clear(_pixels, 0, _pixels.Length); }

    /// <summary>Draws UTF-8 text on what is dark, with its top left corner at a pixel, up to but not over column <paramref name="limit"/>;
    /// gives the column after it.</summary>
    public int Draw(PixelFont font, byte[] text, int start, int end, int x, int y, int limit)
    {
        if (limit > _width) limit = _width;
        int page = y >> 3;
        bool isInside = page >= 0 && page < _pages && x >= 0;
        int upper = isInside ? Row(page) : 0;
        int lower = isInside ? LowerOf(page, upper) : 0;
        int shift = y & 7;
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
                start += decoded & 7;
                at = font.Find(decoded >> 3);
                cells = font.Cells;
                if (at == PixelFont.Space)
                {
                    x += cells[at];
                    continue;
                }

                if (cells[at] == 0) continue;
            }

            int width = cells[at] - 1;
            if (x + width > limit) return x;
            if (!isInside) Columns(cells, at + 1, at + 1 + width, x, y);
            else if (shift == 0) System.Array.Copy(cells, at + 1, _pixels, upper + x, width);
            else Merge(cells, at + 1, at + 1 + width, upper + x, lower, shift);
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
        x = Draw(font, text, start, fit, x, y, limit);
        if (limit > _width) limit = _width;
        if (x + dots - 1 > limit) return x;
        int at = font.Find(Ellipsis);
        Columns(font.Cells, at + 1, at + dots, x, y);
        return x + dots;
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
        return x + width + 1;
    }

    /// <summary>Columns of an icon.</summary>
    public int IconWidth(int icon) { return Icon.Of(icon).Length / 2; }

    /// <summary>Turns light to dark and dark to light in an area.</summary>
    public void Invert(int x, int y, int width, int height) { Area(x, y, width, height, Opposite); }

    /// <summary>Makes an area dark.</summary>
    public void Erase(int x, int y, int width, int height) { Area(x, y, width, height, Dark); }

    /// <summary>Makes an area light.</summary>
    public void Fill(int x, int y, int width, int height) { Area(x, y, width, height, Light); }

    /// <summary>Draws every second pixel of a row: a quiet rule.</summary>
    public void Dots(int x, int y, int right)
    {
        if (y < 0 || y >= _pages * 8) return;
        int row = Row(y >> 3);
        int bit = 1 << (y & 7);
        for (int i = x; i < right && i < _width; i += 2) _pixels[row + i] |= (byte)bit;
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

    private void Columns(byte[] data, int from, int to, int x, int y)
    {
        if (x < 0)
        {
            from -= x;
            x = 0;
        }

        if (x + to - from > _width) to = from + _width - x;
        int page = y >> 3;
        if (page >= 0 && page < _pages)
        {
            int upper = Row(page);
            Merge(data, from, to, upper + x, LowerOf(page, upper), y & 7);
        }
        else if (page == -1)
        {
            int top = Row(0) + x;
            for (int i = from; i < to; i++) _pixels[top++] |= (byte)(data[i] << (y & 7) >> 8);
        }
    }

    /// <summary>How much further the same column is in the page below; 0 when there is none.</summary>
    private int LowerOf(int page, int row) { return page + 1 < _pages ? Row(page + 1) - row : 0; }

    /// <summary>Lights columns that begin so many rows below the first of a page, and go on in the page below.</summary>
    private void Merge(byte[] data, int from, int to, int at, int lower, int shift)
    {
        byte[] pixels = _pixels;
        int factor = 1 << shift;
        at -= from;
        for (int i = from; i < to; i++)
        {
            int bits = data[i] * factor;
            pixels[at + i] |= (byte)bits;
            if (bits > 0xFF && lower != 0) pixels[at + i + lower] |= (byte)(bits >> 8);
        }
    }

    /// <summary>Where a page of the picture begins in the frame's bytes.</summary>
    private int Row(int page)
    {
        page += _frame.StartPage;
        return (page >= _pages ? page - _pages : page) * _width;
    }

    private void Area(int x, int y, int width, int height, int how)
    {
        int right = x + width;
        int bottom = y + height;
        if (x < 0) x = 0;
        if (y < 0) y = 0;
        if (right > _width) right = _width;
        if (bottom > _pages * 8) bottom = _pages * 8;
        byte[] pixels = _pixels;
        while (y < bottom)
        {
            int page = y >> 3;
            int next = (page + 1) * 8;
            int mask = 0xFF << (y & 7);
            if (next > bottom) mask &= 0xFF >> (next - bottom);
            int row = Row(page);
            int end = row + right;
            if (how == Dark && (mask & 0xFF) == 0xFF) System.Array.Clear(pixels, row + x, right > x ? right - x : 0);
            else if (how == Light)
                for (int i = row + x; i < end; i++) pixels[i] |= (byte)mask;
            else if (how == Dark)
                for (int i = row + x; i < end; i++) pixels[i] &= (byte)~mask;
            else
                for (int i = row + x; i < end; i++) pixels[i] ^= (byte)mask;
            y = next;
        }
    }
}
