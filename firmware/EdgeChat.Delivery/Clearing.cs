using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Deletes conversations, and messages one by one, on this board: what is deleted is dead, on flash too, and no number is ever
/// used again.</summary>
internal static class Clearing
{
    /// <summary>Empties a conversation and, unless it is a group that this board is in, closes it. An invitation that waits is
    /// declined.</summary>
    public static SendError Delete(Ledger ledger, int conversation)
    {
        ConversationTable table = ledger.Conversations;
        int group = ledger.Groups.Find(conversation);
        if (ledger.Groups.Inviter(group) >= 0)
        {
            SendError error = Invitations.Decline(ledger, group);
            if (error != SendError.None || !table.IsOpen(conversation)) return error;
        }

        int before = table.ClearedOrder(conversation);
        table.SetClearedOrder(conversation, ledger.LastOrder);
        bool isClosed = !ledger.Groups.IsMember(group) && table.Close(conversation);
        // what is shown and what was had is told by marks once the messages are gone
        int shown = table.PlainShown(conversation);
        table.SetPlainShown(conversation, table.PlainLast(conversation));
        for (int row = 0; row < ledger.Streams.Count; row++)
        {
            if (ledger.Streams.Conversation(row) != conversation) continue;
            GiveUpHoles(ledger, row);
            Marks.TryAppendStream(ledger, row, true);
        }

        if (!Marks.TryAppendConversation(ledger, conversation, true))
        {
            table.SetClearedOrder(conversation, before);
            table.SetPlainShown(conversation, shown);
            if (isClosed) table.Open(conversation);
            return ledger.Keeper.Error;
        }

        int next;
        for (int i = table.Oldest(conversation); i >= 0; i = next)
        {
            next = ledger.Messages.Next(i);
            if (!Outlives(ledger.Messages, i)) ledger.Messages.Remove(i);
        }

        if (group >= 0) GroupMarks.EndGone(ledger, group);
        if (ledger.Arrival == conversation) ledger.Arrival = -1;
        ledger.Recount(conversation);
        return SendError.None;
    }

    /// <summary>Whether a message of this board waits and does something at others, so that it goes out although its conversation was
    /// deleted: what is taken back, invitations, leaves, keys.</summary>
    public static bool Outlives(MessageTable messages, int entry)
    {
        byte kind = messages.Kind(entry);
        if (kind != EntryKind.TakeBack && kind != EntryKind.Control) return false;
        return messages.Tick(entry) == Tick.Clock || messages.Tick(entry) == Tick.One;
    }

    /// <summary>Writes the numbers of what <see cref="Outlives"/> to the end of the mark of a conversation in which something was ever
    /// deleted: the order of what was says that it is gone.</summary>
    public static void PutOutliving(Ledger ledger, RecordWriter to, int conversation)
    {
        if (ledger.Conversations.ClearedOrder(conversation) == 0) return;
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
            if (Outlives(ledger.Messages, i)) to.PutInt(ledger.Messages.N(i));
    }

    /// <summary>Whether the mark of a conversation has the number of a message of this board.</summary>
    public static bool HasOutlived(Ledger ledger, int conversation, int n)
    {
        RecordReader from = ledger.Keeper.ReadRecord(ledger.Conversations.Mark(conversation));
        if (from == null) return false;
        from.TakeId(ledger.Ids);
        from.TakeByte();
        from.SkipInts(Marks.NumbersOfConversation);
        while (from.Rest > 0)
            if (from.TakeInt() == n) return true;
        return false;
    }

    /// <summary>Deletes a message, or the line of a lost range. It keeps its place and number, so that it never comes again and receipts
    /// stay true; one of this board that somebody lacks, or its last edit, keeps what it says too, which is sent to them.</summary>
    public static SendError DeleteMessage(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (!messages.IsUsed(entry) || !messages.IsVisible(entry)) return SendError.None; // it has made room itself
        bool isMine = messages.IsMine(entry);
        int wording = Edits.Wording(ledger, entry);
        if (!isMine || (messages.Waiting(entry) != entry && messages.Waiting(wording) != wording))
        {
            byte kind = messages.Kind(entry);
            // who asks for it is told what has become of it
            bool leavesNothing = EntryKind.IsRange(kind) || (isMine && kind == EntryKind.TakenBack);
            return Empty(ledger, entry, leavesNothing ? EntryKind.Withdrawn : EntryKind.Deleted);
        }

        if (!ledger.Keeper.ReadMessage(entry)) return SendError.NotHere;
        ledger.Record.Flags |= MessageTable.IsHiddenFlag;
        ledger.Record.Flags &= ~MessageTable.IsStarredFlag;
        if (!ledger.Keeper.TryRewrite(entry, true)) return ledger.Keeper.Error;
        messages.Set(entry, MessageTable.IsHiddenFlag, true);
        messages.Set(entry, MessageTable.IsStarredFlag, false);
        ledger.Revision++;
        return SendError.None;
    }

    /// <summary>Writes the record of a message again without what it said, as one of another kind; what its edits say goes before, so that
    /// a flash that refuses leaves nothing half done that nobody would do again.</summary>
    public static SendError Empty(Ledger ledger, int entry, byte kind)
    {
        if (!Edits.Forget(ledger, entry)) return ledger.Keeper.Error;
        if (!ledger.Keeper.ReadMessage(entry)) return SendError.NotHere;
        MessageRecord record = ledger.Record;
        record.Kind = kind;
        record.IsFailed = false;
        record.Flags &= ~(MessageTable.IsForwardedFlag | MessageTable.IsStarredFlag);
        if (!ledger.Keeper.TryRewrite(entry, false)) return ledger.Keeper.Error;
        NoteEmpty(ledger, entry, kind);
        return SendError.None;
    }

    /// <summary>Nothing is left of a message but its place.</summary>
    public static void NoteEmpty(Ledger ledger, int entry, byte kind)
    {
        MessageTable messages = ledger.Messages;
        if (messages.IsMine(entry))
        {
            messages.SetLacks(entry, 0, 0);
            messages.SetTick(entry, Tick.None); // nobody waits for it
        }

        const int OfText = MessageTable.HasReplyFlag | MessageTable.HasReactionsFlag | MessageTable.IsForwardedFlag |
            MessageTable.IsEditedFlag | MessageTable.IsStarredFlag;
        messages.Set(entry, OfText, false);
        messages.SetKind(entry, kind);
        ledger.Recount(messages.Conversation(entry));
    }

    private static void GiveUpHoles(Ledger ledger, int row)
    {
        int conversation = ledger.Streams.Conversation(row);
        int next;
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = next)
        {
            next = ledger.Messages.Next(i);
            if (ledger.Messages.IsGap(i) && ledger.Messages.Peer(i) == ledger.Streams.Peer(row)) Room.GiveUp(ledger, i);
        }
    }
}
