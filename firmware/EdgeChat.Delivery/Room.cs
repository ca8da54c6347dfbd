using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Chooses what gives way when a table, a conversation or the flash is full.</summary>
/// <remarks>
/// <para>First the oldest message that waits for nothing, then the oldest that waits for a receipt only (the broker has it). A message
/// with its clock never gives way: then the new one is refused.</para>
/// <para>A hole is passed by until it was asked for <see cref="Limits.HoleAsksAtLeast"/> times. On flash it is given up then, since
/// nothing there tells how far it goes once its neighbours are gone; so what fills it goes with them at the next start.</para>
/// </remarks>
internal static class Room
{
    /// <summary>Makes room for some more entries of a conversation, <paramref name="numbered"/> of them with numbers of their own, in the
    /// tables and in the heap; false when all that is there must stay.</summary>
    public static bool MakeFor(Ledger ledger, int conversation, int count, int numbered)
    {
        while (ledger.Conversations.Length(conversation) + count > Limits.MessagesOfConversation)
            if (!EvictFrom(ledger, conversation)) return false;
        while (ledger.Messages.Count + count > Limits.Messages)
            if (!EvictFrom(ledger, Longest(ledger)) && !EvictFromAny(ledger)) return false;
        ledger.Messages.Reserve(count, numbered);
        return true;
    }

    /// <summary>Gives up old messages until their records take no more than this many bytes, if that is possible.</summary>
    public static void Thin(Ledger ledger, int bytes)
    {
        var sizes = new int[ledger.Conversations.Capacity];
        ledger.Messages.AddSizes(sizes);
        while (ledger.Messages.Bytes > bytes)
        {
            int biggest = 0;
            for (int i = 1; i < sizes.Length; i++)
                if (sizes[i] > sizes[biggest]) biggest = i;
            int before = ledger.Messages.Bytes;
            if (sizes[biggest] == 0 || !EvictFrom(ledger, biggest))
            {
                if (!EvictFromAny(ledger)) return;
                sizes[biggest] = 0;
            }

            sizes[biggest] -= before - ledger.Messages.Bytes;
        }
    }

    private static bool EvictFromAny(Ledger ledger)
    {
        for (int i = 0; i < ledger.Conversations.Capacity; i++)
            if (ledger.Conversations.IsUsed(i) && EvictFrom(ledger, i)) return true;
        return false;
    }

    private static bool EvictFrom(Ledger ledger, int conversation)
    {
        if (conversation < 0) return false;
        int last = -1;
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
        {
            Tick tick = ledger.Messages.Tick(i);
            if (ledger.Messages.IsGap(i))
            {
                // it goes with what stands below it, unless that has gone before
                if (!Holes.IsPassed(ledger, i) || IsHopeful(ledger, i)) continue;
                GiveUp(ledger, i);
                return true;
            }

            if (ledger.Messages.IsMine(i) && tick == Tick.Clock) continue;
            if (ledger.Messages.IsMine(i) && tick == Tick.One)
            {
                if (last < 0) last = i;
                continue;
            }

            return Evict(ledger, i);
        }

        return last >= 0 ? Evict(ledger, last) : GiveUpPassed(ledger, conversation);
    }

    private static bool GiveUpPassed(Ledger ledger, int conversation)
    {
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
        {
            if (!Holes.IsPassed(ledger, i)) continue;
            GiveUp(ledger, i);
            return true;
        }

        return false;
    }

    private static bool IsHopeful(Ledger ledger, int gap) { return ledger.Messages.GapAsks(gap) < Limits.HoleAsksAtLeast; }

    // what would be forgotten with the message is written down first: numbers are never used or taken twice
    private static bool Evict(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        ConversationTable conversations = ledger.Conversations;
        int conversation = messages.Conversation(entry);
        if (messages.IsMine(entry))
        {
            if (!conversations.Has(conversation, ConversationTable.NumberIsMarkedFlag) &&
                messages.N(entry) == conversations.LastN(conversation) &&
                !Marks.TryAppendConversation(ledger, conversation, false)) return false;
        }
        else if (messages.Has(entry, MessageTable.IsPlainFlag))
        {
            if (!conversations.Has(conversation, ConversationTable.PlainIsMarkedFlag) &&
                messages.N(entry) == conversations.PlainLast(conversation) &&
                !Marks.TryAppendConversation(ledger, conversation, false)) return false;
        }
        else if (!messages.Has(entry, MessageTable.IsOldLifeFlag) && !PrepareStream(ledger, conversation, entry))
        {
            return false;
        }

        if (!messages.IsMine(entry)) NoteGivenWay(ledger, conversation, entry);
        else if (messages.Tick(entry) == Tick.One && !BuryWaiting(ledger, entry)) return false;
        messages.Remove(entry);
        return true;
    }

    // one less than its own: others may have the same number of order
    private static void NoteGivenWay(Ledger ledger, int conversation, int entry)
    {
        if (!ledger.Keeper.ReadMessage(entry) || ledger.Record.Order <= ledger.Conversations.GivenWayOrder(conversation)) return;
        ledger.Conversations.SetGivenWayOrder(conversation, ledger.Record.Order - 1);
        ledger.Conversations.Set(conversation, ConversationTable.HasGivenWayFlag, true);
    }

    // a message without receipt must not come back with a restart, which could not tell that it has none
    private static bool BuryWaiting(Ledger ledger, int entry)
    {
        if (!ledger.Keeper.ReadMessage(entry)) return true;
        MessageRecord record = ledger.Record;
        record.Kind = EntryKind.Lost;
        record.Write(ledger.Keeper.BeginAsIs(), ledger.Ids, null, null, 0, 0);
        return ledger.Keeper.TryAppend(RecordType.Out) > 0;
    }

    private static bool PrepareStream(Ledger ledger, int conversation, int entry)
    {
        MessageTable messages = ledger.Messages;
        StreamTable streams = ledger.Streams;
        int row = streams.Find(conversation, messages.Peer(entry));
        if (row < 0) return true;
        for (int gap = GapBeside(ledger, entry); gap >= 0; gap = GapBeside(ledger, entry))
        {
            // receipts must not say that these came
            if (!IsHopeful(ledger, gap)) GiveUp(ledger, gap);
            else Pass(ledger, row, gap);
            streams.Set(row, StreamTable.FirstIsMarked, false);
        }

        bool isMarked = streams.Has(row, StreamTable.FirstIsMarked) &&
            (streams.Has(row, StreamTable.HighIsMarked) || NextOfStream(ledger, entry) >= 0);
        return isMarked || Marks.TryAppendStream(ledger, row, false);
    }

    /// <summary>Gives a hole up for which there is no room: it is not asked for again, and receipts do not speak of it.</summary>
    public static void GiveUp(Ledger ledger, int gap)
    {
        MessageTable messages = ledger.Messages;
        StreamTable streams = ledger.Streams;
        int row = streams.Find(messages.Conversation(gap), messages.Peer(gap));
        int last = messages.LastOf(gap);
        if (last >= streams.Floor(row)) streams.SetFloor(row, last + 1);
        if (Holes.IsLowest(ledger, gap)) Holes.EndBottom(ledger, row);
        ledger.Counters.Lost += last - messages.N(gap) + 1;
        messages.Remove(gap);
    }

    private static void Pass(Ledger ledger, int row, int gap)
    {
        if (Holes.IsLowest(ledger, gap)) ledger.Streams.Set(row, StreamTable.BottomIsHole, false);
        ledger.Messages.Set(gap, MessageTable.IsPassedFlag, true);
    }

    private static int GapBeside(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        int above = NextOfStream(ledger, entry);
        if (above >= 0 && messages.IsGap(above) && !Holes.IsPassed(ledger, above)) return above;
        for (int i = messages.Previous(entry); i >= 0; i = messages.Previous(i))
            if (messages.IsSameStream(i, messages.Peer(entry))) return messages.IsGap(i) && !Holes.IsPassed(ledger, i) ? i : -1;
        return -1;
    }

    private static int NextOfStream(Ledger ledger, int entry)
    {
        for (int i = ledger.Messages.Next(entry); i >= 0; i = ledger.Messages.Next(i))
            if (ledger.Messages.IsSameStream(i, ledger.Messages.Peer(entry))) return i;
        return -1;
    }

    private static int Longest(Ledger ledger)
    {
        int longest = -1;
        int length = 0;
        for (int i = 0; i < ledger.Conversations.Capacity; i++)
        {
            if (!ledger.Conversations.IsUsed(i) || ledger.Conversations.Length(i) <= length) continue;
            longest = i;
            length = ledger.Conversations.Length(i);
        }

        return longest;
    }
}
