using System;

namespace EdgeChat.Core;

/// <summary>The end of a log, where it is written: begins segments, adds to the last one, and seals that when a write may have left a part
/// of itself behind.</summary>
internal sealed class LogTail
{
    private readonly IFlash _flash;
    private readonly SegmentTable _segments;
    private readonly int _segmentBytes;

    public LogTail(IFlash flash, SegmentTable segments, int segmentBytes)
    {
        _flash = flash;
        _segments = segments;
        _segmentBytes = segmentBytes;
    }

    /// <summary>Whether nothing more may be written into the last segment.</summary>
    public bool IsSealed { get; set; }

    /// <summary>Whether so many bytes can be added to the last segment.</summary>
    public bool Takes(int bytes)
    {
        return _segments.Count > 0 && !IsSealed && _segments.SizeAt(_segments.Count - 1) + bytes <= _segmentBytes;
    }

    /// <summary>Begins the next segment.</summary>
    public void Begin()
    {
        if (_segments.Count == _segments.Capacity)
            throw new FlashException("log '" + _segments.Prefix + "' is full: no segment left to compact into", null);
        _segments.AddNext();
        IsSealed = false;
    }

    /// <summary>Adds bytes to the last segment, durable when this returns; gives their offset in it.</summary>
    public int Write(byte[] bytes, int from, int count)
    {
        int tail = _segments.Count - 1;
        int at = _segments.SizeAt(tail);
        try
        {
            _flash.Append(_segments.NameAt(tail), bytes, from, count);
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
        return at;
    }

    // a refused write may have left a part of itself behind, and nothing must be written after that
    private void AfterRefusal(int tail, int sizeBefore)
    {
        IsSealed = true;
        try
        {
            int size = _flash.Size(_segments.NameAt(tail));
            if (size < 0) size = 0;
            _segments.SetSize(tail, size);
            IsSealed = size != sizeBefore;
        }
        catch (FlashException)
        {
            // the size stays unknown and the segment sealed; the refusal itself is already on its way to the caller
        }
    }
}
