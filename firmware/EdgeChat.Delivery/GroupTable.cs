using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The groups and their members, a row of numbers each, made with the group; each member has a slot of its group: one bit of an
/// int.</summary>
/// <remarks>A slot that was given up may be given to another member. What was sent before that one joined is none of its business, so each
/// slot knows since when it is taken. A row grows with its members.</remarks>
internal sealed class GroupTable
{
    private const int IsMemberFlag = 1;
    private const int PublishIsDueFlag = 2;
    private const int RepeatIsDueFlag = 4;
    private const int IsAwaitedFlag = 8;
    private const int IsOddFlag = 16;
    private const int HoldsKeyFlag = 32;
    private const int InviterShift = 16; // above the flags, number of an id plus 1, or 0

    private const int ConversationCell = 0;
    private const int FlagsCell = 1;
    private const int VersionCell = 2;
    private const int ByCell = 3;
    private const int AdminsCell = 4;
    private const int MarkCell = 5;
    private const int AskCell = 6;
    private const int MakerCell = 7; // number of an id plus 1, or 0
    private const int ToldCell = 8;
    private const int FirstSlot = 9; // two cells a slot: number of the member's id plus 1, or 0; order number since when
    private const int SlotCells = 2;

    private int[][] _rows; // null where a place is free
    private string[] _names;

    /// <summary>Places as yet, free ones included.</summary>
    public int Capacity { get { return _rows == null ? 0 : _rows.Length; } }

    /// <summary>Whether a place has a group.</summary>
    public bool IsUsed(int group) { return _rows[group] != null; }

    /// <summary>The group of a conversation, or -1.</summary>
    public int Find(int conversation)
    {
        for (int i = 0; i < Capacity; i++)
            if (IsUsed(i) && ConversationOf(i) == conversation) return i;
        return -1;
    }

    /// <summary>Takes a place for the group of a conversation; -1 when all are taken.</summary>
    public int Add(int conversation)
    {
        int group = 0;
        while (group < Capacity && IsUsed(group)) group++;
        if (group == Limits.Groups) return -1;
        var row = new int[FirstSlot + Limits.GroupMemberStep * SlotCells];
        row[ConversationCell] = conversation;
        row[ByCell] = -1;
        if (group < Capacity)
        {
            _names[group] = null;
            _rows[group] = row;
            return group;
        }

        _names = Column.Longer(_names, group + 1 - (_names == null ? 0 : _names.Length));
        _rows = Column.WithPage(_rows, row);
        return group;
    }

    /// <summary>Gives a place back.</summary>
    public void Free(int group) { _rows[group] = null; }

    /// <summary>The conversation of a group.</summary>
    public int ConversationOf(int group) { return _rows[group][ConversationCell]; }

    /// <summary>The name for people, or null.</summary>
    public string Name(int group) { return _names[group]; }

    /// <summary>See <see cref="Name"/>.</summary>
    public void SetName(int group, string name) { _names[group] = name; }

    /// <summary>Edit counter of the roster, 0 while there is an invitation only.</summary>
    public int Version(int group) { return _rows[group][VersionCell]; }

    /// <summary>Number of the id of who made the last edit, or -1.</summary>
    public int By(int group) { return _rows[group][ByCell]; }

    /// <summary>See <see cref="Version"/> and <see cref="By"/>.</summary>
    public void SetEdit(int group, int version, int by)
    {
        _rows[group][VersionCell] = version;
        _rows[group][ByCell] = by;
    }

    /// <summary>Bits of the admins.</summary>
    public int Admins(int group) { return _rows[group][AdminsCell]; }

    /// <summary>See <see cref="Admins"/>.</summary>
    public void SetAdmins(int group, int bits) { _rows[group][AdminsCell] = bits; }

    /// <summary>Address of the roster on flash, or 0.</summary>
    public int Mark(int group) { return _rows[group][MarkCell]; }

    /// <summary>See <see cref="Mark"/>.</summary>
    public void SetMark(int group, int address) { _rows[group][MarkCell] = address; }

    /// <summary>The group whose roster is at an address, or -1.</summary>
    public int FindMark(int address)
    {
        for (int i = 0; i < Capacity; i++)
            if (IsUsed(i) && Mark(i) == address) return i;
        return -1;
    }

    /// <summary>Number of the id of the member in a slot, or -1.</summary>
    public int MemberAt(int group, int slot)
    {
        int at = FirstSlot + slot * SlotCells;
        return at < _rows[group].Length ? _rows[group][at] - 1 : -1;
    }

    /// <summary>Order number of what had happened when the member in a slot joined.</summary>
    public int SinceAt(int group, int slot) { return _rows[group][FirstSlot + slot * SlotCells + 1]; }

    /// <summary>Makes room for so many members.</summary>
    public void Reserve(int group, int members)
    {
        while (FirstSlot + members * SlotCells > _rows[group].Length)
            _rows[group] = Column.Longer(_rows[group], Limits.GroupMemberStep * SlotCells);
    }

    /// <summary>Gives a slot to a member, or to none (-1).</summary>
    public void SetMember(int group, int slot, int peer, int since)
    {
        Reserve(group, slot + 1);
        int at = FirstSlot + slot * SlotCells;
        _rows[group][at] = peer + 1;
        _rows[group][at + 1] = since;
    }

    /// <summary>The slot of a member, or of none (-1); -1 when there is no such slot.</summary>
    public int SlotOf(int group, int peer)
    {
        int[] row = _rows[group];
        int slots = (row.Length - FirstSlot) / SlotCells;
        for (int slot = 0; slot < slots; slot++)
            if (row[FirstSlot + slot * SlotCells] == peer + 1) return slot;
        return peer < 0 && slots < Limits.GroupMembers ? slots : -1;
    }

    /// <summary>The slot of the member at a place, 0 for the first; -1 beyond the last one.</summary>
    public int SlotAt(int group, int place)
    {
        int[] row = _rows[group];
        for (int at = FirstSlot; at < row.Length; at += SlotCells)
            if (row[at] > 0 && place-- == 0) return (at - FirstSlot) / SlotCells;
        return -1;
    }

    /// <summary>How many members a group has.</summary>
    public int CountOf(int group)
    {
        int[] row = _rows[group];
        int count = 0;
        for (int at = FirstSlot; at < row.Length; at += SlotCells)
            if (row[at] > 0) count++;
        return count;
    }

    /// <summary>How many slots there are, free ones included.</summary>
    public int SlotCount(int group) { return (_rows[group].Length - FirstSlot) / SlotCells; }

    /// <summary>The bit of a member, or 0 when it is none; 0 for the group -1.</summary>
    public int BitOf(int group, int peer)
    {
        int slot = group < 0 || peer < 0 ? -1 : SlotOf(group, peer);
        return slot < 0 ? 0 : 1 << slot;
    }

    /// <summary>The bits of those members who were there when order number <paramref name="order"/> happened; 0 for the group
    /// -1.</summary>
    public int BitsAt(int group, int order)
    {
        int bits = 0;
        if (group < 0) return 0;
        int[] row = _rows[group];
        int bit = 1;
        for (int at = FirstSlot; at < row.Length; at += SlotCells)
        {
            if (row[at] > 0 && row[at + 1] < order) bits |= bit;
            bit <<= 1;
        }

        return bits;
    }

    /// <summary>Whether this board is a member; false for -1.</summary>
    public bool IsMember(int group) { return group >= 0 && Has(group, IsMemberFlag); }

    /// <summary>Says whether this board is a member.</summary>
    public void SetIsMember(int group, bool value) { Set(group, IsMemberFlag, value); }

    /// <summary>Number of the id of who has invited while this board's person is to answer, or -1; -1 for the group -1.</summary>
    public int Inviter(int group) { return group < 0 ? -1 : (_rows[group][FlagsCell] >> InviterShift) - 1; }

    /// <summary>See <see cref="Inviter"/>.</summary>
    public void SetInviter(int group, int peer)
    {
        _rows[group][FlagsCell] = (_rows[group][FlagsCell] & (1 << InviterShift) - 1) | peer + 1 << InviterShift;
    }

    /// <summary>Whether the roster, which changed, waits to be published.</summary>
    public bool IsPublishDue(int group) { return Has(group, PublishIsDueFlag); }

    /// <summary>See <see cref="IsPublishDue"/>.</summary>
    public void SetPublishDue(int group, bool value) { Set(group, PublishIsDueFlag, value); }

    /// <summary>Whether the roster waits to be published once more, unchanged.</summary>
    public bool IsRepeatDue(int group) { return Has(group, RepeatIsDueFlag); }

    /// <summary>See <see cref="IsRepeatDue"/>.</summary>
    public void SetRepeatDue(int group, bool value) { Set(group, RepeatIsDueFlag, value); }

    /// <summary>Whether the roster was subscribed to, and nothing has come.</summary>
    public bool IsAwaited(int group) { return Has(group, IsAwaitedFlag); }

    /// <summary>See <see cref="IsAwaited"/>; nobody is asked for it as yet, or any more.</summary>
    public void SetAwaited(int group, bool value)
    {
        Set(group, IsAwaitedFlag, value);
        SetAsks(group, 0);
    }

    /// <summary>Bits of the slots of those who are to be asked for the roster; of an invitation 1 stands for who invited.</summary>
    public int Asks(int group) { return _rows[group][AskCell]; }

    /// <summary>See <see cref="Asks"/>.</summary>
    public void SetAsks(int group, int bits) { _rows[group][AskCell] = bits; }

    /// <summary>Number of the id of who made the key that seals the group, or -1 when it is open.</summary>
    public int Maker(int group) { return _rows[group][MakerCell] - 1; }

    /// <summary>See <see cref="Maker"/> and <see cref="IsOdd"/>.</summary>
    public void SetSeal(int group, int maker, bool isOdd)
    {
        _rows[group][MakerCell] = maker + 1;
        _rows[group][ToldCell] = 0;
        Set(group, IsOddFlag, isOdd);
    }

    /// <summary>In which of two sets of files the key is.</summary>
    public bool IsOdd(int group) { return Has(group, IsOddFlag); }

    /// <summary>Whether this board has made the key, and keeps it for members who may not have it.</summary>
    public bool HoldsKey(int group) { return Has(group, HoldsKeyFlag); }

    /// <summary>See <see cref="HoldsKey"/>.</summary>
    public void SetHoldsKey(int group, bool value) { Set(group, HoldsKeyFlag, value); }

    /// <summary>Bits of the slots whose members get the key that this board has made: a message for them is in the outbox.</summary>
    public int Told(int group) { return _rows[group][ToldCell]; }

    /// <summary>See <see cref="Told"/>.</summary>
    public void SetTold(int group, int bits) { _rows[group][ToldCell] = bits; }

    private bool Has(int group, int flag) { return (_rows[group][FlagsCell] & flag) != 0; }

    private void Set(int group, int flag, bool value)
    {
        if (value) _rows[group][FlagsCell] |= flag;
        else _rows[group][FlagsCell] &= ~flag;
    }
}
