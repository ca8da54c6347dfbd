using System;

namespace EdgeChat.Core;

// how room is made at the oldest end
public sealed partial class FlashLog
{
    /// <summary>Takes the oldest segment: writes what is live again at the end, then deletes the file; false when that freed
    /// nothing.</summary>
    /// <remarks>One write for each buffer of live records, one more where a segment ends, and one delete. After a power cut anywhere in it
    /// nothing is lost, and the records moved so far are there twice. False means that all of this segment is live; the next one may still
    /// have something to free.</remarks>
    public bool CompactOne(ILogOwner owner)
    {
        EnsureFree();
        if (_segments.Count < 2) return false;
        _isBusy = true;
        try
        {
            int size = _segments.SizeAt(0);
            int kept = size == 0 ? 0 : MoveLive(owner);
            _flash.Delete(_segments.NameAt(0));
            _segments.RemoveOldest();
            return kept < size;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private int MoveLive(ILogOwner owner)
    {
        int number = _segments.NumberAt(0);
        ushort[] oldOffsets = new ushort[_scratch.Length / LogRecord.Overhead];
        int all = 0;
        int kept = 0;
        int live = 0;
        int at = 0;
        var window = new SegmentWindow(_flash, _scratch, _segments.NameAt(0), SizeToRead(0));
        while (at < window.End)
        {
            bool isShown = window.Shows(at);
            int total = isShown ? window.RecordAt(at) : 0;
            if (total == 0 && kept > 0)
            {
                // what was kept lies where the window shows something else as soon as it moves
                Move(owner, kept, number, oldOffsets);
                all += kept;
                kept = 0;
                live = 0;
            }

            if (!isShown) total = window.RecordAt(at);
            if (total == 0)
            {
                at = window.After(at);
                continue;
            }

            int place = window.PlaceOf(at);
            if (owner.IsLive(_scratch[place + 1], Address(number, at)))
            {
                if (kept != place) Array.Copy(_scratch, place, _scratch, kept, total);
                oldOffsets[live++] = (ushort)at;
                kept += total;
            }

            at += total;
        }

        if (kept > 0) Move(owner, kept, number, oldOffsets);
        return all + kept;
    }

    // writes the records that are together at the front of the buffer at the end of the log, with as few writes as can be
    private void Move(ILogOwner owner, int kept, int number, ushort[] oldOffsets)
    {
        int from = 0;
        int moved = 0;
        while (from < kept)
        {
            int to = from;
            while (to < kept && Takes(to - from + LogRecord.StatedLength(_scratch, to, kept)))
                to += LogRecord.StatedLength(_scratch, to, kept);
            if (to == from)
            {
                BeginSegment();
                continue;
            }

            int address = Store(from, to - from);
            for (int at = from; at < to; at += LogRecord.StatedLength(_scratch, at, kept))
                owner.Moved(_scratch[at + 1], Address(number, oldOffsets[moved++]), address + at - from);
            from = to;
        }
    }
}
