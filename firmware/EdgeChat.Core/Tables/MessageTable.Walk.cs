namespace EdgeChat.Core;

// finds entries of one sort, over many that are not: what a person waits for must not ask each of them each question
public sealed partial class MessageTable
{
    private int _firstWaiting; // no row before it waits
    private int _unsettled; // entries whose tick is one of those that wait

    private const int NotNowFlags = (IsHeldFlag | IsHiddenFlag) << FlagsShift;
    private const int SenderMask = LinkMask | (IsPlainFlag | IsOldLifeFlag) << FlagsShift;

    /// <summary>This entry, or the first one after it in display order, that is this board's own; -1 for none.</summary>
    public int Own(int entry) { return Seek(entry, 0, LinkMask, LinkMask); }

    /// <summary>This entry, or the first one before it in display order, that is this board's own; -1 for none.</summary>
    public int OwnBefore(int entry) { return Seek(entry, PreviousShift, LinkMask, LinkMask); }

    /// <summary>This entry, or the first one after it in display order, that is this board's own and has not come as far as a tick (two or
    /// shown) with all; -1 for none.</summary>
    public int OwnLacking(int entry, Tick tick)
    {
        if (entry < 0) return -1;
        int[][] pages = _pages;
        while (entry != LinkMask)
        {
            int head = pages[entry / Limits.MessagePage][entry % Limits.MessagePage * Cells];
            int has = head >> TickShift & 7; // of what others have sent none
            if (has != 0 && (has < (int)tick || has > (int)Core.Tick.Shown)) return entry;
            entry = head & LinkMask;
        }

        return -1;
    }

    /// <summary>This entry, or the first one after it in display order, that has a flag; -1 for none.</summary>
    public int With(int entry, int flag)
    {
        return IsNobodys(flag) ? -1 : Seek(entry, 0, flag << FlagsShift, flag << FlagsShift);
    }

    /// <summary>This entry, or the first one before it in display order, that has a flag; -1 for none.</summary>
    public int WithBefore(int entry, int flag)
    {
        return IsNobodys(flag) ? -1 : Seek(entry, PreviousShift, flag << FlagsShift, flag << FlagsShift);
    }

    /// <summary>This entry, or the first one after or before it in display order, that can stand on a screen now; -1 for none.</summary>
    public int Visible(int entry, bool isForward)
    {
        int shift = isForward ? 0 : PreviousShift;
        while (entry >= 0)
        {
            int[] rows = _pages[entry / Limits.MessagePage];
            int at = entry % Limits.MessagePage * Cells;
            if ((rows[at + 1] & NotNowFlags) == 0 && EntryKind.IsVisible((byte)(rows[at] >> KindShift & 15))) return entry;
            entry = rows[at] >> shift & LinkMask;
            if (entry == LinkMask) return -1;
        }

        return -1;
    }

    /// <summary>This entry, or the first one before it in display order, that is of the numbered stream of a peer (-1: of this board) in
    /// the peer's current life; -1 for none.</summary>
    public int OfStreamBefore(int entry, int peer)
    {
        int found = Seek(entry, PreviousShift, SenderMask, peer & LinkMask);
        while (found >= 0 && N(found) <= 0) found = Seek(Previous(found), PreviousShift, SenderMask, peer & LinkMask);
        return found;
    }

    /// <summary>Whether the entry belongs to the numbered stream of a peer (-1: of this board) in the peer's current life.</summary>
    public bool IsSameStream(int entry, int peer)
    {
        int[] rows = _pages[entry / Limits.MessagePage];
        int at = PlaceOf(entry);
        return (rows[at + 1] & SenderMask) == (peer & LinkMask) && rows[at + 2] > 0;
    }

    /// <summary>The entry before which number <paramref name="n"/> of a stream belongs, or -1 for the end.</summary>
    public int PlaceFor(int conversation, int peer, int n)
    {
        int place = -1;
        int i = OfStreamBefore(_conversations.Newest(conversation), peer);
        for (; i >= 0; i = OfStreamBefore(Previous(i), peer))
        {
            if (N(i) < n) break;
            place = i;
        }

        return place;
    }

    /// <summary>The entry that has number <paramref name="n"/> of a stream, alone or in its range, or -1.</summary>
    public int Find(int conversation, int peer, int n)
    {
        int i = OfStreamBefore(_conversations.Newest(conversation), peer);
        for (; i >= 0; i = OfStreamBefore(Previous(i), peer))
            if (N(i) <= n) return LastOf(i) >= n ? i : -1;
        return -1;
    }

    /// <summary>The first row from this one on, in no order, with a message of this board that waits for the broker or for a receipt; -1
    /// for none.</summary>
    public int Waiting(int entry)
    {
        if (_unsettled == 0) return -1;
        bool isFirst = entry <= _firstWaiting;
        if (isFirst) entry = _firstWaiting;
        int found = FindWaiting(entry);
        if (isFirst) _firstWaiting = found < 0 ? Capacity : found;
        return found;
    }

    private static bool IsUnsettled(Tick tick) { return tick == Core.Tick.Clock || tick == Core.Tick.One; }

    private int FindWaiting(int entry)
    {
        for (int page = entry / Limits.MessagePage; page * Limits.MessagePage < Capacity; page++)
        {
            int[] rows = _pages[page];
            for (int at = PlaceOf(entry); at < rows.Length; at += Cells)
            {
                if ((rows[at + 1] & LinkMask) != LinkMask) continue;
                int head = rows[at];
                int tick = head >> TickShift & 7;
                if (tick != (int)Core.Tick.Clock && tick != (int)Core.Tick.One) continue;
                if ((head >> ConversationShift & ConversationMask) == ConversationMask) continue;
                if (EntryKind.HasContent((byte)(head >> KindShift & 15))) return page * Limits.MessagePage + at / Cells;
            }

            entry = 0;
        }

        return -1;
    }

    /// <summary>This entry, or the first one before it in display order, that has a number, the first of a range, of a peer (-1: of this
    /// board), whatever its life; -1 for none.</summary>
    public int NumberBefore(int entry, int peer, int n)
    {
        int sender = peer & LinkMask;
        while (entry >= 0)
        {
            int[] rows = _pages[entry / Limits.MessagePage];
            int at = entry % Limits.MessagePage * Cells;
            if (rows[at + 2] == n && (rows[at + 1] & LinkMask) == sender) return entry;
            entry = rows[at] >> PreviousShift & LinkMask;
            if (entry == LinkMask) return -1;
        }

        return -1;
    }

    /// <summary>This entry, or the first one after it in display order, of the numbered stream of a peer that is a range or whose number is
    /// above the one that is expected; -1 for none. The number that is expected after those before it, 0 before the first, and whether
    /// there were any, are kept up to date.</summary>
    public int NotInOrder(int entry, int peer, ref int expected, ref bool any)
    {
        int next = expected;
        int sender = peer & LinkMask;
        int[][] pages = _pages;
        entry &= LinkMask;
        while (entry != LinkMask)
        {
            int[] rows = pages[entry / Limits.MessagePage];
            int at = entry % Limits.MessagePage * Cells;
            int head = rows[at];
            int n = rows[at + 2];
            if ((rows[at + 1] & SenderMask) == sender && n > 0)
            {
                if (n > next && next > 0) break;
                byte kind = (byte)(head >> KindShift & 15);
                if (kind >= EntryKind.Lost && EntryKind.IsRange(kind)) break;
                any = true;
                if (n >= next) next = n + 1;
            }

            entry = head & LinkMask;
        }

        expected = next;
        return entry == LinkMask ? -1 : entry;
    }

    /// <summary>Visible messages of others in a conversation that were not shown, and the first of them, -1 for none: all of them, or
    /// only those after an entry (<paramref name="since"/>, or -1).</summary>
    public int CountUnread(int conversation, StreamTable streams, int since, out int first)
    {
        const int HiddenFlags = (IsHeldFlag | IsOldLifeFlag) << FlagsShift;
        const int StreamMask = LinkMask | IsPlainFlag << FlagsShift | HiddenFlags;
        int plainShown = _conversations.PlainShown(conversation);
        // in the order of one stream: what stands before a message that was shown was shown too
        bool isOneStream = !_conversations.IsGroup(conversation) && _conversations.PlainLast(conversation) <= plainShown && _rare == 0;
        int count = 0;
        int peer = -1;
        int shown = 0;
        int[][] pages = _pages;
        int end = since & LinkMask;
        int previous;
        first = -1;
        for (int entry = _conversations.Newest(conversation) & LinkMask; entry != end; entry = previous)
        {
            int[] rows = pages[entry / Limits.MessagePage];
            int at = entry % Limits.MessagePage * Cells;
            int head = rows[at];
            int second = rows[at + 1];
            previous = head >> PreviousShift & LinkMask;
            if ((head >> KindShift & 15) >= EntryKind.Event) continue;
            int sender = second & StreamMask;
            if (sender != peer)
            {
                // another stream, or none
                if ((second & LinkMask) == LinkMask || (second & HiddenFlags) != 0) continue;
                if ((second & IsPlainFlag << FlagsShift) != 0)
                {
                    if (rows[at + 2] <= plainShown) continue;
                    count++;
                    first = entry;
                    continue;
                }

                peer = sender;
                int row = streams.Find(conversation, second & LinkMask);
                shown = row < 0 ? 0 : streams.Shown(row);
            }

            if (rows[at + 2] > shown || (second & IsUnseenFlag << FlagsShift) != 0)
            {
                count++;
                first = entry;
            }
            else if (isOneStream) break;
        }

        return count;
    }

    private bool IsNobodys(int flag) { return _rare == 0 && (flag & RareFlags) != 0; }

    private int Seek(int entry, int linkShift, int mask, int value)
    {
        if (entry < 0) return -1;
        int[][] pages = _pages;
        while (entry != LinkMask)
        {
            int[] rows = pages[entry / Limits.MessagePage];
            int at = entry % Limits.MessagePage * Cells;
            if ((rows[at + 1] & mask) == value) return entry;
            entry = rows[at] >> linkShift & LinkMask;
        }

        return -1;
    }
}
