using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Turns holes, or parts of them, into what is known of them for good: lost, or taken back by the sender.</summary>
internal static class LostRanges
{
    /// <summary>Takes the sender's word that it no longer has a range.</summary>
    public static void Take(Ledger ledger, int row, int from, int to, bool isWithdrawn, long nowMs)
    {
        MessageTable messages = ledger.Messages;
        int conversation = ledger.Streams[row, StreamField.Conversation];
        int peer = ledger.Streams[row, StreamField.Peer];
        int next;
        for (int i = ledger.Conversations.Oldest[conversation]; i >= 0; i = next)
        {
            next = messages.Next[i];
            if (messages.Kind[i] != EntryKind.Gap || !messages.IsSameStream(i, peer)) continue;
            int first = from > messages.N[i] ? from : messages.N[i];
            int last = to < messages.LastOf(i) ? to : messages.LastOf(i);
            if (first <= last) Settle(ledger, row, i, first, last, isWithdrawn);
        }

        if (Holes.Review(ledger, conversation, peer, nowMs)) ledger.Announce(conversation);
    }

    /// <summary>Writes a part of a hole down as lost or taken back; gives its entry, or -1 when the flash refuses.</summary>
    public static int Settle(Ledger ledger, int row, int gap, int from, int to, bool isWithdrawn)
    {
        MessageTable messages = ledger.Messages;
        int conversation = messages.Conversation[gap];
        int peer = messages.Peer[gap];
        byte kind = isWithdrawn ? EntryKind.Withdrawn : EntryKind.Lost;
        int order = ledger.Keeper.OrderFrom(messages.Next[gap], peer);
        MessageRecord record = ledger.Record;
        record.Begin(ledger.Conversations, conversation, kind, order, from);
        record.Peer = peer;
        record.Extra = to;
        record.Incarnation = ledger.Streams[row, StreamField.Incarnation];
        // no room is made here: what makes room could take the hole away
        ledger.Keeper.Writer.Length = 0;
        record.Write(ledger.Keeper.Writer, ledger.Ids, null, null, 0, 0);
        int address;
        try
        {
            address = ledger.Keeper.Append(RecordType.In);
        }
        catch (FlashException)
        {
            return -1;
        }

        if (order > ledger.LastOrder) ledger.LastOrder = order;
        int size = ledger.Keeper.Writer.Length + LogRecord.Overhead;
        Holes.Fill(ledger, gap, from, to);
        if (!isWithdrawn) ledger.Counters.Lost += to - from + 1;
        if (messages.IsFull) return -1;
        int entry = messages.Add(conversation, messages.PlaceFor(conversation, peer, from), kind, 0, peer, from);
        messages.SetLackHave(entry, to);
        messages.SetRecord(entry, address, size);
        ledger.Revision++;
        return entry;
    }
}
