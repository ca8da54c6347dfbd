using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Stars that a person gives messages: a bit of the message's record on this board, which others never learn of.</summary>
internal static class Stars
{
    /// <summary>Gives a message a star or takes it, on flash first.</summary>
    public static SendError Set(Ledger ledger, int entry, bool isStarred)
    {
        MessageTable messages = ledger.Messages;
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        bool isMessage = messages.IsUsed(entry) && messages.IsVisible(entry) && EntryKind.IsMessage(messages.Kind(entry));
        if (!isMessage || !ledger.Keeper.ReadMessage(entry)) return SendError.NotHere; // it may have made room itself
        if (((ledger.Record.Flags & MessageTable.IsStarredFlag) != 0) == isStarred) return SendError.None;
        ledger.Record.Flags ^= MessageTable.IsStarredFlag;
        if (!ledger.Keeper.TryRewrite(entry, true)) return ledger.Keeper.Error;
        messages.Set(entry, MessageTable.IsStarredFlag, isStarred);
        ledger.Revision++;
        return SendError.None;
    }
}
