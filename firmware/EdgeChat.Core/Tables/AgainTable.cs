using System;

namespace EdgeChat.Core;

/// <summary>The ranges of this board's messages that are on their way again, one a row of the stream table at most.</summary>
/// <remarks>
/// <para>After <see cref="Limits.ResendBytes"/> a range waits for a receipt: a broker may join all that comes for a device, and a device
/// may read no more than 4,390 bytes at once. Who asks asks again, and what is watched comes up again, so it never waits for good.</para>
/// <para>When the table is full, one that waits makes room. When none does, or the heap is too short for it to grow, a new range is not
/// taken.</para>
/// </remarks>
public sealed class AgainTable
{
    private const int RowCell = 0; // the row, the flag, and the bytes that no receipt has come for
    private const int NextCell = 1;
    private const int ToCell = 2;
    private const int Cells = 3;
    private const int RowMask = 0xFFFF;
    private const int WasAskedFlag = 1 << 16;
    private const int BytesShift = 17;
    private const int NoBytesMask = (1 << BytesShift) - 1;

    private int[] _ranges;

    /// <summary>Ranges under way.</summary>
    public int Count { get; private set; }

    /// <summary>The row of a range.</summary>
    public int RowAt(int place) { return _ranges[place * Cells + RowCell] & RowMask; }

    /// <summary>Whether a device asked for it: then it is told what is not there any more, too.</summary>
    public bool WasAsked(int place) { return (_ranges[place * Cells + RowCell] & WasAskedFlag) != 0; }

    /// <summary>Whether more of it may go out now.</summary>
    public bool IsOpen(int place) { return _ranges[place * Cells + RowCell] >> BytesShift < Limits.ResendBytes; }

    /// <summary>Next number of a range.</summary>
    public int NextAt(int place) { return _ranges[place * Cells + NextCell]; }

    /// <summary>Last number of a range.</summary>
    public int LastAt(int place) { return _ranges[place * Cells + ToCell]; }

    /// <summary>The range of a row, or -1.</summary>
    public int Find(int row)
    {
        for (int i = 0; i < Count; i++)
            if (RowAt(i) == row) return i;
        return -1;
    }

    /// <summary>A receipt of a row has come: what had gone out there has been read.</summary>
    public void Open(int row)
    {
        int place = Find(row);
        if (place >= 0) _ranges[place * Cells + RowCell] &= NoBytesMask;
    }

    /// <summary>So many bytes of a range go out.</summary>
    public void Spend(int place, int bytes) { _ranges[place * Cells + RowCell] += bytes << BytesShift; }

    /// <summary>Adds a range, or widens the one that its row has. One that begins where that one stands, or before, does not wait any
    /// more: what had gone out there is known, or goes out again.</summary>
    public void Add(int row, int from, int to, bool wasAsked)
    {
        int place = Find(row);
        if (place < 0)
        {
            if (Count == Limits.Resends && !RemoveOneThatWaits()) return;
            if (!HasRoom()) return;
            place = Count++;
            _ranges[place * Cells + RowCell] = row;
            _ranges[place * Cells + NextCell] = from;
            _ranges[place * Cells + ToCell] = to;
        }

        if (from <= NextAt(place))
        {
            _ranges[place * Cells + NextCell] = from;
            _ranges[place * Cells + RowCell] &= NoBytesMask;
        }

        if (to > LastAt(place)) _ranges[place * Cells + ToCell] = to;
        if (wasAsked) _ranges[place * Cells + RowCell] |= WasAskedFlag;
    }

    /// <summary>Ends all ranges.</summary>
    public void Clear() { Count = 0; }

    /// <summary>A range goes on from a number; false when that was beyond its end, and it is under way no more.</summary>
    public bool Advance(int place, int next)
    {
        _ranges[place * Cells + NextCell] = next;
        if (next <= LastAt(place)) return true;
        RemoveAt(place);
        return false;
    }

    /// <summary>Ends the range at a place; the last one takes its place.</summary>
    public void RemoveAt(int place)
    {
        Count--;
        for (int cell = 0; cell < Cells; cell++) _ranges[place * Cells + cell] = _ranges[Count * Cells + cell];
    }

    private bool RemoveOneThatWaits()
    {
        int place = 0;
        while (place < Count && IsOpen(place)) place++;
        if (place == Count) return false;
        RemoveAt(place);
        return true;
    }

    private bool HasRoom()
    {
        try
        {
            if (_ranges == null || Count * Cells == _ranges.Length) _ranges = Column.Longer(_ranges, Limits.ResendStep * Cells);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
