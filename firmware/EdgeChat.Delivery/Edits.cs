using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Edits: hidden messages of a sender's stream that give an earlier text of it another wording. The message keeps what was sent,
/// which goes out again to whoever lacks it; the last edit says how it reads.</summary>
internal static class Edits
{
    /// <summary>Whether this board can edit a message now: its own text, not from somebody else, written at most
    /// <see cref="Limits.EditSeconds"/> ago.</summary>
    public static bool CanSend(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        if (!messages.IsMine(entry) || !IsEditable(messages, entry)) return false;
        long written = UnixSeconds.Unpack(messages.Time(entry));
        return written > 0 && ledger.UnixNow >= written && ledger.UnixNow - written <= Limits.EditSeconds;
    }

    /// <summary>Whether an edit of a device, the ledger's body, changes nothing, because it comes too late or its message is none any more.
    /// One that comes too late is counted.</summary>
    public static bool IsVoid(Ledger ledger, int conversation, int peer, byte[] reply)
    {
        MessageTable messages = ledger.Messages;
        int n = MessageId.NumberOf(reply, 0, reply.Length);
        int entry = messages.Find(conversation, peer, n);
        if (n == 0 || TakeBacks.Has(ledger, conversation, peer, n)) return true;
        if (entry < 0 || messages.IsGap(entry)) return false; // it may come yet
        if (!IsEditable(messages, entry)) return true;
        if (IsInTime(messages.Time(entry), UnixSeconds.Pack(ledger.Body.Time))) return false;
        ledger.Counters.Refuse(BodyError.OutOfRange);
        return true;
    }

    /// <summary>The entry that has how a message reads: itself, or its last edit.</summary>
    public static int Wording(Ledger ledger, int entry)
    {
        int edit = Last(ledger, entry);
        return edit < 0 ? entry : edit;
    }

    /// <summary>The last edit of a message, or -1.</summary>
    public static int Last(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        if (!messages.Has(entry, MessageTable.IsEditedFlag)) return -1;
        for (int i = ledger.Conversations.Newest(messages.Conversation(entry)); i >= 0 && i != entry; i = messages.Previous(i))
            if (messages.Kind(i) == EntryKind.Edit && messages.Peer(i) == messages.Peer(entry) && TargetOf(ledger, i) == entry) return i;
        return -1;
    }

    /// <summary>Marks the message that an edit is about, when it is there.</summary>
    public static void Mark(Ledger ledger, int edit)
    {
        int entry = TargetOf(ledger, edit);
        if (entry < 0) return;
        ledger.Messages.Set(entry, MessageTable.IsEditedFlag, true);
        ledger.Revision++;
    }

    /// <summary>Marks all messages of a conversation that were edited: after a start, or when one came after its edit.</summary>
    public static void MarkAll(Ledger ledger, int conversation)
    {
        for (int i = ledger.Conversations.Newest(conversation); i >= 0; i = ledger.Messages.Previous(i))
            if (ledger.Messages.Kind(i) == EntryKind.Edit) Mark(ledger, i);
    }

    /// <summary>Nothing is left of what the edits of a message say; false when the flash refuses.</summary>
    public static bool Forget(Ledger ledger, int entry)
    {
        for (int edit = Last(ledger, entry); edit >= 0; edit = Last(ledger, entry))
            if (Clearing.Empty(ledger, edit, ledger.Messages.IsMine(edit) ? EntryKind.Withdrawn : EntryKind.Deleted) != SendError.None)
                return false;
        ledger.Messages.Set(entry, MessageTable.IsEditedFlag, false);
        return true;
    }

    private static bool IsEditable(MessageTable messages, int entry)
    {
        return messages.Kind(entry) == EntryKind.Text && !messages.Has(entry, MessageTable.IsForwardedFlag | MessageTable.IsPlainFlag);
    }

    private static bool IsInTime(int written, int edited)
    {
        long seconds = UnixSeconds.Unpack(edited) - UnixSeconds.Unpack(written);
        return seconds >= -Limits.EditToleranceSeconds && seconds <= Limits.EditSeconds + Limits.EditToleranceSeconds;
    }

    // in the same life of the same sender; -1 when it is not there or the edit came too late for it
    private static int TargetOf(Ledger ledger, int edit)
    {
        MessageTable messages = ledger.Messages;
        int peer = messages.Peer(edit);
        int n = NamedMessage.NumberIn(ledger, edit);
        if (n == 0) return -1;
        bool isOld = messages.Has(edit, MessageTable.IsOldLifeFlag);
        int i = messages.NumberBefore(messages.Previous(edit), peer, n);
        for (; i >= 0; i = messages.NumberBefore(messages.Previous(i), peer, n))
        {
            if (messages.Has(i, MessageTable.IsOldLifeFlag) != isOld || !IsEditable(messages, i)) continue;
            return IsInTime(messages.Time(i), messages.Time(edit)) ? i : -1;
        }

        return -1;
    }
}
