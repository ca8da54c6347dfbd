namespace EdgeChat.Core;

// how the segments are read at the start, a part at a time
public sealed partial class FlashLog
{
    private sealed class Opening
    {
        public int Segment;
        public int At;
        public SegmentWindow Window;
        public bool IsBegun; // the segment is
        public bool IsSound; // what was read last
    }

    /// <summary>Reads all segments and shows each sound record to the visitor; call it, or <see cref="OpenSome"/> until that gives true,
    /// once, before anything else.</summary>
    public void Open(ILogVisitor visitor)
    {
        while (!OpenSome(visitor)) { }
    }

    /// <summary>Reads on, at most to the end of a segment or of what <see cref="Bytes"/> takes, which belongs to the log until all is read;
    /// true when it is.</summary>
    public bool OpenSome(ILogVisitor visitor)
    {
        if (_opening == null)
        {
            EnsureFree();
            DamagedRecords = 0;
            TornRecords = 0;
            _segments.Take(_flash.List(), _maxSegments);
            _opening = new Opening();
        }

        Opening opening = _opening;
        if (opening.Segment < _segments.Count)
        {
            _isBusy = true;
            try
            {
                if (ScanSome(opening, visitor))
                {
                    opening.Segment++;
                    opening.IsBegun = false;
                }
            }
            finally
            {
                _isBusy = false;
            }
        }

        if (opening.Segment < _segments.Count) return false;
        _opening = null;
        return true;
    }

    /// <summary>How much of the segments <see cref="OpenSome"/> has read, in percent; 100 when it has not begun.</summary>
    public int OpenedPercent { get { return _opening == null ? 100 : _opening.Segment * 100 / _segments.Count; } }

    /// <summary>Shows each sound record of a segment, dead ones too, to the visitor; 0 is the oldest segment.</summary>
    public void Show(int segment, ILogVisitor visitor)
    {
        EnsureFree();
        _isBusy = true;
        try
        {
            var window = new SegmentWindow(_flash, _scratch, _segments.NameAt(segment), SizeToRead(segment));
            for (int at = 0; at < window.End;)
            {
                int total = window.RecordAt(at);
                at = total > 0 ? ShowAll(window, visitor, at, total, Address(_segments.NumberAt(segment), 0)) : window.After(at);
            }
        }
        catch (FlashException)
        {
            // what cannot be read tells nothing
        }
        finally
        {
            _isBusy = false;
        }
    }

    // shows the records of a segment that are in the window once it has moved to where reading goes on; true when the segment is read, and
    // then the tail is sealed unless it ends with a sound record, behind which writing may go on
    private bool ScanSome(Opening opening, ILogVisitor visitor)
    {
        int segment = opening.Segment;
        int number = _segments.NumberAt(segment);
        int at = opening.At;
        SegmentWindow window = opening.Window;
        try
        {
            if (!opening.IsBegun)
            {
                string name = _segments.NameAt(segment);
                at = 0;
                opening.IsBegun = true;
                opening.IsSound = true;
                _segments.SetSize(segment, _flash.Size(name));
                window = new SegmentWindow(_flash, _scratch, name, SizeToRead(segment));
                opening.Window = window;
            }

            while (at < window.End)
            {
                int total = window.RecordAt(at);
                opening.IsSound = total > 0;
                if (total > 0)
                {
                    at = ShowAll(window, visitor, at, total, Address(number, 0));
                    if (at == window.End) break;
                    opening.At = at;
                    return false;
                }

                int next = window.After(at);
                if (next == window.End && window.IsTorn(at)) TornRecords++;
                else DamagedRecords++;
                at = next;
            }
        }
        catch (FlashException)
        {
            // one unreadable file must not keep a board from starting; it ends where it cannot be read, and goes when its turn comes
            _segments.SetSize(segment, at);
            DamagedRecords++;
            _isSealed = true;
            return true;
        }

        _isSealed = !opening.IsSound || window.End != _segments.SizeAt(segment);
        return true;
    }

    // shows the sound record at an offset and those behind it that the window shows whole; gives where the last one ends
    private int ShowAll(SegmentWindow window, ILogVisitor visitor, int at, int total, int firstAddress)
    {
        byte[] bytes = _scratch;
        int start = window.Start;
        int end = window.Count;
        int place = at - start;
        firstAddress += start;
        while (total > 0)
        {
            int payload = place + LogRecord.HeaderBytes;
            visitor.OnRecord(bytes[place + 1], firstAddress + place, bytes, payload, total - LogRecord.Overhead);
            place += total;
            total = LogRecord.SoundLength(bytes, place, end);
        }

        return start + place;
    }
}
