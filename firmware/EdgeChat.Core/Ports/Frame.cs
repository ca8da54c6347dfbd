using System;

namespace EdgeChat.Core;

/// <summary>A monochrome picture in the SSD1306's own order, and what of it the display does not show yet.</summary>
/// <remarks>Byte <c>page * Width + x</c> holds the eight pixels of column x, rows page*8 to page*8+7, the topmost in bit 0
/// (SSD1306 datasheet rev 1.1, section 8.7). Drawing changes <see cref="Pixels"/>; the host asks for changed runs with
/// <see cref="NextChange"/> and sends them. On a display that can begin at any line of its memory the picture scrolls without being sent
/// again: its row 0 is then in page <see cref="StartPage"/> of <see cref="Pixels"/>, and what is below the last page goes on at page
/// 0.</remarks>
public sealed class Frame
{
    internal const int RowsOfPage = 8;

    private const int BytesAtOnce = 8;
    private const long LowBits = 0x0101010101010101; // of eight bytes
    private const long HighBits = -0x7F7F7F7F7F7F7F80;

    private byte[] _shown;
    private int _change;    // where the run begins that was found last
    private int _next;      // the first byte that NextChange has not compared
    private int _touched;   // a bit a page that is to be compared; with more than 32 pages one is of several
    private int _unknown;   // what the display shows from this page on is not known

    /// <summary>Makes an empty frame.</summary>
    /// <param name="width">Columns, a multiple of 8.</param>
    /// <param name="height">Rows, a multiple of 8.</param>
    /// <param name="hasColours">Whether its display has colours.</param>
    public Frame(int width, int height, bool hasColours = false)
    {
        Width = width;
        Pixels = new byte[width * height / 8];
        _shown = new byte[Pixels.Length];
        _unknown = height / 8; // a display begins dark, as the frame does; a driver that cannot be sure invalidates
        if (hasColours) Colours = new ColourPlan(this);
    }

    /// <summary>Columns.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get { return Pixels.Length / Width * 8; } }

    /// <summary>The picture as drawn.</summary>
    public byte[] Pixels { get; private set; }

    /// <summary>Its colours, or null when its display has none.</summary>
    public ColourPlan Colours { get; }

    /// <summary>Whether the display can begin at any line of its memory (SSD1306 datasheet, 10.1.6); its driver says so.</summary>
    public bool CanRotate { get; set; }

    /// <summary>The page of <see cref="Pixels"/> that is on top of the display.</summary>
    public int StartPage { get; private set; }

    /// <summary>Set by whoever drew, anywhere; cleared once <see cref="NextChange"/> found nothing more.</summary>
    public bool Dirty
    {
        get { return _touched != 0; }
        set { _touched = value ? -1 : 0; }
    }

    /// <summary>The first column of the run that <see cref="NextChange"/> found.</summary>
    public int ChangeStart { get { return _change % Width; } }

    /// <summary>The number of columns of that run.</summary>
    public int ChangeCount { get; private set; }

    /// <summary>The page of that run.</summary>
    public int ChangePage { get { return _change / Width; } }

    /// <summary>Finds the next run of changed columns and takes it as shown; false when the display is up to date.</summary>
    /// <remarks>Runs of a page that are closer than <paramref name="gap"/> columns are joined, since addressing a new run costs bytes
    /// too.</remarks>
    public bool NextChange(int gap)
    {
        if (!Dirty) return false;
        if (_unknown < Pixels.Length / Width) return Take(_unknown * Width, ++_unknown * Width);
        byte[] pixels = Pixels;
        byte[] shown = _shown;
        int width = Width;
        int touched = _touched;
        for (int page = _next / width, end = (page + 1) * width; end <= pixels.Length; page++, end += width)
        {
            if ((touched & 1 << page) == 0) continue;
            int i = end - width;
            if (i < _next) i = _next;
            for (; i < end; i++)
            {
                if (i % BytesAtOnce == 0)
                {
                    while (i < end && BitConverter.ToInt64(pixels, i) == BitConverter.ToInt64(shown, i)) i += BytesAtOnce;
                    if (i == end) break;
                }

                if (pixels[i] != shown[i]) return TakeRun(i, end, gap);
            }
        }

        _next = 0;
        Dirty = false;
        return false;
    }

    /// <summary>Pages of <see cref="Pixels"/> may be others than before: bit n stands for page n, and for n + 32.</summary>
    public void Touch(int pages) { _touched |= pages; }

    /// <summary>Moves the picture up by whole pages, down when negative, where the display can; what leaves at one edge comes back at the
    /// other. False when it cannot, and nothing has moved.</summary>
    public bool Rotate(int pages)
    {
        if (!CanRotate) return false;
        int all = Pixels.Length / Width;
        StartPage = (StartPage + pages % all + all) % all;
        return true;
    }

    /// <summary>Begins again with an empty picture of another size, which its display's driver shows smaller or larger.</summary>
    /// <param name="width">Columns, a multiple of 8.</param>
    /// <param name="height">Rows, a multiple of 8.</param>
    public void Resize(int width, int height)
    {
        var pixels = new byte[width * height / 8];
        _shown = new byte[pixels.Length]; // nothing has changed when there is no room for both
        Pixels = pixels;
        Width = width;
        StartPage = 0;
        if (Colours != null) Colours.Begin();
        Invalidate();
    }

    /// <summary>Forgets what the display shows, so that all of it is sent again: after the display's power was lost.</summary>
    public void Invalidate()
    {
        _next = 0;
        _unknown = 0;
        Dirty = true;
    }

    // a column of a page is sent again
    internal void Forget(int page, int column)
    {
        int at = page * Width + column;
        _shown[at] = (byte)~Pixels[at];
        Touch(1 << page);
    }

    // whether none of eight bytes is the same: none of their difference is 0
    private static bool AllDiffer(byte[] a, byte[] b, int at)
    {
        long difference = BitConverter.ToInt64(a, at) ^ BitConverter.ToInt64(b, at);
        return ((difference - LowBits) & ~difference & HighBits) == 0;
    }

    // the run that begins at a byte, and ends before the end of its page
    private bool TakeRun(int start, int end, int gap)
    {
        byte[] pixels = Pixels;
        byte[] shown = _shown;
        int k = start;
        int next;
        while (k + BytesAtOnce <= end && AllDiffer(pixels, shown, k)) k += BytesAtOnce; // where an area was turned over
        do
        {
            while (k < end && pixels[k] != shown[k]) k++;
            next = k;
            while (k < end && k - next < gap && pixels[k] == shown[k]) k++;
        }
        while (k < end && k - next < gap);
        _next = next;
        return Take(start, next);
    }

    private bool Take(int from, int to)
    {
        _change = from;
        ChangeCount = to - from;
        Array.Copy(Pixels, from, _shown, from, ChangeCount);
        return true;
    }
}
