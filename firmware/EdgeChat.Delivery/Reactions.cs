using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Reactions: hidden messages that stand at the one they are for. Of each sender the last one counts.</summary>
internal static class Reactions
{
    /// <summary>Marks the messages of a conversation that have reactions.</summary>
    public static void MarkAll(Ledger ledger, int conversation)
    {
        ledger.Conversations.Set(conversation, ConversationTable.AwaitsFlag, false);
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
        {
            if (ledger.Messages.Kind(i) != EntryKind.Reaction || !ledger.Keeper.ReadMessage(i)) continue;
            MessageRecord record = ledger.Record;
            Mark(ledger, conversation, record.Bytes, record.ReplyStart, record.ReplyCount);
        }
    }

    /// <summary>Marks the message that a reaction is for. When that is above all that have come, its conversation has
    /// <see cref="ConversationTable.AwaitsFlag"/> until it comes.</summary>
    public static void Mark(Ledger ledger, int conversation, byte[] target, int start, int count)
    {
        int message = NamedMessage.Find(ledger, conversation, target, start, count);
        if (message >= 0)
        {
            ledger.Messages.Set(message, MessageTable.HasReactionsFlag, true);
            ledger.Revision++;
        }
        else if (IsAhead(ledger, conversation, MessageId.SenderOf(target, start, count), MessageId.NumberOf(target, start, count)))
            ledger.Conversations.Set(conversation, ConversationTable.AwaitsFlag, true);
    }

    /// <summary>The reactions to a message as text, each with its count when it is above 1; null when there are none.</summary>
    public static string Read(Ledger ledger, int message)
    {
        if (!ledger.Messages.Has(message, MessageTable.HasReactionsFlag)) return null;
        int conversation = ledger.Messages.Conversation(message);
        int count = 0;
        int[] senders = new int[Limits.MessagesOfConversation];
        string[] emojis = Column.Strings(Limits.MessagesOfConversation);
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
        {
            if (ledger.Messages.Kind(i) != EntryKind.Reaction || !ledger.Keeper.ReadMessage(i)) continue;
            MessageRecord record = ledger.Record;
            string emoji = record.ContentCount == 0
                ? null
                : Encoding.UTF8.GetString(record.Bytes, record.ContentStart, record.ContentCount);
            if (TargetOf(ledger, conversation) != message) continue;
            int place = 0;
            while (place < count && senders[place] != ledger.Messages.Peer(i)) place++;
            senders[place] = ledger.Messages.Peer(i);
            emojis[place] = emoji;
            if (place == count) count++;
        }

        return Join(emojis, count);
    }

    private static string Join(string[] emojis, int count)
    {
        string text = null;
        for (int i = 0; i < count; i++)
        {
            if (emojis[i] == null) continue;
            int same = 1;
            for (int k = i + 1; k < count; k++)
            {
                if (emojis[k] != emojis[i]) continue;
                same++;
                emojis[k] = null;
            }

            string one = same == 1 ? emojis[i] : emojis[i] + same.ToString();
            text = text == null ? one : string.Concat(text, " ", one);
        }

        return text;
    }

    // members send in topics of their own, so a reaction may overtake its message
    private static bool IsAhead(Ledger ledger, int conversation, string sender, int n)
    {
        int peer = sender == null ? -1 : ledger.Ids.Find(sender);
        if (peer < 0 || peer == ledger.MyNumber) return false;
        int row = ledger.Streams.Find(conversation, peer);
        return row < 0 || n > ledger.Streams.High(row);
    }

    private static int TargetOf(Ledger ledger, int conversation)
    {
        MessageRecord record = ledger.Record;
        return NamedMessage.Find(ledger, conversation, record.Bytes, record.ReplyStart, record.ReplyCount);
    }
}
