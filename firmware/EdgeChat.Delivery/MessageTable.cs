using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What stands in the conversations, in packed arrays: 26 bytes an entry, doubly linked in display order.</summary>
/// <remarks>Grows with use, 32 entries at a time. Entries of one stream (<see cref="IsSameStream"/>) stand in the order of their numbers; streams among themselves as they came.</remarks>
internal sealed class MessageTable
{
    public const byte IsMineFlag = 1;
    public const byte IsPlainFlag = 2; // came without number; N is a local one
    public const byte IsOldLifeFlag = 4; // of an earlier incarnation of its sender
    public const byte IsHeldFlag = 8; // waits for a hole before it
    public const byte HasReplyFlag = 16;
    public const byte HasReactionsFlag = 32;
    public const byte WasTriedFlag = 64; // was handed to the session in this boot
    public const byte IsUnseenFlag = 128; // came late, below what was shown

    private const int Step = 32;

    private readonly ConversationTable _conversations;
    private readonly LackTable _lacks = new LackTable();
    private short _free = -1;

    /// <summary>Conversation of the entry, or 255 when it is free.</summary>
    public byte[] Conversation = new byte[0];

    /// <summary>Entry after this one in display order, or -1.</summary>
    public short[] Next = new short[0];

    /// <summary>Entry before this one in display order, or -1.</summary>
    public short[] Previous = new short[0];

    /// <summary>Number of the id of who sent it, or -1 when this board did.</summary>
    public short[] Peer = new short[0];

    /// <summary>One of <see cref="EntryKind"/>.</summary>
    public byte[] Kind = new byte[0];

    /// <summary>Flags of this class.</summary>
    public byte[] Flags = new byte[0];

    /// <summary>A <see cref="EdgeChat.Delivery.Tick"/>.</summary>
    public byte[] Tick = new byte[0];

    /// <summary>Sequence number, or the first of a range.</summary>
    public int[] N = new int[0];

    /// <summary>Unix seconds, or 0; of a gap, when it was noticed, in tenths of a second since boot.</summary>
    public int[] Time = new int[0];

    /// <summary>Where its record is, or 0 for a gap.</summary>
    public int[] Address = new int[0];

    /// <summary>Length of its record.</summary>
    public short[] Size = new short[0];

    public MessageTable(ConversationTable conversations)
    {
        _conversations = conversations;
    }

    /// <summary>Entries as yet, free ones included.</summary>
    public int Capacity { get { return Conversation.Length; } }

    /// <summary>Entries in use.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of flash that the records of all entries take.</summary>
    public int Bytes { get; private set; }

    public bool IsFull { get { return Count == Limits.Messages; } }

    /// <summary>Takes an entry and puts it before another of the same conversation, or at the end when <paramref name="before"/> is -1.</summary>
    public int Add(int conversation, int before, byte kind, byte flags, int peer, int n)
    {
        if (_free < 0) Grow();
        int entry = _free;
        _free = Next[entry];
        Conversation[entry] = (byte)conversation;
        Kind[entry] = kind;
        Flags[entry] = flags;
        Peer[entry] = (short)peer;
        N[entry] = n;
        Tick[entry] = 0;
        Time[entry] = 0;
        Address[entry] = 0;
        Size[entry] = 0;
        int after = before >= 0 ? Previous[before] : _conversations.Newest[conversation];
        Next[entry] = (short)before;
        Previous[entry] = (short)after;
        if (after >= 0) Next[after] = (short)entry;
        else _conversations.Oldest[conversation] = (short)entry;
        if (before >= 0) Previous[before] = (short)entry;
        else _conversations.Newest[conversation] = (short)entry;
        _conversations.Length[conversation]++;
        Count++;
        return entry;
    }

    /// <summary>Forgets an entry; its record, if it has one, is dead from now on.</summary>
    public void Remove(int entry)
    {
        int conversation = Conversation[entry];
        int after = Previous[entry];
        int before = Next[entry];
        if (after >= 0) Next[after] = (short)before;
        else _conversations.Oldest[conversation] = (short)before;
        if (before >= 0) Previous[before] = (short)after;
        else _conversations.Newest[conversation] = (short)after;
        _conversations.Length[conversation]--;
        Bytes -= Size[entry];
        _lacks.Set(entry, 0, 0);
        Conversation[entry] = 255;
        Next[entry] = _free;
        _free = (short)entry;
        Count--;
    }

    /// <summary>Says where the record of an entry is.</summary>
    public void SetRecord(int entry, int address, int size)
    {
        Bytes += size - Size[entry];
        Address[entry] = address;
        Size[entry] = (short)size;
    }

    /// <summary>Last of a range; of a group's message of this board, the members that lack it, one bit each.</summary>
    public int LackHave(int entry) { return _lacks.Have(entry); }

    /// <summary>Of a group's message of this board, the members that have not shown it; of a gap, when to ask.</summary>
    public int LackShown(int entry) { return _lacks.Shown(entry); }

    /// <summary>See <see cref="LackHave"/>.</summary>
    public void SetLackHave(int entry, int value) { _lacks.Set(entry, value, _lacks.Shown(entry)); }

    /// <summary>See <see cref="LackShown"/>.</summary>
    public void SetLackShown(int entry, int value) { _lacks.Set(entry, _lacks.Have(entry), value); }

    public bool Has(int entry, byte flag) { return (Flags[entry] & flag) != 0; }

    public void Set(int entry, byte flag, bool value)
    {
        if (value) Flags[entry] |= flag;
        else Flags[entry] = (byte)(Flags[entry] & ~flag);
    }

    /// <summary>Last number of the entry: its own, or of a range its end.</summary>
    public int LastOf(int entry) { return EntryKind.IsRange(Kind[entry]) && LackHave(entry) > N[entry] ? LackHave(entry) : N[entry]; }

    /// <summary>Whether the entry belongs to the numbered stream of a peer (-1: of this board) in the peer's current incarnation.</summary>
    public bool IsSameStream(int entry, int peer)
    {
        return Peer[entry] == peer && (Flags[entry] & (IsPlainFlag | IsOldLifeFlag)) == 0 && N[entry] > 0;
    }

    /// <summary>The entry before which number <paramref name="n"/> of a stream belongs, or -1 for the end.</summary>
    public int PlaceFor(int conversation, int peer, int n)
    {
        int place = -1;
        for (int i = _conversations.Newest[conversation]; i >= 0; i = Previous[i])
        {
            if (!IsSameStream(i, peer)) continue;
            if (N[i] < n) break;
            place = i;
        }

        return place;
    }

    /// <summary>The entry that has number <paramref name="n"/> of a stream, alone or in its range, or -1.</summary>
    public int Find(int conversation, int peer, int n)
    {
        for (int i = _conversations.Newest[conversation]; i >= 0; i = Previous[i])
            if (IsSameStream(i, peer) && N[i] <= n && LastOf(i) >= n) return i;
        return -1;
    }

    /// <summary>Whether it can stand on a screen now.</summary>
    public bool IsVisible(int entry)
    {
        return EntryKind.IsVisible(Kind[entry]) && (Flags[entry] & IsHeldFlag) == 0;
    }

    private void Grow()
    {
        int first = Conversation.Length;
        Conversation = Column.Longer(Conversation, Step);
        Next = Column.Longer(Next, Step);
        Previous = Column.Longer(Previous, Step);
        Peer = Column.Longer(Peer, Step);
        Kind = Column.Longer(Kind, Step);
        Flags = Column.Longer(Flags, Step);
        Tick = Column.Longer(Tick, Step);
        N = Column.Longer(N, Step);
        Time = Column.Longer(Time, Step);
        Address = Column.Longer(Address, Step);
        Size = Column.Longer(Size, Step);
        _lacks.Grow(Step);
        for (int i = first; i < Conversation.Length; i++)
        {
            Conversation[i] = 255;
            Next[i] = (short)(i + 1);
        }

        Next[Conversation.Length - 1] = -1;
        _free = (short)first;
    }
}
