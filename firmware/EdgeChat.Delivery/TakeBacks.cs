using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Markers by which a sender takes back what it has sent: hidden messages of its stream. Who has not shown the message leaves
/// nothing of it to see, who has says that it was taken back.</summary>
internal static class TakeBacks
{
    /// <summary>Does what a marker of a device says, before the marker itself counts; false when the flash refuses.</summary>
    public static bool Take(Ledger ledger, int conversation, int row, byte[] target)
    {
        MessageTable messages = ledger.Messages;
        int peer = ledger.Streams.Peer(row);
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        int entry = NamedMessage.Find(ledger, conversation, target, 0, target.Length);
        if (entry < 0 || messages.Peer(entry) != peer || !EntryKind.IsMessage(messages.Kind(entry))) return true;
        bool wasShown = messages.N(entry) <= ledger.Streams.Shown(row) &&
            !messages.Has(entry, MessageTable.IsUnseenFlag | MessageTable.IsHeldFlag);
        SendError error = Clearing.Empty(ledger, entry, wasShown ? EntryKind.TakenBack : EntryKind.Deleted);
        return error == SendError.None || error == SendError.NotHere;
    }

    /// <summary>Whether a device has taken back the message with a number.</summary>
    public static bool Has(Ledger ledger, int conversation, int peer, int n)
    {
        for (int i = ledger.Conversations.Newest(conversation); i >= 0; i = ledger.Messages.Previous(i))
            if (ledger.Messages.Peer(i) == peer && NumberIn(ledger, i) == n) return true;
        return false;
    }

    /// <summary>Takes back what this board has sent: the marker first, so that a power cut never says that others have it.</summary>
    public static SendError Send(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        int conversation = messages.Conversation(entry);
        int n = messages.N(entry);
        if (!messages.IsMine(entry) || !EntryKind.IsMessage(messages.Kind(entry))) return SendError.NotHere;
        SendError error = Outbox.Send(ledger, conversation, EntryKind.TakeBack, new byte[0], 0, 0, MessageView.IdOf(ledger, entry), false);
        if (error != SendError.None) return error;
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        entry = messages.Find(conversation, -1, n);
        if (entry >= 0 && Clearing.Empty(ledger, entry, EntryKind.TakenBack) != SendError.None)
            Clearing.NoteEmpty(ledger, entry, EntryKind.TakenBack); // as each start will, by the marker
        return SendError.None;
    }

    /// <summary>In the topic of a sealed group that this board has left nobody reads it any more: markers that wait go from inbox to inbox,
    /// as what is sent again.</summary>
    public static void PassOn(Ledger ledger, int conversation)
    {
        MessageTable messages = ledger.Messages;
        if (ledger.Groups.IsMember(ledger.Groups.Find(conversation))) return;
        for (int i = messages.Own(ledger.Conversations.Oldest(conversation)); i >= 0; i = messages.Own(messages.Next(i)))
        {
            bool waits = messages.Kind(i) == EntryKind.TakeBack && messages.Tick(i) == Tick.Clock;
            if (waits) Outbox.Confirm(ledger, conversation, messages.N(i));
        }
    }

    /// <summary>After a start: a power cut may have come between a marker of this board and its message.</summary>
    public static void Settle(Ledger ledger, int conversation)
    {
        MessageTable messages = ledger.Messages;
        for (int i = ledger.Conversations.Newest(conversation); i >= 0; i = messages.Previous(i))
        {
            int n = messages.IsMine(i) ? NumberIn(ledger, i) : 0;
            int entry = n == 0 ? -1 : messages.Find(conversation, -1, n);
            if (entry >= 0 && EntryKind.IsMessage(messages.Kind(entry))) Clearing.NoteEmpty(ledger, entry, EntryKind.TakenBack);
        }
    }

    // of the message that a marker takes back; 0 when the entry is none
    private static int NumberIn(Ledger ledger, int entry)
    {
        return ledger.Messages.Kind(entry) == EntryKind.TakeBack ? NamedMessage.NumberIn(ledger, entry) : 0;
    }
}
