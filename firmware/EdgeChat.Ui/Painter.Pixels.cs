using System;

namespace EdgeChat.Ui;

// the bytes of the picture, eight columns at once where a loop for each would take long
public sealed partial class Painter
{
    private const int Dark = 0;
    private const int Light = 1;
    private const int Opposite = 2;

    private const int AtOnce = 8; // columns
    private const int Letter = 5; // columns of a glyph that is no emoji, at most
    private const long LetterMask = 0xFFFFFFFFFF;
    private const long EachColumn = 0x0101010101010101; // times a byte: eight columns of it

    /// <summary>Moves an area at the left edge down, or up when negative, by whole pages; what it comes from stays as it is.</summary>
    public void Move(int y, int height, int rows, int width)
    {
        if (_frame.Colours != null) _frame.Colours.Move(y, height, rows, width);
        int first = y >> 3;
        int last = (y + height - 1) >> 3;
        int step = rows > 0 ? -1 : 1; // no page is overwritten before it was moved
        for (int page = rows > 0 ? last : first; page >= first && page <= last; page += step)
        {
            int mask = page == first ? 0xFF << (y & 7) : 0xFF;
            if (page == last) mask &= 0xFF >> ((page + 1) * 8 - y - height);
            int from = Row(page);
            int to = Row(page + rows / 8);
            int end = to + width;
            if ((mask & 0xFF) == 0xFF)
            {
                Array.Copy(_pixels, from, _pixels, to, width);
                continue;
            }

            long each = EachColumn * (mask & 0xFF);
            for (; to + AtOnce <= end; to += AtOnce, from += AtOnce)
                Put((BitConverter.ToInt64(_pixels, from) & each) | (BitConverter.ToInt64(_pixels, to) & ~each), _pixels, to);
            for (; to < end; to++, from++) _pixels[to] = (byte)((_pixels[from] & mask) | (_pixels[to] & ~mask));
        }
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
            for (int i = from; i < to; i++) _pixels[top++] ^= (byte)(data[i] << (y & 7) >> 8);
        }
    }

    // eight columns at once
    private static void Put(long columns, byte[] pixels, int at)
    {
        pixels[at] = (byte)columns;
        pixels[at + 1] = (byte)(columns >> 8);
        pixels[at + 2] = (byte)(columns >> 16);
        pixels[at + 3] = (byte)(columns >> 24);
        pixels[at + 4] = (byte)(columns >> 32);
        pixels[at + 5] = (byte)(columns >> 40);
        pixels[at + 6] = (byte)(columns >> 48);
        pixels[at + 7] = (byte)(columns >> 56);
    }

    /// <summary>How much further the same column is in the page below; 0 when there is none.</summary>
    private int LowerOf(int page, int row) { return page + 1 < _pages ? Row(page + 1) - row : 0; }

    /// <summary>Turns columns over that begin so many rows below the first of a page, and go on in the page below.</summary>
    private void Merge(byte[] data, int from, int to, int at, int lower, int shift)
    {
        byte[] pixels = _pixels;
        int factor = 1 << shift;
        at -= from;
        for (int i = from; i < to; i++)
        {
            int bits = data[i] * factor;
            pixels[at + i] ^= (byte)bits;
            if (bits > 0xFF && lower != 0) pixels[at + i + lower] ^= (byte)(bits >> 8);
        }
    }

    /// <summary>The same of a letter of a font, all of its columns at once.</summary>
    private void MergeLetter(byte[] cells, int from, int at, int lower, int shift, int width)
    {
        long columns = BitConverter.ToInt64(cells, from) & LetterMask;
        TurnOver(columns << shift & EachColumn * (0xFF << shift & 0xFF), at, width);
        columns = (columns >> (8 - shift)) & EachColumn * ((1 << shift) - 1);
        if (columns != 0 && lower != 0) TurnOver(columns, at + lower, width);
    }

    private void TurnOver(long columns, int at, int width)
    {
        byte[] pixels = _pixels;
        columns ^= BitConverter.ToInt64(pixels, at);
        pixels[at] = (byte)columns;
        if (width < 2) return;
        pixels[at + 1] = (byte)(columns >> 8);
        if (width < 3) return;
        pixels[at + 2] = (byte)(columns >> 16);
        if (width < 4) return;
        pixels[at + 3] = (byte)(columns >> 24);
        if (width > 4) pixels[at + 4] = (byte)(columns >> 32);
    }

    /// <summary>Where a page of the picture begins in the frame's bytes, for somebody who draws there.</summary>
    private int Row(int page)
    {
        page += _frame.StartPage;
        if (page >= _pages) page -= _pages;
        _touched |= 1 << page;
        return page * _width;
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
            int i = row + x;
            if (how == Dark && (mask & 0xFF) == 0xFF)
            {
                Array.Clear(pixels, i, right > x ? right - x : 0);
                i = end;
            }

            long each = EachColumn * (mask & 0xFF);
            long kept = how == Opposite ? -1 : ~each;
            long turned = how == Dark ? 0 : each;
            for (; i + AtOnce <= end; i += AtOnce) Put((BitConverter.ToInt64(pixels, i) & kept) ^ turned, pixels, i);
            for (; i < end; i++) pixels[i] = (byte)((pixels[i] & (int)kept) ^ (int)turned);
            y = next;
        }
    }
}
