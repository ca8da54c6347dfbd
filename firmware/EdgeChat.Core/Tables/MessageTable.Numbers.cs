namespace EdgeChat.Core;

// the numbers that ranges, holes and messages to groups have besides: few have them, so they lie apart from the cells that all have, in
// rows of four that are named by slots from 1 on
public sealed partial class MessageTable
{
    private const int SlotShift = 17;

    // cells of a row: of a range its end; of a hole also when it was noticed, when to ask and how often that was done;
    // of a message of this board to a group, who lacks it and who has not shown it
    private const int EndCell = 0;
    private const int NoticedCell = 1;
    private const int AskDueCell = 2;
    private const int AsksCell = 3;
    private const int LackHaveCell = 0;
    private const int LackShownCell = 1;

    private const int NumberCells = 4;

    private int[] _numbers;
    private int _freeSlot; // the first one, or 0; a free slot has the next one in its first cell

    /// <summary>Of a group's message of this board, the members that lack it, one bit each.</summary>
    public int LackHave(int entry)
    {
        byte kind = Kind(entry);
        return kind >= EntryKind.Lost && EntryKind.IsRange(kind) ? 0 : Number(entry, LackHaveCell);
    }

    /// <summary>Of a group's message of this board, the members that have not shown it, one bit each.</summary>
    public int LackShown(int entry)
    {
        byte kind = Kind(entry);
        return kind >= EntryKind.Lost && EntryKind.IsRange(kind) ? 0 : Number(entry, LackShownCell);
    }

    /// <summary>See <see cref="LackHave"/> and <see cref="LackShown"/>.</summary>
    public void SetLacks(int entry, int have, int shown)
    {
        if ((have | shown) == 0)
        {
            FreeNumbers(entry);
            return;
        }

        SetNumber(entry, LackHaveCell, have);
        SetNumber(entry, LackShownCell, shown);
    }

    /// <summary>Gives a range its end.</summary>
    public void SetEnd(int entry, int end)
    {
        if (end > N(entry) || Kind(entry) == EntryKind.Gap) SetNumber(entry, EndCell, end);
        Shape++;
    }

    /// <summary>Last number of the entry: its own, or of a range its end.</summary>
    public int LastOf(int entry)
    {
        int end = EntryKind.IsRange(Kind(entry)) ? Number(entry, EndCell) : 0;
        return end > N(entry) ? end : N(entry);
    }

    /// <summary>Makes an entry that was just added the hole up to a number.</summary>
    public void SetGap(int gap, int end, int noticed, int askDue, int asks)
    {
        SetNumber(gap, EndCell, end);
        SetNumber(gap, NoticedCell, noticed);
        SetNumber(gap, AskDueCell, askDue);
        SetNumber(gap, AsksCell, asks);
    }

    /// <summary>A hole begins at a later number.</summary>
    public void SetGapStart(int gap, int n)
    {
        _pages[gap / Limits.MessagePage][PlaceOf(gap) + 2] = n;
        Shape++;
    }

    /// <summary>When a hole was noticed, in tenths of a second since boot.</summary>
    public int GapNoticed(int gap) { return Number(gap, NoticedCell); }

    /// <summary>When to ask for a hole, in tenths of a second since boot.</summary>
    public int GapAskDue(int gap) { return Number(gap, AskDueCell); }

    /// <summary>How often it was asked for.</summary>
    public int GapAsks(int gap) { return Number(gap, AsksCell); }

    /// <summary>See <see cref="GapAskDue"/> and <see cref="GapAsks"/>.</summary>
    public void SetGapAsk(int gap, int due, int asks)
    {
        SetNumber(gap, AskDueCell, due);
        SetNumber(gap, AsksCell, asks);
    }

    private int Number(int entry, int cell)
    {
        int slot = Get(entry, 1, SlotShift, LinkMask);
        return slot == 0 ? 0 : _numbers[(slot - 1) * NumberCells + cell];
    }

    private void SetNumber(int entry, int cell, int value)
    {
        int slot = Get(entry, 1, SlotShift, LinkMask);
        if (slot == 0)
        {
            slot = TakeSlot();
            Set(entry, 1, SlotShift, LinkMask, slot);
        }

        _numbers[(slot - 1) * NumberCells + cell] = value;
    }

    // makes room for so many rows more
    private void ReserveNumbers(int count)
    {
        int free = 0;
        for (int slot = _freeSlot; slot > 0 && free < count; slot = _numbers[(slot - 1) * NumberCells]) free++;
        if (free == count) return;
        int first = _numbers == null ? 0 : _numbers.Length / NumberCells;
        int more = (count - free + Limits.MessageNumbersStep - 1) / Limits.MessageNumbersStep * Limits.MessageNumbersStep;
        _numbers = Column.Longer(_numbers, more * NumberCells);
        for (int slot = first + more; slot > first; slot--) FreeSlot(slot);
    }

    // takes a row of zeros, for which room was made
    private int TakeSlot()
    {
        ReserveNumbers(1);
        int slot = _freeSlot;
        int at = (slot - 1) * NumberCells;
        _freeSlot = _numbers[at];
        for (int cell = 0; cell < NumberCells; cell++) _numbers[at + cell] = 0;
        return slot;
    }

    private void FreeSlot(int slot)
    {
        _numbers[(slot - 1) * NumberCells] = _freeSlot;
        _freeSlot = slot;
    }

    private void FreeNumbers(int entry)
    {
        int slot = Get(entry, 1, SlotShift, LinkMask);
        if (slot > 0) FreeSlot(slot);
        Set(entry, 1, SlotShift, LinkMask, 0);
    }
}
