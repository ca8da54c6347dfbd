using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The message that a <see cref="MessageId"/> names.</summary>
internal static class NamedMessage
{
    /// <summary>The message of a conversation that the id in a buffer names, or -1.</summary>
    public static int Find(Ledger ledger, int conversation, byte[] bytes, int start, int count)
    {
        int n = MessageId.NumberOf(bytes, start, count);
        int sender = n == 0 ? -1 : ledger.Ids.Find(bytes, start, MessageId.SenderLength(bytes, start, count));
        if (sender < 0) return -1;
        int entry = ledger.Messages.Find(conversation, sender == ledger.MyNumber ? -1 : sender, n);
        bool isThere = entry >= 0 && EntryKind.HasContent(ledger.Messages.Kind(entry)) &&
            !ledger.Messages.Has(entry, MessageTable.IsHiddenFlag);
        return isThere ? entry : -1;
    }

    /// <summary>The number in the id that an entry names; 0 when it names none, or is damaged.</summary>
    public static int NumberIn(Ledger ledger, int entry)
    {
        if (!ledger.Keeper.ReadContent(entry)) return 0;
        MessageRecord record = ledger.Record;
        return MessageId.NumberOf(record.Bytes, record.ReplyStart, record.ReplyCount);
    }
}
