using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes receipts: what the others have of this board's messages, and have shown.</summary>
/// <remarks>A receipt only ever raises ticks, so one that comes late, twice or out of order does no harm. It speaks of numbers from its
/// <c>f</c> to its <c>d</c>, holes excluded, and of nothing else.</remarks>
internal static class ReceiptBook
{
    /// <summary>Takes the ledger's body, a receipt of a device about this board's stream in a conversation.</summary>
    public static void Take(Ledger ledger, int conversation, int peer)
    {
        Body body = ledger.Body;
        if (Lives.IsCounterLost(ledger, conversation, body.StreamIncarnation, body.Have)) return;
        if (body.StreamIncarnation != ledger.Me.Incarnation) return; // about an earlier life of this board
        StreamTable streams = ledger.Streams;
        int row = streams.Take(conversation, peer);
        if (row < 0) return;
        if (body.Incarnation < streams.ReaderIncarnation(row))
        {
            Receipts.Owe(ledger, row); // it does not know that it began anew
            return;
        }

        if (ledger.Again.Count > 0) ledger.Again.Open(row);
        bool isChanged = body.Incarnation > streams.ReaderIncarnation(row);
        if (isChanged) Invitations.OnIncarnation(ledger, peer, body.Incarnation);
        if (isChanged) streams.SetReaderIncarnation(row, body.Incarnation);
        MessageTable messages = ledger.Messages;
        int bit = Ticks.BitOf(ledger, row);
        int from = 0; // the first that it did not have before
        int raised = 0; // the first that has come further
        int lowest = body.First;
        int have = body.Have;
        int shown = body.Shown;
        bool hasHoles = body.HoleCount > 0;
        int first = messages.OwnLacking(ledger.Conversations.Oldest(conversation), Tick.Shown); // what all have shown stays so
        for (int i = first; i >= 0; i = messages.OwnLacking(messages.Next(i), Tick.Shown))
        {
            int n = messages.N(i);
            if (n < lowest || n > have || (hasHoles && IsHole(body, n))) continue;
            if (from == 0 && !Ticks.Has(messages, i, bit, Tick.Two)) from = n;
            if (Ticks.Raise(ledger, i, bit, n <= shown ? Tick.Shown : Tick.Two) && raised == 0) raised = n;
        }

        if (!isChanged && raised == 0) return;
        ledger.Revision++;
        Resends.OnReceipt(ledger, row, first);
        if (!Marks.TryAppendReceipt(ledger, row, first, from, raised <= shown ? raised : 0)) Undo(ledger, row, bit);
        GroupKeys.ForgetKeys(ledger);
    }

    // what the flash refuses is not shown: messages have the ticks that a restart would find, and go again, so that the receipt comes again
    private static void Undo(Ledger ledger, int row, int bit)
    {
        MessageTable messages = ledger.Messages;
        int conversation = ledger.Streams.Conversation(row);
        int group = ledger.Groups.Find(conversation);
        for (int i = messages.Own(ledger.Conversations.Oldest(conversation)); i >= 0; i = messages.Own(messages.Next(i)))
        {
            if (!EntryKind.HasContent(messages.Kind(i)) || !ledger.Keeper.ReadMessage(i)) continue;
            MessageRecord record = ledger.Record;
            int lacks = group < 0 ? 0 : record.Extra & bit & ledger.Groups.BitsAt(group, record.Order);
            if (group >= 0 && lacks == 0) continue;
            messages.SetLacks(i, messages.LackHave(i) | lacks, messages.LackShown(i) | lacks);
            bool isConfirmed = record.N <= ledger.Conversations.Confirmed(conversation);
            messages.SetTick(i, record.IsFailed ? Tick.Failed : isConfirmed ? Tick.One : Tick.Clock);
        }

        Marks.ReadTicks(ledger, row);
        Resends.OnReceipt(ledger, row, ledger.Conversations.Oldest(conversation));
    }

    private static bool IsHole(Body body, int n)
    {
        for (int i = 0; i < body.HoleCount; i++)
            if (body.Holes[i] == n) return true;
        return false;
    }
}
