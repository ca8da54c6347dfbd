namespace EdgeChat.Core;

/// <summary>The conversations, a row of numbers each; a conversation's handle is its place and stays the same until it is
/// deleted.</summary>
/// <remarks>
/// <para>Grows with use, a page at a time. A deleted conversation keeps its place, closed, because its sequence numbers must never be used
/// again.</para>
/// <code>
/// cell 0   bits 0-8 id, 9-16 flags, 17-24 entries, 25-31 unread
/// cell 1   bits 0-8 newest entry, 9-17 oldest
/// cell 2   and up: a number each
/// </code>
/// </remarks>
public sealed class ConversationTable
{
    /// <summary>Flag: a group.</summary>
    public const int IsGroupFlag = 1;

    /// <summary>Flag: muted.</summary>
    public const int IsMutedFlag = 2;

    /// <summary>Flag: deleted; its place is kept.</summary>
    public const int IsClosedFlag = 4;

    /// <summary>Flag: its mark must be written.</summary>
    public const int MarkIsDueFlag = 8;

    /// <summary>Flag: said by the mark, while the flash is read.</summary>
    public const int WasOpenFlag = 16;

    /// <summary>Flag, after that: a reaction came before the message that it is for.</summary>
    public const int AwaitsFlag = WasOpenFlag;

    /// <summary>Flag: GivenWayOrder is not in the mark yet.</summary>
    public const int HasGivenWayFlag = 32;

    /// <summary>Flag: the mark has the present LastN.</summary>
    public const int NumberIsMarkedFlag = 64;

    /// <summary>Flag: the mark has the present PlainLast.</summary>
    public const int PlainIsMarkedFlag = 128;

    /// <summary>Conversations that there can be, closed ones included.</summary>
    public const int Most = Limits.Conversations + Limits.Strangers + Limits.ClosedConversations;

    private const int LinkMask = 0x1FF; // all bits: none
    private const int FlagsShift = 9;
    private const int LengthShift = 17;
    private const int UnreadShift = 25;
    private const int OldestShift = 9;

    private const int ActivityCell = 2;
    private const int LastCell = 3;
    private const int ConfirmedCell = 4;
    private const int ClearedCell = 5;
    private const int GivenWayCell = 6;
    private const int PlainLastCell = 7;
    private const int PlainShownCell = 8;
    private const int MarkCell = 9;
    private const int Cells = 10;

    private const int IsSorted = 1;
    private const int IsAllConfirmed = 2; // surely
    private const int OneOpen = 4;

    private int[][] _pages;
    private byte[] _sorted; // made when somebody looks at the list
    private int _state; // the two flags above, and above them how many are open

    /// <summary>Places as yet, free ones included.</summary>
    public int Capacity { get { return _pages == null ? 0 : _pages.Length * Limits.ConversationPage; } }

    /// <summary>Conversations that are not closed.</summary>
    public int OpenCount { get { return _state / OneOpen; } }

    /// <summary>The conversation, closed or not, or -1.</summary>
    public int Find(int id, bool isGroup)
    {
        if (id < 0) return -1;
        int key = id | (isGroup ? IsGroupFlag : 0) << FlagsShift;
        for (int first = 0; first < Capacity; first += Limits.ConversationPage)
        {
            int[] rows = _pages[first / Limits.ConversationPage];
            for (int at = 0; at < rows.Length; at += Cells)
                if ((rows[at] & (LinkMask | IsGroupFlag << FlagsShift)) == key) return first + at / Cells;
        }

        return -1;
    }

    /// <summary>Takes a free place for a conversation, closed as yet; -1 when there is none.</summary>
    public int Add(int id, bool isGroup)
    {
        int place = 0;
        while (place < Capacity && IsUsed(place)) place++;
        if (place == Most) return -1;
        if (place == Capacity) AddPage();
        int[] row = _pages[place / Limits.ConversationPage];
        int at = PlaceOf(place);
        row[at] = id | (IsClosedFlag | (isGroup ? IsGroupFlag : 0)) << FlagsShift;
        row[at + 1] = LinkMask | LinkMask << OldestShift;
        return place;
    }

    /// <summary>Whether the place has a conversation.</summary>
    public bool IsUsed(int conversation) { return (this[conversation, 0] & LinkMask) != LinkMask; }

    /// <summary>Number of the id of the device or group.</summary>
    public int Id(int conversation)
    {
        int id = this[conversation, 0] & LinkMask;
        return id == LinkMask ? -1 : id;
    }

    /// <summary>Whether a conversation has one of the flags.</summary>
    public bool Has(int conversation, int flags) { return (this[conversation, 0] >> FlagsShift & flags) != 0; }

    /// <summary>Gives a conversation flags or takes them.</summary>
    public void Set(int conversation, int flags, bool value) { Set(conversation, 0, FlagsShift, flags, value ? flags : 0); }

    /// <summary>Whether it is that of a group.</summary>
    public bool IsGroup(int conversation) { return (this[conversation, 0] & IsGroupFlag << FlagsShift) != 0; }

    /// <summary>Whether the place has a conversation that is not closed.</summary>
    public bool IsOpen(int conversation) { return IsUsed(conversation) && !Has(conversation, IsClosedFlag); }

    /// <summary>Opens a closed conversation.</summary>
    public void Open(int conversation)
    {
        if (IsOpen(conversation)) return;
        Set(conversation, IsClosedFlag, false);
        _state = (_state & ~IsSorted) + OneOpen;
    }

    /// <summary>Closes a conversation; false when as many are closed as may be.</summary>
    public bool Close(int conversation)
    {
        if (!IsOpen(conversation)) return true;
        int closed = 0;
        for (int i = 0; i < Capacity; i++)
            if (IsUsed(i) && !IsOpen(i)) closed++;
        if (closed == Limits.ClosedConversations) return false;
        Set(conversation, IsClosedFlag, true);
        _state = (_state & ~IsSorted) - OneOpen;
        return true;
    }

    /// <summary>Gives the place of a closed conversation back when nothing ever was in it, so that no number was used.</summary>
    public void Forget(int conversation)
    {
        if (IsOpen(conversation) || Mark(conversation) != 0 || LastN(conversation) != 0 || PlainLast(conversation) != 0) return;
        int[] rows = _pages[conversation / Limits.ConversationPage];
        int at = PlaceOf(conversation);
        for (int cell = 0; cell < Cells; cell++) rows[at + cell] = 0;
        rows[at] = LinkMask;
    }

    /// <summary>Something happened in it.</summary>
    public void Touch(int conversation, int order)
    {
        int[] rows = _pages[conversation / Limits.ConversationPage];
        int cell = conversation % Limits.ConversationPage * Cells + ActivityCell;
        if (order > rows[cell]) rows[cell] = order;
        _state &= ~IsSorted;
    }

    /// <summary>Something happened in it that is later than all before, so that it stands at the end; false when it is not, when the
    /// conversation was cleared since, or when it has as many entries as may be.</summary>
    public bool TouchAtEnd(int conversation, int order)
    {
        int[] rows = _pages[conversation / Limits.ConversationPage];
        int at = conversation % Limits.ConversationPage * Cells;
        if (order <= rows[at + ActivityCell] || order <= rows[at + ClearedCell]) return false;
        if ((rows[at] >> LengthShift & 0xFF) >= Limits.MessagesOfConversation) return false;
        rows[at + ActivityCell] = order;
        _state &= ~IsSorted;
        return true;
    }

    /// <summary>The open conversation at a place of the list, the one where something happened last first; -1 when the place is
    /// beyond.</summary>
    public int AtPlace(int place)
    {
        if (place < 0 || place >= OpenCount) return -1;
        if ((_state & IsSorted) == 0) Sort();
        return _sorted[place];
    }

    /// <summary>Last message in display order, or -1.</summary>
    public int Newest(int conversation)
    {
        int newest = this[conversation, 1] & LinkMask;
        return newest == LinkMask ? -1 : newest;
    }

    /// <summary>First message in display order, or -1.</summary>
    public int Oldest(int conversation)
    {
        int oldest = this[conversation, 1] >> OldestShift & LinkMask;
        return oldest == LinkMask ? -1 : oldest;
    }

    /// <summary>See <see cref="Newest"/>; for the table of messages.</summary>
    public void SetNewest(int conversation, int entry) { Set(conversation, 1, 0, LinkMask, entry & LinkMask); }

    /// <summary>See <see cref="Oldest"/>; for the table of messages.</summary>
    public void SetOldest(int conversation, int entry) { Set(conversation, 1, OldestShift, LinkMask, entry & LinkMask); }

    /// <summary>One entry more, the last in display order; gives the one before it, all bits of the mask for none. For the table of
    /// messages.</summary>
    public int Append(int conversation, int entry)
    {
        int[] rows = _pages[conversation / Limits.ConversationPage];
        int at = conversation % Limits.ConversationPage * Cells;
        int ends = rows[at + 1];
        int newest = ends & LinkMask;
        rows[at] += 1 << LengthShift;
        rows[at + 1] = newest == LinkMask ? entry | entry << OldestShift : (ends & ~LinkMask) | entry;
        return newest;
    }

    /// <summary>Entries of the message table, hidden ones included.</summary>
    public int Length(int conversation) { return this[conversation, 0] >> LengthShift & 0xFF; }

    /// <summary>See <see cref="Length"/>; for the table of messages.</summary>
    public void AddLength(int conversation, int more) { Set(conversation, 0, LengthShift, 0xFF, Length(conversation) + more); }

    /// <summary>Visible arrivals that were not shown.</summary>
    public int Unread(int conversation) { return this[conversation, 0] >> UnreadShift & 0x7F; }

    /// <summary>See <see cref="Unread"/>.</summary>
    public void SetUnread(int conversation, int count) { Set(conversation, 0, UnreadShift, 0x7F, count); }

    /// <summary>Last sequence number of this board's stream.</summary>
    public int LastN(int conversation) { return this[conversation, LastCell]; }

    /// <summary>This board has used a number, which is the last one when it is higher.</summary>
    public void NoteNumber(int conversation, int n)
    {
        if (n <= this[conversation, LastCell]) return;
        this[conversation, LastCell] = n;
        _state &= ~IsAllConfirmed;
        Set(conversation, NumberIsMarkedFlag, false);
    }

    /// <summary>All of this board's stream up to here was confirmed by PUBACK.</summary>
    public int Confirmed(int conversation) { return this[conversation, ConfirmedCell]; }

    /// <summary>The first of so many places after this one, in a ring, whose conversation has numbers of this board's stream that were not
    /// confirmed; -1 for none.</summary>
    public int UnsentAfter(int place, int most)
    {
        if ((_state & IsAllConfirmed) != 0) return -1;
        int capacity = Capacity;
        bool isWhole = most == capacity;
        while (most-- > 0)
        {
            if (++place >= capacity) place = 0;
            int[] rows = _pages[place / Limits.ConversationPage];
            int at = place % Limits.ConversationPage * Cells;
            if (rows[at + LastCell] != rows[at + ConfirmedCell]) return place;
        }

        if (isWhole) _state |= IsAllConfirmed;
        return -1;
    }

    /// <summary>See <see cref="Confirmed"/>.</summary>
    public void SetConfirmed(int conversation, int n)
    {
        this[conversation, ConfirmedCell] = n;
        _state &= ~IsAllConfirmed;
    }

    /// <summary>All that came up to this order number was deleted.</summary>
    public int ClearedOrder(int conversation) { return this[conversation, ClearedCell]; }

    /// <summary>See <see cref="ClearedOrder"/>.</summary>
    public void SetClearedOrder(int conversation, int order) { this[conversation, ClearedCell] = order; }

    /// <summary>What others sent up to this order number has given way: it must not come back with a restart that finds some of it on flash
    /// still.</summary>
    public int GivenWayOrder(int conversation) { return this[conversation, GivenWayCell]; }

    /// <summary>See <see cref="GivenWayOrder"/>.</summary>
    public void SetGivenWayOrder(int conversation, int order) { this[conversation, GivenWayCell] = order; }

    /// <summary>Last local number given to a message that came without one.</summary>
    public int PlainLast(int conversation) { return this[conversation, PlainLastCell]; }

    /// <summary>A local number was given, which is the last one when it is higher.</summary>
    public void NotePlain(int conversation, int n)
    {
        if (n <= this[conversation, PlainLastCell]) return;
        this[conversation, PlainLastCell] = n;
        Set(conversation, PlainIsMarkedFlag, false);
    }

    /// <summary>All messages without number up to this local one were shown.</summary>
    public int PlainShown(int conversation) { return this[conversation, PlainShownCell]; }

    /// <summary>See <see cref="PlainShown"/>.</summary>
    public void SetPlainShown(int conversation, int n) { this[conversation, PlainShownCell] = n; }

    /// <summary>Address of the conversation's mark, or 0.</summary>
    public int Mark(int conversation) { return this[conversation, MarkCell]; }

    /// <summary>See <see cref="Mark"/>.</summary>
    public void SetMark(int conversation, int address) { this[conversation, MarkCell] = address; }

    private static int PlaceOf(int conversation) { return conversation % Limits.ConversationPage * Cells; }

    private int this[int conversation, int cell]
    {
        get { return _pages[conversation / Limits.ConversationPage][conversation % Limits.ConversationPage * Cells + cell]; }
        set { _pages[conversation / Limits.ConversationPage][conversation % Limits.ConversationPage * Cells + cell] = value; }
    }

    private void Set(int conversation, int cell, int shift, int mask, int value)
    {
        this[conversation, cell] = (this[conversation, cell] & ~(mask << shift)) | value << shift;
    }

    private void Sort()
    {
        if (_sorted == null || _sorted.Length < OpenCount)
            _sorted = new byte[Capacity < Limits.Conversations ? Limits.Conversations : Capacity];
        int count = 0;
        for (int i = 0; i < Capacity; i++)
        {
            if (!IsOpen(i)) continue;
            int at = count++;
            while (at > 0 && this[_sorted[at - 1], ActivityCell] < this[i, ActivityCell])
            {
                _sorted[at] = _sorted[at - 1];
                at--;
            }

            _sorted[at] = (byte)i;
        }

        _state |= IsSorted;
    }

    private void AddPage()
    {
        var page = new int[Limits.ConversationPage * Cells];
        for (int at = 0; at < page.Length; at += Cells) page[at] = LinkMask;
        _pages = Column.WithPage(_pages, page);
    }
}
