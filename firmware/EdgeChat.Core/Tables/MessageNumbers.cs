namespace EdgeChat.Core;

/// <summary>Numbers that few messages have, so they lie apart from the cells that all have: rows of four, named by slots from 1
/// on.</summary>
internal sealed class MessageNumbers
{
    private const int Cells = 4;

    private int[] _rows;
    private int _free; // the first free slot, or 0; a free slot has the next one in its first cell

    /// <summary>Makes room for so many rows more.</summary>
    public void Reserve(int count)
    {
        int free = 0;
        for (int slot = _free; slot > 0 && free < count; slot = this[slot, 0]) free++;
        if (free == count) return;
        int first = _rows == null ? 0 : _rows.Length / Cells;
        int more = (count - free + Limits.MessageNumbersStep - 1) / Limits.MessageNumbersStep * Limits.MessageNumbersStep;
        _rows = Column.Longer(_rows, more * Cells);
        for (int slot = first + more; slot > first; slot--) Free(slot);
    }

    /// <summary>Takes a row of zeros, for which room was made; gives its slot.</summary>
    public int Take()
    {
        Reserve(1);
        int slot = _free;
        _free = this[slot, 0];
        for (int cell = 0; cell < Cells; cell++) this[slot, cell] = 0;
        return slot;
    }

    /// <summary>Gives a row back.</summary>
    public void Free(int slot)
    {
        this[slot, 0] = _free;
        _free = slot;
    }

    /// <summary>One number of a row.</summary>
    public int this[int slot, int cell]
    {
        get { return _rows[(slot - 1) * Cells + cell]; }
        set { _rows[(slot - 1) * Cells + cell] = value; }
    }
}
