using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The groups and their members in packed arrays, made with each group; each member has a slot of its group: one bit of an int.</summary>
/// <remarks>A slot that was given up may be given to another member. What was sent before that one joined is none of its business, so each
/// slot knows since when it is taken.</remarks>
internal sealed class GroupTable
{
    private const byte IsMemberFlag = 1;
    private const byte PublishIsDueFlag = 2;

    private readonly byte[] _conversations = new byte[Limits.Groups];
    private readonly byte[] _flags = new byte[Limits.Groups];
    private readonly short[][] _members = new short[Limits.Groups][]; // of a place that is taken: numbers of the ids, or -1
    private readonly int[][] _since = new int[Limits.Groups][]; // order numbers

    /// <summary>Edit counter of the roster, 0 while there is an invitation only.</summary>
    public readonly int[] Version = new int[Limits.Groups];

    /// <summary>Number of the id of who made the last edit, or -1.</summary>
    public readonly short[] By = new short[Limits.Groups];

    /// <summary>The name for people, or null.</summary>
    public readonly string[] Name = Column.Strings(Limits.Groups);

    /// <summary>Bits of the admins.</summary>
    public readonly int[] Admins = new int[Limits.Groups];

    /// <summary>Address of the roster on flash, or 0.</summary>
    public readonly int[] Mark = new int[Limits.Groups];

    public GroupTable()
    {
        for (int i = 0; i < Limits.Groups; i++) Free(i);
    }

    /// <summary>The group of a conversation, or -1.</summary>
    public int Find(int conversation)
    {
        for (int i = 0; i < Limits.Groups; i++)
            if (_conversations[i] == conversation) return i;
        return -1;
    }

    /// <summary>Takes a place for the group of a conversation; -1 when all are taken.</summary>
    public int Add(int conversation)
    {
        int group = Find(255);
        if (group < 0) return -1;
        _conversations[group] = (byte)conversation;
        _members[group] = new short[Limits.GroupMembers];
        _since[group] = new int[Limits.GroupMembers];
        for (int slot = 0; slot < Limits.GroupMembers; slot++) SetMember(group, slot, -1, 0);
        return group;
    }

    /// <summary>Gives a place back.</summary>
    public void Free(int group)
    {
        _conversations[group] = 255;
        _flags[group] = 0;
        Version[group] = 0;
        By[group] = -1;
        Name[group] = null;
        Admins[group] = 0;
        Mark[group] = 0;
        _members[group] = null;
        _since[group] = null;
    }

    /// <summary>Gives up an invitation whose roster never listed this board; false when there is none.</summary>
    public bool FreeInvitation()
    {
        for (int i = 0; i < Limits.Groups; i++)
        {
            if (_conversations[i] == 255 || Version[i] > 0) continue;
            Free(i);
            return true;
        }

        return false;
    }

    /// <summary>The conversation of a group, or 255 when the place is free.</summary>
    public int ConversationOf(int group) { return _conversations[group]; }

    /// <summary>Number of the id of the member in a slot, or -1.</summary>
    public int MemberAt(int group, int slot) { return _members[group][slot]; }

    /// <summary>Order number of what had happened when the member in a slot joined.</summary>
    public int SinceAt(int group, int slot) { return _since[group][slot]; }

    /// <summary>Gives a slot to a member, or to none (-1).</summary>
    public void SetMember(int group, int slot, int peer, int since)
    {
        _members[group][slot] = (short)peer;
        _since[group][slot] = since;
    }

    /// <summary>The slot of a member, or of none (-1); -1 when there is no such slot.</summary>
    public int SlotOf(int group, int peer)
    {
        short[] members = _members[group];
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
            if (members[slot] == peer) return slot;
        return -1;
    }

    /// <summary>How many members a group has.</summary>
    public int CountOf(int group)
    {
        int count = 0;
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
            if (MemberAt(group, slot) >= 0) count++;
        return count;
    }

    /// <summary>The bit of a member of a conversation's group, or 0 when it is none.</summary>
    public int BitOf(int conversation, int peer)
    {
        int group = Find(conversation);
        int slot = group < 0 || peer < 0 ? -1 : SlotOf(group, peer);
        return slot < 0 ? 0 : 1 << slot;
    }

    /// <summary>The bits of those members who were there when order number <paramref name="order"/> happened.</summary>
    public int BitsAt(int conversation, int order)
    {
        int group = Find(conversation);
        int bits = 0;
        if (group < 0) return 0;
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
            if (MemberAt(group, slot) >= 0 && SinceAt(group, slot) < order) bits |= 1 << slot;
        return bits;
    }

    /// <summary>Whether this board is a member of a conversation's group.</summary>
    public bool IsMember(int conversation)
    {
        int group = Find(conversation);
        return group >= 0 && Has(group, IsMemberFlag);
    }

    /// <summary>Says whether this board is a member.</summary>
    public void SetIsMember(int group, bool value) { Set(group, IsMemberFlag, value); }

    /// <summary>Whether the roster waits to be published.</summary>
    public bool IsPublishDue(int group) { return Has(group, PublishIsDueFlag); }

    /// <summary>Says whether the roster waits to be published.</summary>
    public void SetPublishDue(int group, bool value) { Set(group, PublishIsDueFlag, value); }

    /// <summary>The group whose roster is at an address, or -1.</summary>
    public int FindMark(int address)
    {
        for (int i = 0; i < Limits.Groups; i++)
            if (Mark[i] == address) return i;
        return -1;
    }

    private bool Has(int group, byte flag) { return (_flags[group] & flag) != 0; }

    private void Set(int group, byte flag, bool value)
    {
        if (value) _flags[group] |= flag;
        else _flags[group] = (byte)(_flags[group] & ~flag);
    }
}
