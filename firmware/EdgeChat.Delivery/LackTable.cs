using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Two numbers of those messages that have any: few do, so they lie apart from the columns that all messages have.</summary>
/// <remarks>The numbers of all others are 0. Grows with use, 16 pairs at a time.</remarks>
internal sealed class LackTable
{
    private const int Step = 16;

    private short[] _slots = new short[0]; // of each entry: 1 and up where its numbers are, or 0
    private int[] _have = new int[0];
    private int[] _shown = new int[0]; // of a free slot: the next one
    private int _free; // 1 and up, or 0

    /// <summary>Makes room for more entries.</summary>
    public void Grow(int more) { _slots = Column.Longer(_slots, more); }

    /// <summary>The first number of an entry.</summary>
    public int Have(int entry)
    {
        int slot = _slots[entry];
        return slot == 0 ? 0 : _have[slot - 1];
    }

    /// <summary>The second number of an entry.</summary>
    public int Shown(int entry)
    {
        int slot = _slots[entry];
        return slot == 0 ? 0 : _shown[slot - 1];
    }

    /// <summary>Gives an entry both numbers.</summary>
    public void Set(int entry, int have, int shown)
    {
        int slot = _slots[entry];
        if ((have | shown) == 0)
        {
            if (slot != 0) Free(slot);
            _slots[entry] = 0;
            return;
        }

        if (slot == 0)
        {
            if (_free == 0) AddSlots();
            slot = _free;
            _free = _shown[slot - 1];
            _slots[entry] = (short)slot;
        }

        _have[slot - 1] = have;
        _shown[slot - 1] = shown;
    }

    private void AddSlots()
    {
        int first = _have.Length;
        _have = Column.Longer(_have, Step);
        _shown = Column.Longer(_shown, Step);
        for (int slot = first + Step; slot > first; slot--) Free(slot);
    }

    private void Free(int slot)
    {
        _shown[slot - 1] = _free;
        _free = slot;
    }
}
