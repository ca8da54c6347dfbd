namespace EdgeChat.Core;

// the numbers that ranges, holes and messages to groups have besides
public sealed partial class MessageTable
{
    private const int SlotShift = 17;

    // cells of MessageNumbers: of a range its end; of a hole also when it was noticed, when to ask and how often that was done;
    // of a message of this board to a group, who lacks it and who has not shown it
    private const int EndCell = 0;
    private const int NoticedCell = 1;
    private const int AskDueCell = 2;
    private const int AsksCell = 3;
    private const int LackHaveCell = 0;
    private const int LackShownCell = 1;

    private MessageNumbers _numbers; // made with the first one

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

    private MessageNumbers Numbers
    {
        get
        {
            if (_numbers == null) _numbers = new MessageNumbers();
            return _numbers;
        }
    }

    private int Number(int entry, int cell)
    {
        int slot = Get(entry, 1, SlotShift, LinkMask);
        return slot == 0 ? 0 : _numbers[slot, cell];
    }

    private void SetNumber(int entry, int cell, int value)
    {
        int slot = Get(entry, 1, SlotShift, LinkMask);
        if (slot == 0)
        {
            slot = Numbers.Take();
            Set(entry, 1, SlotShift, LinkMask, slot);
        }

        _numbers[slot, cell] = value;
    }

    private void FreeNumbers(int entry)
    {
        int slot = Get(entry, 1, SlotShift, LinkMask);
        if (slot > 0) _numbers.Free(slot);
        Set(entry, 1, SlotShift, LinkMask, 0);
    }
}
