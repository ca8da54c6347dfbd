using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Messages that came late, into a hole that what is shown had gone past: "shown up to" must not take them along unseen.</summary>
/// <remarks>The mark of a stream lists the holes below "shown" as they were when it was written: so what fills them is known for unseen
/// after a power cut at any instant, without a write of its own.</remarks>
internal static class Unseen
{
    /// <summary>Marks a message that just came, when what is shown has gone past it.</summary>
    public static void Note(Ledger ledger, int row, int entry)
    {
        if (ledger.Messages.N(entry) <= ledger.Streams.Shown(row)) ledger.Messages.Set(entry, MessageTable.IsUnseenFlag, true);
    }

    /// <summary>The lowest number of a stream that came late and was not shown, or 0.</summary>
    public static int LowestOf(Ledger ledger, int row)
    {
        int peer = ledger.Streams.Peer(row);
        for (int i = FirstUnseen(ledger, row); i >= 0; i = NextUnseen(ledger, i))
            if (ledger.Messages.IsSameStream(i, peer)) return ledger.Messages.N(i);
        return 0;
    }

    /// <summary>All that is visible of a stream has been shown.</summary>
    public static void Clear(Ledger ledger, int row)
    {
        int peer = ledger.Streams.Peer(row);
        for (int i = FirstUnseen(ledger, row); i >= 0; i = NextUnseen(ledger, i))
            if (ledger.Messages.IsSameStream(i, peer) && !ledger.Messages.Has(i, MessageTable.IsHeldFlag))
                ledger.Messages.Set(i, MessageTable.IsUnseenFlag, false);
    }

    /// <summary>Writes what is missing or unseen up to "shown" into the mark of a row; without what is visible when that is being
    /// <paramref name="shown"/>.</summary>
    public static void Put(Ledger ledger, RecordWriter to, int row, bool shown)
    {
        int ranges = PutRanges(ledger, null, row, shown);
        to.PutInt(ranges);
        if (ranges > 0) PutRanges(ledger, to, row, shown);
    }

    /// <summary>Takes it from the mark, once all messages have been read; <paramref name="first"/> is the first number that the mark knows
    /// of.</summary>
    public static void Read(Ledger ledger, RecordReader from, int row, int first)
    {
        if (ledger.Streams.First(row) < first)
        {
            for (int i = First(ledger, row); i >= 0; i = ledger.Messages.Next(i))
                if (IsOfStream(ledger, row, i) && ledger.Messages.N(i) < first) Note(ledger, row, i);
        }

        int before = 0;
        for (int ranges = from.TakeInt(); ranges > 0; ranges--)
        {
            int start = before + from.TakeInt();
            before = start + from.TakeInt();
            for (int i = First(ledger, row); i >= 0; i = ledger.Messages.Next(i))
                if (IsOfStream(ledger, row, i) && ledger.Messages.N(i) >= start && ledger.Messages.N(i) <= before) Note(ledger, row, i);
        }
    }

    private static int PutRanges(Ledger ledger, RecordWriter to, int row, bool shown)
    {
        MessageTable messages = ledger.Messages;
        int count = 0;
        int before = 0;
        for (int i = messages.GapCount > 0 ? First(ledger, row) : FirstUnseen(ledger, row); i >= 0;
            i = messages.GapCount > 0 ? messages.Next(i) : NextUnseen(ledger, i))
        {
            bool isHole = messages.IsGap(i) && messages.IsSameStream(i, ledger.Streams.Peer(row)) &&
                messages.N(i) <= ledger.Streams.Shown(row);
            bool isUnseen = IsUnseen(ledger, row, i) && (!shown || messages.Has(i, MessageTable.IsHeldFlag));
            if (!isHole && !isUnseen) continue;
            count++;
            if (to == null) continue;
            to.PutInt(messages.N(i) - before);
            before = messages.LastOf(i);
            to.PutInt(before - messages.N(i));
        }

        return count;
    }

    private static int First(Ledger ledger, int row) { return ledger.Conversations.Oldest(ledger.Streams.Conversation(row)); }

    private static int FirstUnseen(Ledger ledger, int row)
    {
        return ledger.Messages.With(First(ledger, row), MessageTable.IsUnseenFlag);
    }

    private static int NextUnseen(Ledger ledger, int entry)
    {
        return ledger.Messages.With(ledger.Messages.Next(entry), MessageTable.IsUnseenFlag);
    }

    private static bool IsOfStream(Ledger ledger, int row, int entry)
    {
        return EntryKind.HasContent(ledger.Messages.Kind(entry)) && ledger.Messages.IsSameStream(entry, ledger.Streams.Peer(row));
    }

    private static bool IsUnseen(Ledger ledger, int row, int entry)
    {
        return ledger.Messages.Has(entry, MessageTable.IsUnseenFlag) && ledger.Messages.IsSameStream(entry, ledger.Streams.Peer(row));
    }
}
