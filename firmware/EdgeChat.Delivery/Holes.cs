using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The holes in what a device sent: entries that hold the place of missing messages, and what is hidden behind young
/// ones.</summary>
/// <remarks>A hole hides what follows it in its stream for <see cref="Limits.HoleDelayMs"/>; then it shows itself as "missing".
/// It is on no flash: at a start it follows from the numbers around it.</remarks>
internal static class Holes
{
    private const int FirstAskTenths = 10;

    /// <summary>Puts a hole before an entry, or at the end. When there is no room for it, receipts stop speaking of what is
    /// below.</summary>
    /// <remarks>A time of 0 makes an old hole, which hides nothing that is on the screen already.</remarks>
    public static void Note(Ledger ledger, int conversation, int peer, int before, int from, int to, int noticed)
    {
        MessageTable messages = ledger.Messages;
        if (messages.IsFull)
        {
            int row = ledger.Streams.Find(conversation, peer);
            ledger.Streams.SetFloor(row, to + 1);
            ledger.Counters.Lost += to - from + 1;
            return;
        }

        int gap = messages.Add(conversation, before, EntryKind.Gap, 0, peer, from, 0, 0, 0);
        int askDue = ledger.NowTenths + FirstAskTenths;
        messages.SetGap(gap, to, noticed > 0 ? noticed : -Limits.HoleDelayMs / 100, askDue, 0);
        ledger.Due(askDue);
    }

    /// <summary>Takes a range out of a hole; what is left of it stays.</summary>
    public static void Fill(Ledger ledger, int gap, int from, int to)
    {
        MessageTable messages = ledger.Messages;
        int first = messages.N(gap);
        int last = messages.LastOf(gap);
        int conversation = messages.Conversation(gap);
        int row = ledger.Streams.Find(conversation, messages.Peer(gap));
        if (from <= first && IsLowest(ledger, gap)) EndBottom(ledger, row);

        if (from <= first && to >= last)
        {
            messages.Remove(gap);
            return;
        }

        if (from <= first)
        {
            messages.SetGapStart(gap, to + 1);
            return;
        }

        messages.SetEnd(gap, from - 1);
        if (to >= last) return;
        int next = messages.Next(gap);
        if (messages.IsFull)
        {
            ledger.Streams.SetFloor(row, last + 1);
            ledger.Counters.Lost += last - to;
            return;
        }

        int rest = messages.Add(conversation, next, EntryKind.Gap, 0, messages.Peer(gap), to + 1, 0, 0, 0);
        messages.Set(rest, MessageTable.IsHeldFlag, messages.Has(gap, MessageTable.IsHeldFlag));
        messages.Set(rest, MessageTable.IsPassedFlag, messages.Has(gap, MessageTable.IsPassedFlag));
        messages.SetGap(rest, last, messages.GapNoticed(gap), messages.GapAskDue(gap), messages.GapAsks(gap));
    }

    /// <summary>Whether what stood beside an entry, a hole, has given way.</summary>
    public static bool IsPassed(Ledger ledger, int entry)
    {
        return ledger.Messages.IsGap(entry) && ledger.Messages.Has(entry, MessageTable.IsPassedFlag);
    }

    /// <summary>From which number on receipts may speak of a stream after a restart: what has given way beside a hole does not tell of it
    /// any more.</summary>
    public static int FloorOf(Ledger ledger, int row)
    {
        int floor = ledger.Streams.Floor(row);
        if (ledger.Messages.GapCount == 0) return floor;
        for (int i = ledger.Conversations.Oldest(ledger.Streams.Conversation(row)); i >= 0; i = ledger.Messages.Next(i))
        {
            if (!IsPassed(ledger, i) || !ledger.Messages.IsSameStream(i, ledger.Streams.Peer(row))) continue;
            if (ledger.Messages.LastOf(i) >= floor) floor = ledger.Messages.LastOf(i) + 1;
        }

        return floor;
    }

    /// <summary>The lowest number of a stream that a hole begins with, when it does.</summary>
    public static int BottomOf(Ledger ledger, int row)
    {
        if (!ledger.Streams.Has(row, StreamTable.BottomIsHole)) return 0;
        int conversation = ledger.Streams.Conversation(row);
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
            if (ledger.Messages.IsSameStream(i, ledger.Streams.Peer(row)) && !IsPassed(ledger, i)) return ledger.Messages.N(i);
        return ledger.Streams.High(row) + 1; // it is about to be
    }

    /// <summary>Nothing is missing any more below the lowest message of a stream.</summary>
    public static void EndBottom(Ledger ledger, int row)
    {
        if (!ledger.Streams.Has(row, StreamTable.BottomIsHole)) return;
        ledger.Streams.Set(row, StreamTable.BottomIsHole, false);
        MarkSchedule.Soon(ledger, row);
    }

    /// <summary>Whether nothing of its stream stands below a hole.</summary>
    public static bool IsLowest(Ledger ledger, int gap)
    {
        for (int i = ledger.Messages.Previous(gap); i >= 0; i = ledger.Messages.Previous(i))
            if (ledger.Messages.IsSameStream(i, ledger.Messages.Peer(gap)) && !IsPassed(ledger, i)) return false;
        return !IsPassed(ledger, gap);
    }

    /// <summary>Hides and shows what follows the holes of a stream; true when something came to light that is for people.</summary>
    public static bool Review(Ledger ledger, int conversation, int peer)
    {
        MessageTable messages = ledger.Messages;
        int youngAfter = ledger.NowTenths - Limits.HoleDelayMs / 100;
        bool isHeld = false;
        bool isNew = false;
        bool hasReactions = false;
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = messages.Next(i))
        {
            if (!messages.IsSameStream(i, peer)) continue;
            if (messages.IsGap(i) && messages.GapNoticed(i) > youngAfter)
            {
                isHeld = true;
                ledger.Due(messages.GapNoticed(i) + Limits.HoleDelayMs / 100);
            }

            if (isHeld == messages.Has(i, MessageTable.IsHeldFlag)) continue;
            messages.Set(i, MessageTable.IsHeldFlag, isHeld);
            if (!isHeld && messages.Kind(i) == EntryKind.Reaction) hasReactions = true;
            if (isHeld || !EntryKind.IsVisible(messages.Kind(i))) continue;
            isNew = true;
            ledger.NoteArrival(i);
        }

        if (hasReactions) Reactions.MarkAll(ledger, conversation);
        ledger.Recount(conversation);
        return isNew;
    }
}
