using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The conversations in packed arrays; a conversation's handle is its place and stays the same until it is deleted.</summary>
/// <remarks>Grows with use, 8 places at a time. A deleted conversation keeps its place, closed, because its sequence numbers must never be used again.</remarks>
internal sealed class ConversationTable
{
    public const byte IsGroupFlag = 1;
    public const byte IsMutedFlag = 2;
    public const byte IsClosedFlag = 4;
    public const byte MarkIsDueFlag = 8;
    public const byte HasGivenWayFlag = 32; // GivenWayOrder is not in the mark yet
    public const byte WasOpenFlag = 16; // said by the mark, while the flash is read

    private const int Most = Limits.Conversations + Limits.ClosedConversations;
    private const int Step = 8;

    private readonly short[] _sorted = new short[Limits.Conversations];
    private bool _isSorted;

    /// <summary>Number of the id of the device or group, or -1 when the place is free.</summary>
    public short[] Id = new short[0];

    /// <summary>Flags of this class.</summary>
    public byte[] Flags = new byte[0];

    /// <summary>Last message in display order, or -1.</summary>
    public short[] Newest = new short[0];

    /// <summary>First message in display order, or -1.</summary>
    public short[] Oldest = new short[0];

    /// <summary>Entries of the message table, hidden ones included.</summary>
    public short[] Length = new short[0];

    /// <summary>Visible arrivals that were not shown.</summary>
    public short[] Unread = new short[0];

    /// <summary>Place in the order of all that happened: the order number of what came last.</summary>
    public int[] Activity = new int[0];

    /// <summary>Last sequence number of this board's stream.</summary>
    public int[] LastN = new int[0];

    /// <summary>All of this board's stream up to here was confirmed by PUBACK.</summary>
    public int[] Confirmed = new int[0];

    /// <summary>All that came up to this order number was deleted.</summary>
    public int[] ClearedOrder = new int[0];

    /// <summary>What others sent up to this order number has given way: it must not come back with a restart that finds some of it on flash still.</summary>
    public int[] GivenWayOrder = new int[0];

    /// <summary>Last local number given to a message that came without one.</summary>
    public int[] PlainLast = new int[0];

    /// <summary>All messages without number up to this local one were shown.</summary>
    public int[] PlainShown = new int[0];

    /// <summary>Address of the conversation's mark, or 0.</summary>
    public int[] Mark = new int[0];

    /// <summary><see cref="LastN"/> as the mark has it.</summary>
    public int[] MarkedN = new int[0];

    /// <summary><see cref="PlainLast"/> as the mark has it.</summary>
    public int[] MarkedPlain = new int[0];

    /// <summary>Places as yet, free ones included.</summary>
    public int Capacity { get { return Id.Length; } }

    /// <summary>Conversations that are not closed.</summary>
    public int OpenCount { get; private set; }

    /// <summary>The conversation, closed or not, or -1.</summary>
    public int Find(int id, bool isGroup)
    {
        if (id < 0) return -1;
        for (int i = 0; i < Id.Length; i++)
            if (Id[i] == id && Has(i, IsGroupFlag) == isGroup) return i;
        return -1;
    }

    /// <summary>Takes a free place for a conversation, closed as yet; -1 when there is none.</summary>
    public int Add(int id, bool isGroup)
    {
        int place = 0;
        while (place < Id.Length && Id[place] >= 0) place++;
        if (place == Most) return -1;
        if (place == Id.Length) Grow();
        Id[place] = (short)id;
        Flags[place] = (byte)(IsClosedFlag | (isGroup ? IsGroupFlag : 0));
        Newest[place] = -1;
        Oldest[place] = -1;
        return place;
    }

    public bool Has(int conversation, byte flag) { return (Flags[conversation] & flag) != 0; }

    public void Set(int conversation, byte flag, bool value)
    {
        if (value) Flags[conversation] |= flag;
        else Flags[conversation] = (byte)(Flags[conversation] & ~flag);
    }

    public bool IsOpen(int conversation) { return Id[conversation] >= 0 && (Flags[conversation] & IsClosedFlag) == 0; }

    /// <summary>Opens a closed conversation; false when as many are open as may be.</summary>
    public bool Open(int conversation)
    {
        if (IsOpen(conversation)) return true;
        if (OpenCount == Limits.Conversations) return false;
        Set(conversation, IsClosedFlag, false);
        OpenCount++;
        _isSorted = false;
        return true;
    }

    /// <summary>Closes a conversation; false when as many are closed as may be.</summary>
    public bool Close(int conversation)
    {
        if (!IsOpen(conversation)) return true;
        int closed = 0;
        for (int i = 0; i < Id.Length; i++)
            if (Id[i] >= 0 && !IsOpen(i)) closed++;
        if (closed == Limits.ClosedConversations) return false;
        Set(conversation, IsClosedFlag, true);
        OpenCount--;
        _isSorted = false;
        return true;
    }

    /// <summary>Something happened in it.</summary>
    public void Touch(int conversation, int order)
    {
        if (order > Activity[conversation]) Activity[conversation] = order;
        _isSorted = false;
    }

    /// <summary>The open conversation at a place of the list, the one where something happened last first; -1 when the place is beyond.</summary>
    public int AtPlace(int place)
    {
        if (place < 0 || place >= OpenCount) return -1;
        if (!_isSorted) Sort();
        return _sorted[place];
    }

    private void Sort()
    {
        int count = 0;
        for (int i = 0; i < Id.Length; i++)
        {
            if (!IsOpen(i)) continue;
            int at = count++;
            while (at > 0 && Activity[_sorted[at - 1]] < Activity[i])
            {
                _sorted[at] = _sorted[at - 1];
                at--;
            }

            _sorted[at] = (short)i;
        }

        _isSorted = true;
    }

    private void Grow()
    {
        int first = Id.Length;
        Id = Column.Longer(Id, Step);
        Flags = Column.Longer(Flags, Step);
        Newest = Column.Longer(Newest, Step);
        Oldest = Column.Longer(Oldest, Step);
        Length = Column.Longer(Length, Step);
        Unread = Column.Longer(Unread, Step);
        Activity = Column.Longer(Activity, Step);
        LastN = Column.Longer(LastN, Step);
        Confirmed = Column.Longer(Confirmed, Step);
        ClearedOrder = Column.Longer(ClearedOrder, Step);
        GivenWayOrder = Column.Longer(GivenWayOrder, Step);
        PlainLast = Column.Longer(PlainLast, Step);
        PlainShown = Column.Longer(PlainShown, Step);
        Mark = Column.Longer(Mark, Step);
        MarkedN = Column.Longer(MarkedN, Step);
        MarkedPlain = Column.Longer(MarkedPlain, Step);
        for (int i = first; i < Id.Length; i++) Id[i] = -1;
    }
}
