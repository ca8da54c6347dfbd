using System;

namespace EdgeChat.Core;

/// <summary>The colours of a <see cref="Frame"/>, which keeps its one bit a pixel: rectangles, each over those before it.</summary>
/// <remarks>A rectangle has a surface, which says what its dark and its light pixels are, and may have the colour of a mark on that. A
/// display's driver turns these into what its glass can show. What no rectangle covers is <see cref="Paper"/>. All of it is 5 bytes a
/// rectangle, and as many for what the display shows.</remarks>
public sealed class ColourPlan
{
    /// <summary>Surface: light marks on what is dark.</summary>
    public const int Paper = 0;

    /// <summary>Surface: dark marks on what is light, such as an own message and the chosen row.</summary>
    public const int Plate = 1;

    /// <summary>Surface: light marks on a dark that stands out, such as the line at the top and what others wrote.</summary>
    public const int Raised = 2;

    /// <summary>Surface: light is white and dark is black in every theme, for codes that a machine reads.</summary>
    public const int Printed = 3;

    /// <summary>Mark: read.</summary>
    public const int Blue = 4;

    /// <summary>Mark: failed, and warnings.</summary>
    public const int Red = 8;

    /// <summary>Mark: waiting, not there, beside the point.</summary>
    public const int Grey = 12;

    /// <summary>Mark: there, and new.</summary>
    public const int Green = 16;

    /// <summary>Mark: lost.</summary>
    public const int Amber = 20;

    /// <summary>Number of colours: a mark, or none, on a surface.</summary>
    public const int Colours = 24;

    /// <summary>Whether the theme is dark on light.</summary>
    public bool IsLight;

    private const int Surfaces = 3; // the bits of a colour that are its surface
    private const int Mixed = -1;

    // of a rectangle
    private const int Left = 0;
    private const int Top = 1;
    private const int Columns = 2;
    private const int Rows = 3;
    private const int Colour = 4;
    private const int Size = 5;

    private readonly Frame _frame;
    private readonly byte[] _rectangles = new byte[Limits.ColourRectangles * Size];
    private readonly byte[] _shown = new byte[Limits.ColourRectangles * Size];
    private int _end;
    private int _shownEnd;

    /// <summary>Makes the plan of a frame of at most 255 columns and rows, all paper.</summary>
    internal ColourPlan(Frame frame)
    {
        _frame = frame;
    }

    /// <summary>Makes all paper again, what is shown too: the frame has another size.</summary>
    internal void Begin()
    {
        _end = 0;
        _shownEnd = 0;
    }

    /// <summary>Gives an area a colour: a surface, or a mark on the surface that its top left corner has.</summary>
    public void Set(int colour, int x, int y, int width, int height)
    {
        if (!Clip(ref x, ref y, ref width, ref height)) return;
        if (colour > Surfaces) colour |= Under(_end, x, y, 1, 1) & Surfaces;
        for (int i = _end - Size; i >= 0; i -= Size)
            if (IsWithin(i, x, y, width, height)) Remove(i);
        if (Under(_end, x, y, width, height) != colour) Insert(_end, colour, x, y, width, height);
    }

    /// <summary>What was drawn on paper in an area is on a plate now, or the other way round: its light and its dark pixels have been
    /// exchanged.</summary>
    public void Turn(int x, int y, int width, int height)
    {
        if (!Clip(ref x, ref y, ref width, ref height)) return;
        int first = -1;
        for (int i = 0; i < _end; i += Size)
        {
            if (!IsWithin(i, x, y, width, height)) continue;
            _rectangles[i + Colour] ^= Plate;
            if (first < 0) first = i;
        }

        if (first < 0) first = _end;
        int under = Under(first, x, y, width, height);
        bool isBased = first < _end && _rectangles[first + Columns] == width && _rectangles[first + Rows] == height;
        if (!isBased) Insert(first, under == Mixed ? Plate : (under & Surfaces) ^ Plate, x, y, width, height);
        else if (_rectangles[first + Colour] == under) Remove(first);
    }

    /// <summary>Moves the colours of an area at the left edge down, or up when negative; those of where they come to are gone, and where
    /// they come from is paper.</summary>
    public void Move(int y, int height, int rows, int width)
    {
        for (int i = _end - Size; i >= 0; i -= Size)
        {
            if (IsWithin(i, 0, y, width, height))
            {
                int x = _rectangles[i + Left];
                int top = _rectangles[i + Top] + rows;
                int columns = _rectangles[i + Columns];
                int left = _rectangles[i + Rows];
                if (Clip(ref x, ref top, ref columns, ref left))
                {
                    _rectangles[i + Top] = (byte)top;
                    _rectangles[i + Rows] = (byte)left;
                    continue;
                }
            }
            else if (!IsWithin(i, 0, y + rows, width, height)) continue;

            Remove(i);
        }
    }

    /// <summary>Writes the colours of columns of a row; gives the first row below whose colours may be others.</summary>
    public int Line(int y, int from, int count, byte[] into) { return Line(_rectangles, _end, y, from, count, into, 0); }

    /// <summary>Takes the plan as shown: what of the frame has other colours than before is sent again.</summary>
    /// <param name="scratch">Two bytes for each column of the frame.</param>
    public void TakeChanges(byte[] scratch)
    {
        int pages = ChangedPages();
        int width = _frame.Width;
        for (int page = 0; pages != 0; page++, pages >>= 1)
        {
            if ((pages & 1) == 0) continue;
            int below = (page + 1) * Frame.RowsOfPage;
            for (int y = below - Frame.RowsOfPage; y < below;)
            {
                int next = Line(_rectangles, _end, y, 0, width, scratch, 0);
                int nextShown = Line(_shown, _shownEnd, y, 0, width, scratch, width);
                for (int x = 0; x < width; x++)
                    if (scratch[x] != scratch[width + x]) _frame.Forget(page, x);
                y = next < nextShown ? next : nextShown;
            }
        }

        Array.Copy(_rectangles, 0, _shown, 0, _end);
        _shownEnd = _end;
    }

    // a bit for each page with a rectangle that only one of both has; where there is none all pixels have the colours that they had
    private int ChangedPages()
    {
        int pages = 0;
        int old = 0;
        for (int i = 0; i < _end; i += Size)
        {
            int same = old;
            while (same < _shownEnd && !IsSame(i, same)) same += Size;
            if (same == _shownEnd)
            {
                pages |= PagesOf(_rectangles, i);
                continue;
            }

            for (; old < same; old += Size) pages |= PagesOf(_shown, old);
            old += Size;
        }

        for (; old < _shownEnd; old += Size) pages |= PagesOf(_shown, old);
        return pages;
    }

    private bool IsSame(int i, int shown)
    {
        byte[] now = _rectangles;
        byte[] before = _shown;
        return now[i + Top] == before[shown + Top] && now[i + Left] == before[shown + Left] && now[i + Colour] == before[shown + Colour] &&
            now[i + Columns] == before[shown + Columns] && now[i + Rows] == before[shown + Rows];
    }

    private static int PagesOf(byte[] rectangles, int i)
    {
        int first = rectangles[i + Top] / Frame.RowsOfPage;
        int last = (rectangles[i + Top] + rectangles[i + Rows] - 1) / Frame.RowsOfPage;
        return (2 << last) - (1 << first);
    }

    private static int Line(byte[] rectangles, int end, int y, int from, int count, byte[] into, int at)
    {
        int next = int.MaxValue;
        Array.Clear(into, at, count);
        for (int i = 0; i < end; i += Size)
        {
            int top = rectangles[i + Top];
            int bottom = top + rectangles[i + Rows];
            if (y >= bottom) continue;
            if (y < top)
            {
                if (top < next) next = top;
                continue;
            }

            if (bottom < next) next = bottom;
            int first = rectangles[i + Left] - from;
            int last = first + rectangles[i + Columns];
            if (first < 0) first = 0;
            if (last > count) last = count;
            if (first < last) Fill(into, at + first, last - first, rectangles[i + Colour]);
        }

        return next;
    }

    private static void Fill(byte[] into, int at, int count, byte value)
    {
        into[at] = value;
        for (int done = 1; done < count; done *= 2) Array.Copy(into, at, into, at + done, done * 2 > count ? count - done : done);
    }

    private bool Clip(ref int x, ref int y, ref int width, ref int height)
    {
        if (x < 0)
        {
            width += x;
            x = 0;
        }

        if (y < 0)
        {
            height += y;
            y = 0;
        }

        if (width > _frame.Width - x) width = _frame.Width - x;
        if (height > _frame.Height - y) height = _frame.Height - y;
        return width > 0 && height > 0;
    }

    private bool IsWithin(int i, int x, int y, int width, int height)
    {
        byte[] all = _rectangles;
        return all[i + Top] >= y && all[i + Left] >= x && all[i + Top] + all[i + Rows] <= y + height &&
            all[i + Left] + all[i + Columns] <= x + width;
    }

    // the colour that an area has by the rectangles before one of them
    private int Under(int end, int x, int y, int width, int height)
    {
        byte[] all = _rectangles;
        for (int i = end - Size; i >= 0; i -= Size)
        {
            int top = all[i + Top];
            int bottom = top + all[i + Rows];
            if (top >= y + height || bottom <= y) continue;
            int left = all[i + Left];
            int right = left + all[i + Columns];
            if (left >= x + width || right <= x) continue;
            return top <= y && left <= x && bottom >= y + height && right >= x + width ? all[i + Colour] : Mixed;
        }

        return Paper;
    }

    private void Insert(int i, int colour, int x, int y, int width, int height)
    {
        if (_end == _rectangles.Length)
        {
            Remove(0);
            if (i > 0) i -= Size;
        }

        Array.Copy(_rectangles, i, _rectangles, i + Size, _end - i);
        _rectangles[i + Left] = (byte)x;
        _rectangles[i + Top] = (byte)y;
        _rectangles[i + Columns] = (byte)width;
        _rectangles[i + Rows] = (byte)height;
        _rectangles[i + Colour] = (byte)colour;
        _end += Size;
    }

    private void Remove(int i)
    {
        _end -= Size;
        Array.Copy(_rectangles, i + Size, _rectangles, i, _end - i);
    }
}
