namespace EdgeChat.Core;

/// <summary>Looks at the records of one segment through a window, which moves on when a record ends behind it: no buffer of a whole segment
/// is needed.</summary>
/// <remarks>Offsets are those of the segment. What the window shows before the offset asked for last may be overwritten.</remarks>
internal sealed class SegmentWindow
{
    private readonly IFlash _flash;
    private readonly byte[] _bytes;
    private readonly string _name;
    private int _start; // the window shows the segment from here on
    private int _count;

    /// <summary>Makes a window that shows its part of a segment in <paramref name="bytes"/>; longer records than that there are
    /// none.</summary>
    public SegmentWindow(IFlash flash, byte[] bytes, string name, int size)
    {
        _flash = flash;
        _bytes = bytes;
        _name = name;
        End = size;
    }

    /// <summary>Where the segment ends.</summary>
    public int End { get; private set; }

    /// <summary>From where on the window shows the segment.</summary>
    public int Start { get { return _start; } }

    /// <summary>How many bytes of it the window shows.</summary>
    public int Count { get { return _count; } }

    /// <summary>Where an offset is in the window's bytes; counts for a record that was asked for last.</summary>
    public int PlaceOf(int at) { return at - _start; }

    /// <summary>Whether <see cref="RecordAt"/> can tell without moving the window.</summary>
    public bool Shows(int at)
    {
        return Has(at, LogRecord.HeaderBytes) && Has(at, LogRecord.StatedLength(_bytes, at - _start, _count));
    }

    /// <summary>The length of the sound record at an offset, or 0 when there is none. Throws <see cref="FlashException"/> when it cannot be
    /// read.</summary>
    public int RecordAt(int at)
    {
        int total = at < _start ? 0 : LogRecord.SoundLength(_bytes, at - _start, _count);
        if (total > 0) return total;
        int stated = StatedAt(at);
        if (stated == 0 || stated > _bytes.Length) return 0;
        Reach(at, stated);
        return LogRecord.SoundLength(_bytes, at - _start, _count);
    }

    /// <summary>Whether the segment ends with the beginning of a record whose rest was never written.</summary>
    public bool IsTorn(int at)
    {
        int stated = StatedAt(at);
        if (at + LogRecord.HeaderBytes > End) return LogRecord.IsMarker(_bytes[at - _start]);
        return at + stated > End;
    }

    /// <summary>Where the next record after the damaged one at an offset begins, or <see cref="End"/>.</summary>
    public int After(int at)
    {
        int next = at + StatedAt(at);
        if (next > at && next <= End && (next == End || StatedAt(next) > 0)) return next;
        for (next = at + 1; next < End; next++)
        {
            Reach(next, 1);
            if (LogRecord.IsMarker(_bytes[next - _start]) && RecordAt(next) > 0) return next;
        }

        return End;
    }

    private int StatedAt(int at)
    {
        Reach(at, LogRecord.HeaderBytes);
        return LogRecord.StatedLength(_bytes, at - _start, _count);
    }

    private bool Has(int at, int count)
    {
        int end = _start + _count;
        return at >= _start && (at + count <= end || end == End);
    }

    private void Reach(int at, int count)
    {
        if (Has(at, count)) return;
        int rest = End - at;
        if (rest > _bytes.Length) rest = _bytes.Length;
        _start = at;
        _count = 0; // while the flash may refuse
        _count = _flash.Read(_name, at, _bytes, 0, rest);
        if (_count < rest) End = at + _count;
    }
}
