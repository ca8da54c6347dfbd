namespace EdgeChat.Core;

/// <summary>What stands in the conversations: a row of 20 bytes an entry, doubly linked in display order.</summary>
/// <remarks>
/// <para>Grows with use, a page at a time. Entries of one stream (<see cref="IsSameStream"/>) stand in the order of their numbers; streams
/// among themselves as they came.</para>
/// <code>
/// cell 0   bits 0-8 next entry, 9-17 previous, 18-24 conversation, 25-28 kind, 29-31 tick
/// cell 1   bits 0-8 peer, 9-16 flags, 17-25 slot of its numbers, 26-30 more flags
/// cell 2   sequence number, or the first of a range
/// cell 3   bits 0-23 address of the record, 24-31 its size
/// cell 4   time
/// </code>
/// </remarks>
public sealed partial class MessageTable
{
    /// <summary>Flag: came without number; N is a local one.</summary>
    public const int IsPlainFlag = 1;

    /// <summary>Flag: of an earlier life of its sender.</summary>
    public const int IsOldLifeFlag = 2;

    /// <summary>Flag: waits for a hole before it.</summary>
    public const int IsHeldFlag = 4;

    /// <summary>Flag: answers a message.</summary>
    public const int HasReplyFlag = 8;

    /// <summary>Flag: somebody has reacted to it.</summary>
    public const int HasReactionsFlag = 16;

    /// <summary>Flag: was handed to the session in this boot.</summary>
    public const int WasTriedFlag = 32;

    /// <summary>Flag: came late, below what was shown.</summary>
    public const int IsUnseenFlag = 64;

    /// <summary>Flag: failed, because the broker ended the connection on it.</summary>
    public const int IsDeniedFlag = 128;

    /// <summary>Flag of a hole: what stood beside it has given way.</summary>
    public const int IsPassedFlag = IsDeniedFlag;

    /// <summary>Flag of this board's own: deleted while somebody lacks it.</summary>
    public const int IsHiddenFlag = 1 << 17;

    /// <summary>Flag: forwarded from another conversation.</summary>
    public const int IsForwardedFlag = 1 << 18;

    /// <summary>Flag: its sender has given it another text since.</summary>
    public const int IsEditedFlag = 1 << 19;

    /// <summary>Flag: a person has starred it on this board.</summary>
    public const int IsStarredFlag = 1 << 20;

    /// <summary>Flag of this board's own: waited for the broker when this board started; an earlier boot may have handed it out.</summary>
    public const int WasKeptFlag = 1 << 21;

    private const int RareFlags = IsOldLifeFlag | IsUnseenFlag; // mostly nobody has one

    private const int Cells = 5;
    private const int LinkMask = 0x1FF; // all bits: no entry
    private const int PreviousShift = 9;
    private const int ConversationShift = 18;
    private const int ConversationMask = 0x7F; // all bits: a free row
    private const int KindShift = 25;
    private const int TickShift = 29;
    private const int FlagsShift = 9;
    private const int SizeShift = 24;
    private const int SizeUnit = 8;

    private readonly ConversationTable _conversations;
    private int[][] _pages;
    private int _count;
    private int _bytes;
    private int _free = LinkMask;
    private int _rare; // entries with one of RareFlags

    /// <summary>An empty table of the messages of these conversations.</summary>
    public MessageTable(ConversationTable conversations)
    {
        _conversations = conversations;
    }

    /// <summary>Entries as yet, free ones included.</summary>
    public int Capacity { get { return _pages == null ? 0 : _pages.Length * Limits.MessagePage; } }

    /// <summary>Entries in use.</summary>
    public int Count { get { return _count; } }

    /// <summary>Holes among them.</summary>
    public int GapCount { get; private set; }

    /// <summary>Bytes of flash that the records of all entries take.</summary>
    public int Bytes { get { return _bytes; } }

    /// <summary>Changes when what stands on a screen may have to be drawn anew: not for ticks, nor for what is added at the end of a
    /// conversation or taken from the beginning of a long one.</summary>
    public int Shape { get; set; }

    /// <summary>Whether it has as many entries as may be.</summary>
    public bool IsFull { get { return _count == Limits.Messages; } }

    /// <summary>Makes room for entries that are about to be added, and for numbers of <paramref name="numbered"/> of them, as far as the
    /// limit allows.</summary>
    public void Reserve(int entries, int numbered)
    {
        ReserveNumbers(numbered);
        int end = Count + entries < Limits.Messages ? Count + entries : Limits.Messages;
        while (Capacity < end) AddPage();
    }

    /// <summary>Takes an entry and puts it before another of the same conversation, or at the end when <paramref name="before"/> is
    /// -1.</summary>
    /// <param name="conversation">Its conversation.</param>
    /// <param name="before">The entry that comes after it, or -1.</param>
    /// <param name="kind">One of <see cref="EntryKind"/>.</param>
    /// <param name="flags">The flags that it has.</param>
    /// <param name="peer">Number of the id of who sent it, or -1 when this board did.</param>
    /// <param name="n">Sequence number, or the first of a range.</param>
    /// <param name="address">Where its record is, or 0.</param>
    /// <param name="size">Length of its record.</param>
    /// <param name="time">See <see cref="Time"/>.</param>
    public int Add(int conversation, int before, byte kind, int flags, int peer, int n, int address, int size, int time)
    {
        if (_free == LinkMask) Reserve(1, 0);
        int entry = _free;
        int[] row = _pages[entry / Limits.MessagePage];
        int at = entry % Limits.MessagePage * Cells;
        _free = row[at] & LinkMask;
        int after = before < 0 ? _conversations.Append(conversation, entry) : Insert(conversation, before, entry);
        int units = (size + SizeUnit - 1) / SizeUnit;
        row[at] = (before & LinkMask) | after << PreviousShift | conversation << ConversationShift | kind << KindShift;
        row[at + 1] = (peer & LinkMask) | flags << FlagsShift;
        row[at + 2] = n;
        row[at + 3] = address | units << SizeShift;
        row[at + 4] = time;
        _bytes += units * SizeUnit;
        if (after != LinkMask)
        {
            row = _pages[after / Limits.MessagePage];
            at = after % Limits.MessagePage * Cells;
            row[at] = (row[at] & ~LinkMask) | entry;
        }

        _count++;
        if (kind == EntryKind.Gap) GapCount++;
        if ((flags & RareFlags) != 0) _rare++;
        if (before >= 0 || kind == EntryKind.Reaction) Shape++;
        return entry;
    }

    // gives what is before it then
    private int Insert(int conversation, int before, int entry)
    {
        int after = Get(before, 0, PreviousShift, LinkMask);
        Set(before, 0, PreviousShift, LinkMask, entry);
        if (after == LinkMask) _conversations.SetOldest(conversation, entry);
        _conversations.AddLength(conversation, 1);
        return after;
    }

    /// <summary>Forgets an entry; its record, if it has one, is dead from now on.</summary>
    public void Remove(int entry)
    {
        int conversation = Conversation(entry);
        if (Previous(entry) >= 0 || _conversations.Length(conversation) <= Limits.MessagesOfConversation / 2) Shape++;
        Link(Previous(entry), Next(entry), conversation);
        _conversations.AddLength(conversation, -1);
        _bytes -= Size(entry);
        _count--;
        if (Kind(entry) == EntryKind.Gap) GapCount--;
        if (Has(entry, RareFlags)) _rare--;
        if (IsUnsettled(Tick(entry))) _unsettled--;
        FreeNumbers(entry);
        Set(entry, 0, ConversationShift, ConversationMask, ConversationMask);
        Set(entry, 0, 0, LinkMask, _free);
        _free = entry;
    }

    /// <summary>Whether the row has an entry.</summary>
    public bool IsUsed(int entry) { return Conversation(entry) != ConversationMask; }

    /// <summary>Its conversation.</summary>
    public int Conversation(int entry)
    {
        return _pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells] >> ConversationShift & ConversationMask;
    }

    /// <summary>The entry after this one in display order, or -1.</summary>
    public int Next(int entry)
    {
        int next = _pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells] & LinkMask;
        return next == LinkMask ? -1 : next;
    }

    /// <summary>The entry before this one in display order, or -1.</summary>
    public int Previous(int entry)
    {
        int previous = _pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells] >> PreviousShift & LinkMask;
        return previous == LinkMask ? -1 : previous;
    }

    /// <summary>One of <see cref="EntryKind"/>.</summary>
    public byte Kind(int entry)
    {
        return (byte)(_pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells] >> KindShift & 15);
    }

    /// <summary>Whether it is a hole.</summary>
    public bool IsGap(int entry)
    {
        return (_pages[entry / Limits.MessagePage][PlaceOf(entry)] >> KindShift & 15) == EntryKind.Gap && IsUsed(entry);
    }

    /// <summary>Makes a message into something else: taken back, deleted.</summary>
    public void SetKind(int entry, byte kind)
    {
        Set(entry, 0, KindShift, 15, kind);
        if (entry < _firstWaiting) _firstWaiting = entry;
        Shape++;
    }

    /// <summary>How far a message of this board has come.</summary>
    public Tick Tick(int entry)
    {
        return (Tick)(_pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells] >> TickShift & 7);
    }

    /// <summary>See <see cref="Tick"/>.</summary>
    public void SetTick(int entry, Tick tick)
    {
        int[] rows = _pages[entry / Limits.MessagePage];
        int at = entry % Limits.MessagePage * Cells;
        int head = rows[at];
        if (IsUnsettled((Tick)(head >> TickShift & 7))) _unsettled--;
        rows[at] = (head & ~(7 << TickShift)) | (int)tick << TickShift;
        if (!IsUnsettled(tick)) return;
        _unsettled++;
        if (entry < _firstWaiting) _firstWaiting = entry;
    }

    /// <summary>Number of the id of who sent it, or -1 when this board did.</summary>
    public int Peer(int entry)
    {
        int peer = _pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells + 1] & LinkMask;
        return peer == LinkMask ? -1 : peer;
    }

    /// <summary>Whether this board sent it.</summary>
    public bool IsMine(int entry)
    {
        return (_pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells + 1] & LinkMask) == LinkMask;
    }

    /// <summary>Whether an entry has one of the flags.</summary>
    public bool Has(int entry, int flags)
    {
        return (_pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells + 1] >> FlagsShift & flags) != 0;
    }

    /// <summary>Gives an entry a flag or takes it.</summary>
    public void Set(int entry, int flag, bool value)
    {
        if ((flag & (IsHeldFlag | HasReactionsFlag | IsHiddenFlag | IsEditedFlag | IsStarredFlag)) != 0) Shape++;
        if ((flag & RareFlags) != 0 && Has(entry, RareFlags)) _rare--;
        Set(entry, 1, FlagsShift, flag, value ? flag : 0);
        if ((flag & RareFlags) != 0 && Has(entry, RareFlags)) _rare++;
    }

    /// <summary>Sequence number, or the first of a range.</summary>
    public int N(int entry) { return _pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells + 2]; }

    /// <summary>Where its record is, or 0 for a hole.</summary>
    public int Address(int entry) { return Get(entry, 3, 0, FlashLog.MaxAddress - 1); }

    /// <summary>Length of its record, rounded up to 8 bytes.</summary>
    public int Size(int entry) { return Get(entry, 3, SizeShift, 0xFF) * SizeUnit; }

    /// <summary>Says where the record of an entry is, and how long.</summary>
    public void SetRecord(int entry, int address, int size)
    {
        int[] rows = _pages[entry / Limits.MessagePage];
        int at = entry % Limits.MessagePage * Cells + 3;
        int units = (size + SizeUnit - 1) / SizeUnit;
        _bytes += (units - (rows[at] >> SizeShift & 0xFF)) * SizeUnit;
        rows[at] = address | units << SizeShift;
    }

    /// <summary>The record of an entry is at another address now.</summary>
    public void MoveRecord(int entry, int address) { Set(entry, 3, 0, FlashLog.MaxAddress - 1, address); }

    /// <summary>Unix seconds, packed (<see cref="UnixSeconds"/>), or 0.</summary>
    public int Time(int entry) { return _pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells + 4]; }

    /// <summary>See <see cref="Time"/>.</summary>
    public void SetTime(int entry, int time) { _pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells + 4] = time; }

    /// <summary>Whether it can stand on a screen now.</summary>
    public bool IsVisible(int entry) { return EntryKind.IsVisible(Kind(entry)) && !Has(entry, IsHeldFlag | IsHiddenFlag); }

    private static int PlaceOf(int entry) { return entry % Limits.MessagePage * Cells; }

    private int Get(int entry, int cell, int shift, int mask)
    {
        return _pages[entry / Limits.MessagePage][PlaceOf(entry) + cell] >> shift & mask;
    }

    private void Set(int entry, int cell, int shift, int mask, int value)
    {
        int[] rows = _pages[entry / Limits.MessagePage];
        int at = entry % Limits.MessagePage * Cells + cell;
        rows[at] = (rows[at] & ~(mask << shift)) | value << shift;
    }

    // makes the second the next of the first; -1 stands for the ends of the conversation
    private void Link(int first, int second, int conversation)
    {
        if (first >= 0) Set(first, 0, 0, LinkMask, second & LinkMask);
        else _conversations.SetOldest(conversation, second);
        if (second >= 0) Set(second, 0, PreviousShift, LinkMask, first & LinkMask);
        else _conversations.SetNewest(conversation, first);
    }

    private void AddPage()
    {
        var rows = new int[Limits.MessagePage * Cells];
        _pages = Column.WithPage(_pages, rows);
        int next = _free;
        int entry = Capacity;
        for (int at = rows.Length - Cells; at >= 0; at -= Cells)
        {
            rows[at] = next | ConversationMask << ConversationShift;
            next = --entry;
        }

        _free = next;
    }
}
