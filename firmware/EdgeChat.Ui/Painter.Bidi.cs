using EdgeChat.Core;

namespace EdgeChat.Ui;

// text that goes to the left, all of it or in part
public sealed partial class Painter
{
    private const int LastMirrored = 0x2266; // what comes after it looks the same in either direction
    private const int Line = 8; // rows that are written where a text lies on a page

    private Bidi _bidi;

    /// <summary>Prepares to draw the lines of a text with <see cref="DrawLine"/>, each as a part of its paragraph.</summary>
    /// <param name="text">The text, UTF-8, from its first byte on.</param>
    /// <param name="start">Where the first line begins that will be drawn.</param>
    /// <param name="end">Where the text ends.</param>
    public void BeginLines(byte[] text, int start, int end)
    {
        _bidi ??= new Bidi();
        _bidi.Enter(text, 0, start, end);
    }

    /// <summary>Draws a line of the text that <see cref="BeginLines"/> was told of, at the right when its paragraph begins there; gives the
    /// column where the next character would be.</summary>
    public int DrawLine(PixelFont font, byte[] text, int start, int end, int x, int y, int right)
    {
        while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\n')) end--;
        _bidi.EnterNext(start);
        if (_bidi.IsRightToLeft)
        {
            int advance = font.MeasureAdvance(text, start, end);
            if (right - advance + 1 > x) x = right - advance + 1;
            DrawTurned(font, text, start, end, x + advance, y, right);
            x = x > 1 ? x - 2 : 0;
        }
        else
        {
            x = DrawOrdered(font, text, start, end, x, y, right);
        }

        font.HasRightToLeft = false;
        return x;
    }

    /// <summary>Draws the rest of a text in the order of its directions, and what was drawn already anew when it does not begin at the
    /// left.</summary>
    /// <param name="font">Its font.</param>
    /// <param name="text">The text.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="start">Where the rest begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="left">The column that it begins at.</param>
    /// <param name="x">The column that the rest begins at.</param>
    /// <param name="y">Its first row.</param>
    /// <param name="limit">The column that it ends before.</param>
    private int DrawMixed(PixelFont font, byte[] text, int from, int start, int end, int left, int x, int y, int limit)
    {
        _bidi ??= new Bidi();
        _bidi.Enter(text, from, from, end);
        if (_bidi.IsRightToLeft && start > from)
        {
            if ((y & 7) == 0)
            {
                Erase(left, y, x - left, Line);
            }
            else
            {
                DrawRun(font, text, from, start, left, y, limit); // what is turned over twice is as it was
            }

            start = from;
            x = left;
        }

        x = DrawOrdered(font, text, start, end, x, y, limit);
        font.HasRightToLeft = false;
        return x;
    }

    private int DrawOrdered(PixelFont font, byte[] text, int start, int end, int x, int y, int limit)
    {
        if (_bidi.IsRightToLeft)
        {
            int after = x + font.MeasureAdvance(text, start, end);
            DrawTurned(font, text, start, end, after, y, limit);
            return after;
        }

        _bidi.Begin(start, end);
        while (_bidi.Next(end, true))
        {
            int runEnd = _bidi.RunEnd;
            if (_bidi.Level == 0)
            {
                x = DrawRun(font, text, start, runEnd, x, y, limit);
            }
            else
            {
                x += font.MeasureAdvance(text, start, runEnd);
                DrawTurned(font, text, start, runEnd, x, y, limit);
                _bidi.Begin(runEnd, end);
            }

            start = runEnd;
        }

        return x;
    }

    /// <summary>Draws runs from the right, each in its own direction.</summary>
    private void DrawTurned(PixelFont font, byte[] text, int start, int end, int right, int y, int limit)
    {
        _bidi.Begin(start, end);
        while (_bidi.Next(end, false))
        {
            int runEnd = _bidi.RunEnd;
            if (_bidi.Level == 2)
            {
                right -= font.MeasureAdvance(text, start, runEnd);
                DrawRun(font, text, start, runEnd, right, y, limit);
            }
            else
            {
                right = DrawToLeft(font, text, start, runEnd, right, y, limit);
            }

            start = runEnd;
        }
    }

    private int DrawRun(PixelFont font, byte[] text, int start, int end, int x, int y, int limit)
    {
        _bidi.IsDrawing = true;
        x = Draw(font, text, start, end, x, y, limit);
        _bidi.IsDrawing = false;
        return x;
    }

    private int DrawToLeft(PixelFont font, byte[] text, int start, int end, int x, int y, int limit)
    {
        int page = y >> 3;
        bool isInside = page >= 0 && page < _pages;
        int upper = isInside ? Row(page) : 0;
        int lower = isInside ? LowerOf(page, upper) : 0;
        int lastOfEight = _pixels.Length - AtOnce - upper - (lower > 0 ? lower : 0);
        while (start < end)
        {
            int decoded = Utf8.Decode(text, start, end);
            int code = decoded >> 3;
            int at = font.Find(code < LastMirrored ? Bidi.Mirrored(code) : code);
            byte[] cells = font.Cells;
            int advance = cells[at];
            start = advance == 0 || decoded >= Cluster.FirstFlag ? Cluster.After(text, start, end, decoded) : start + (decoded & 7);
            x -= advance;
            if (advance == 0 || at == PixelFont.Space || x + advance - 1 > limit) continue;
            if (!isInside || x < 0 || x > lastOfEight || advance > Letter + 1) Columns(cells, at + 1, at + advance, x, y);
            else MergeLetter(cells, at + 1, upper + x, lower, y & 7, advance - 1);
        }

        return x;
    }
}
