using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Tells the senders what this board has and has shown: one cumulative receipt a stream, never more than one on its way.</summary>
/// <remarks>
/// Those that are owed go out together, and that of a stream alone, as soon as one of these is so:
/// <code>
/// nothing new for 250 ms         all      a sender may wait for it
/// 2 s since the first was owed   all      somebody looks at the ticks
/// 16 messages of a stream        its own  its sender's window is about to be full
/// </code>
/// </remarks>
internal static class Receipts
{
    /// <summary>A receipt is owed for a stream; it waits a little for others to join.</summary>
    public static void Owe(Ledger ledger, int row)
    {
        ledger.Streams.Set(row, StreamTable.ReceiptIsDue, true);
        if (ledger.ReceiptsByMs == 0) ledger.ReceiptsByMs = ledger.NowMs + Limits.ReceiptDelayMs;
        long quietMs = ledger.NowMs + Limits.ReceiptQuietMs;
        ledger.ReceiptsDueMs = quietMs < ledger.ReceiptsByMs ? quietMs : ledger.ReceiptsByMs;
        ledger.DueMs(ledger.ReceiptsDueMs);
    }

    /// <summary>A message of a stream is in flash, so a receipt is owed for it.</summary>
    public static void OweForMessage(Ledger ledger, int row)
    {
        Owe(ledger, row);
        if (ledger.Streams.CountUntold(row) == Limits.ReceiptBatch) ledger.IsReceiptUrgent = true;
    }

    /// <summary>After a start: what was told last may be older than what is on flash.</summary>
    public static void Start(Ledger ledger)
    {
        StreamTable streams = ledger.Streams;
        for (int row = 0; row < streams.Count; row++)
            if (streams.High(row) > 0 && !streams.Has(row, StreamTable.IsTold)) Owe(ledger, row);
    }

    /// <summary>A device has started anew: the last receipt may have been lost with its power.</summary>
    public static void OnNewBoot(Ledger ledger, int peer)
    {
        StreamTable streams = ledger.Streams;
        for (int row = 0; row < streams.Count; row++)
            if (streams.Peer(row) == peer && streams.High(row) > 0) Owe(ledger, row);
    }

    /// <summary>Notes that all that is visible in a conversation has been shown, on flash first.</summary>
    public static void MarkShown(Ledger ledger, int conversation)
    {
        ConversationTable conversations = ledger.Conversations;
        if (conversations.Unread(conversation) == 0 && !HasUntold(ledger, conversation)) return;
        MessageTable messages = ledger.Messages;
        StreamTable streams = ledger.Streams;
        int plain = 0;
        bool hasPlain = conversations.PlainLast(conversation) > conversations.PlainShown(conversation);
        int i = hasPlain ? messages.With(conversations.Oldest(conversation), MessageTable.IsPlainFlag) : -1;
        for (; i >= 0; i = messages.With(messages.Next(i), MessageTable.IsPlainFlag))
            if (messages.N(i) > plain) plain = messages.N(i);
        if (plain > conversations.PlainShown(conversation))
        {
            int before = conversations.PlainShown(conversation);
            conversations.SetPlainShown(conversation, plain);
            if (!Marks.TryAppendConversation(ledger, conversation, true)) conversations.SetPlainShown(conversation, before);
        }

        for (int row = 0; row < streams.Count; row++)
        {
            if (streams.Conversation(row) != conversation) continue;
            int before = streams.Shown(row);
            int last = LastVisible(ledger, row);
            if (last <= before && Unseen.LowestOf(ledger, row) == 0) continue;
            if (last > before) streams.SetShown(row, last);
            streams.Set(row, StreamTable.IsTold, false);
            if (!Marks.TryAppendStream(ledger, row, true, true))
            {
                streams.SetShown(row, before);
                continue;
            }

            Unseen.Clear(ledger, row);
            Owe(ledger, row);
        }

        ledger.Recount(conversation);
    }

    /// <summary>Keeps the time of the receipts in the agenda.</summary>
    public static void OnTime(Ledger ledger)
    {
        if (ledger.ReceiptsByMs != 0 && ledger.ReceiptsDueMs > ledger.NowMs) ledger.DueMs(ledger.ReceiptsDueMs);
    }

    /// <summary>Fills in the next receipt that is due, the rows in turn; false when none is.</summary>
    public static bool Next(Ledger ledger, LinkAction into, FlightTable flights)
    {
        StreamTable streams = ledger.Streams;
        bool isTime = ledger.ReceiptsByMs != 0 && ledger.ReceiptsDueMs <= ledger.NowMs;
        if (!isTime && !ledger.IsReceiptUrgent) return false;
        for (int k = 0; k < streams.Count; k++)
        {
            int row = (ledger.NextReceiptRow + k) % streams.Count;
            if (!streams.Has(row, StreamTable.ReceiptIsDue) || (!isTime && streams.Untold(row) < Limits.ReceiptBatch)) continue;
            if (flights.Has(FlightTable.Receipt, row)) continue; // looked for again when that has ended
            bool isSaid = streams.High(row) > 0 || streams.ReaderIncarnation(row) > streams.Incarnation(row);
            if (isSaid)
            {
                Fill(ledger, row);
                flights.Writer.Write(ledger.Body);
                string topic = Topics.Inbox(ledger.Ids.At(streams.Peer(row)), ledger.Me.DeviceId);
                flights.Put(into, topic, false, FlightTable.Receipt, row, streams.High(row), streams.Shown(row));
            }

            ledger.NextReceiptRow = row + 1;
            streams.Set(row, StreamTable.ReceiptIsDue, false);
            streams.ClearUntold(row);
            if (!isSaid) continue;
            NoteLeft(ledger);
            return true;
        }

        NoteLeft(ledger);
        return false;
    }

    /// <summary>A receipt was confirmed, or was not.</summary>
    /// <param name="ledger">Where the row is.</param>
    /// <param name="row">The row that it was about.</param>
    /// <param name="high">The highest number when it was made.</param>
    /// <param name="shown">Up to which number all was shown when it was made.</param>
    /// <param name="isConfirmed">Whether its PUBACK came.</param>
    public static void OnPublished(Ledger ledger, int row, int high, int shown, bool isConfirmed)
    {
        if (!isConfirmed)
        {
            Owe(ledger, row);
            return;
        }

        if (ledger.Streams.High(row) != high || ledger.Streams.Shown(row) != shown) return;
        ledger.Streams.Set(row, StreamTable.IsTold, true);
        MarkSchedule.Late(ledger, row);
    }

    private static void NoteLeft(Ledger ledger)
    {
        StreamTable streams = ledger.Streams;
        bool isAnyDue = false;
        ledger.IsReceiptUrgent = false;
        for (int row = 0; row < streams.Count; row++)
        {
            if (!streams.Has(row, StreamTable.ReceiptIsDue)) continue;
            isAnyDue = true;
            if (streams.Untold(row) == Limits.ReceiptBatch) ledger.IsReceiptUrgent = true;
        }

        if (!isAnyDue) ledger.ReceiptsByMs = 0;
    }

    private static void Fill(Ledger ledger, int row)
    {
        Body body = ledger.Body;
        StreamTable streams = ledger.Streams;
        MessageTable messages = ledger.Messages;
        int conversation = streams.Conversation(row);
        int peer = streams.Peer(row);
        body.Clear();
        body.Type = BodyTypes.Receipt;
        body.Incarnation = ledger.Me.Incarnation;
        body.StreamIncarnation = streams.Incarnation(row);
        body.Group = ledger.GroupIdOf(conversation);
        if (streams.ReaderIncarnation(row) > streams.Incarnation(row))
        {
            // nothing of that life has come; a device that is in an earlier one learns of it
            body.StreamIncarnation = streams.ReaderIncarnation(row);
            body.Have = 0;
            body.Shown = 0;
            return;
        }

        int first = streams.First(row);
        body.First = streams.Floor(row) > first ? streams.Floor(row) : first;
        int have = streams.High(row);
        int i = messages.GapCount > 0 ? ledger.Conversations.Oldest(conversation) : -1;
        for (; i >= 0; i = messages.Next(i))
        {
            if (!messages.IsGap(i) || !messages.IsSameStream(i, peer)) continue;
            for (int n = messages.N(i); n <= messages.LastOf(i) && n <= have; n++)
            {
                if (n < body.First) continue;
                if (!body.AddHole(n)) have = n - 1; // the rest is told when these are filled
            }
        }

        body.Have = have;
        int shown = streams.Shown(row);
        int unseen = Unseen.LowestOf(ledger, row);
        body.Shown = unseen > 0 && unseen <= shown ? unseen - 1 : shown;
        if (body.Shown > have) body.Shown = have;
    }

    private static bool HasUntold(Ledger ledger, int conversation)
    {
        StreamTable streams = ledger.Streams;
        for (int row = 0; row < streams.Count; row++)
        {
            if (streams.Conversation(row) != conversation) continue;
            if (streams.Shown(row) < streams.High(row) || Unseen.LowestOf(ledger, row) > 0) return true;
        }

        return false;
    }

    // what stands behind a young hole is not on the screen
    private static int LastVisible(Ledger ledger, int row)
    {
        MessageTable messages = ledger.Messages;
        int peer = ledger.Streams.Peer(row);
        int i = messages.OfStreamBefore(ledger.Conversations.Newest(ledger.Streams.Conversation(row)), peer);
        for (; i >= 0; i = messages.OfStreamBefore(messages.Previous(i), peer))
            if (!messages.IsGap(i) && !messages.Has(i, MessageTable.IsHeldFlag)) return messages.LastOf(i);
        return 0;
    }
}
