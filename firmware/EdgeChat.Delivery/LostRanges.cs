using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Turns holes, or parts of them, into what is known of them for good: lost, or taken back by the sender.</summary>
internal static class LostRanges
{
    /// <summary>Takes the sender's word that it no longer has a range.</summary>
    public static void Take(Ledger ledger, int row, int from, int to, bool isWithdrawn)
    {
        MessageTable messages = ledger.Messages;
        int conversation = ledger.Streams.Conversation(row);
        int peer = ledger.Streams.Peer(row);
        int next;
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = next)
        {
            next = messages.Next(i);
            if (!messages.IsGap(i) || !messages.IsSameStream(i, peer)) continue;
            int first = from > messages.N(i) ? from : messages.N(i);
            int last = to < messages.LastOf(i) ? to : messages.LastOf(i);
            if (first <= last) Settle(ledger, row, i, first, last, isWithdrawn);
        }

        if (Holes.Review(ledger, conversation, peer)) ledger.Announce(conversation);
    }

    /// <summary>Writes a part of a hole down as lost or taken back; gives its entry, or -1 when the flash refuses.</summary>
    public static int Settle(Ledger ledger, int row, int gap, int from, int to, bool isWithdrawn)
    {
        MessageTable messages = ledger.Messages;
        if (Holes.IsPassed(ledger, gap))
        {
            // it has given way on flash already
            Room.GiveUp(ledger, gap);
            return -1;
        }

        int conversation = messages.Conversation(gap);
        int peer = messages.Peer(gap);
        byte kind = isWithdrawn ? EntryKind.Withdrawn : EntryKind.Lost;
        int order = ledger.Keeper.OrderFrom(messages.Next(gap), peer);
        MessageRecord record = ledger.Record;
        record.Begin(ledger.Conversations, conversation, kind, order, from);
        record.Peer = peer;
        record.Extra = to;
        record.Life = ledger.Streams.Life(row);
        // no room is made on flash: what makes room could take the hole away
        messages.Reserve(2, 2);
        record.Write(ledger.Keeper.BeginAsIs(), ledger.Ids, null, null, 0, 0);
        int address = ledger.Keeper.TryAppend(RecordType.In);
        if (address == 0) return -1;
        if (order > ledger.LastOrder) ledger.LastOrder = order;
        Holes.Fill(ledger, gap, from, to);
        if (!isWithdrawn) ledger.Counters.Lost += to - from + 1;
        if (messages.IsFull) return -1;
        int before = messages.PlaceFor(conversation, peer, from);
        int entry = messages.Add(conversation, before, kind, 0, peer, from, address, ledger.Keeper.RecordLength, 0);
        messages.SetEnd(entry, to);
        ledger.Revision++;
        return entry;
    }
}
