using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Reactions: hidden messages that stand at the one they are for. Of each sender the last one counts.</summary>
internal static class Reactions
{
    /// <summary>Marks the messages of a conversation that have reactions.</summary>
    public static void MarkAll(Ledger ledger, int conversation)
    {
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
            if (ledger.Messages.Kind(i) == EntryKind.Reaction && ledger.Keeper.ReadMessage(i)) Mark(ledger, TargetOf(ledger, conversation));
    }

    /// <summary>Marks the message that a reaction is for.</summary>
    public static void Mark(Ledger ledger, int conversation, byte[] target, int start, int count)
    {
        Mark(ledger, MessageId.Find(ledger, conversation, target, start, count));
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

    private static void Mark(Ledger ledger, int message)
    {
        if (message < 0) return;
        ledger.Messages.Set(message, MessageTable.HasReactionsFlag, true);
        ledger.Revision++;
    }

    private static int TargetOf(Ledger ledger, int conversation)
    {
        MessageRecord record = ledger.Record;
        return MessageId.Find(ledger, conversation, record.Bytes, record.ReplyStart, record.ReplyCount);
    }
}
