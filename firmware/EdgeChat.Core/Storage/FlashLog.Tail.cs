using System;

namespace EdgeChat.Core;

// The end of the log, where it is written: begins segments, adds to the last one, and seals that when a write may have left a part of
// itself behind.
public sealed partial class FlashLog
{
    private bool _isSealed; // nothing more may be written into the last segment

    // whether so many bytes can be added to the last segment
    private bool Takes(int bytes)
    {
        return _segments.Count > 0 && !_isSealed && _segments.SizeAt(_segments.Count - 1) + bytes <= _segmentBytes;
    }

    private void BeginSegment()
    {
        if (_segments.Count == _segments.Capacity)
            throw new FlashException("log '" + _segments.Prefix + "' is full: no segment left to compact into", null);
        _segments.AddNext();
        _isSealed = false;
    }

    // adds bytes of the buffer to the last segment, durable when this returns; gives their address
    private int Store(int from, int count)
    {
        int tail = _segments.Count - 1;
        int at = _segments.SizeAt(tail);
        try
        {
            _flash.Append(_segments.NameAt(tail), _scratch, from, count);
        }
        catch (FlashException)
        {
            AfterRefusal(tail, at);
            throw;
        }
        catch (OutOfMemoryException)
        {
            AfterRefusal(tail, at);
            throw;
        }

        _segments.SetSize(tail, at + count);
        return Address(_segments.NumberAt(tail), at);
    }

    // a refused write may have left a part of itself behind, and nothing must be written after that
    private void AfterRefusal(int tail, int sizeBefore)
    {
        _isSealed = true;
        try
        {
            int size = _flash.Size(_segments.NameAt(tail));
            if (size < 0) size = 0;
            _segments.SetSize(tail, size);
            _isSealed = size != sizeBefore;
        }
        catch (FlashException)
        {
            // the size stays unknown and the segment sealed; the refusal itself is already on its way to the caller
        }
    }
}
