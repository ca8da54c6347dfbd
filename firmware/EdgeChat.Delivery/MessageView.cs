using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Puts an entry of the message table into what a screen shows.</summary>
internal static class MessageView
{
    /// <summary>What stands there.</summary>
    public static MessageKind KindOf(Ledger ledger, int entry)
    {
        switch (ledger.Messages.Kind(entry))
        {
            case EntryKind.Text: return MessageKind.Text;
            case EntryKind.Value:
            case EntryKind.Location: return MessageKind.Value;
            case EntryKind.Event: return MessageKind.Event;
            case EntryKind.Gap: return MessageKind.Missing;
            case EntryKind.Lost: return MessageKind.Lost;
            case EntryKind.TakenBack: return MessageKind.TakenBack;
            default: return MessageKind.Unsupported;
        }
    }

    /// <summary>Its text for people.</summary>
    public static int ReadText(Ledger ledger, int entry, byte[] buffer)
    {
        byte kind = ledger.Messages.Kind(entry);
        if (kind > EntryKind.Event)
        {
            if (EntryKind.IsRange(kind)) return Put(WordsOfRange(ledger.Messages, entry, kind), buffer);
            if (kind == EntryKind.TakenBack) return Put("taken back", buffer);
        }

        if (ledger.Messages.Has(entry, MessageTable.IsEditedFlag)) entry = Edits.Wording(ledger, entry);
        if (!ledger.Keeper.ReadContent(entry)) return Put("damaged message", buffer);
        MessageRecord record = ledger.Record;
        switch (kind)
        {
            case EntryKind.Value: return Put(Join(Pair.First(record), " ", Pair.Second(record)), buffer);
            case EntryKind.Location: return Put(Join(Pair.First(record), ", ", Pair.Second(record)), buffer);
            case EntryKind.Unsupported:
                string type = record.ContentCount == 0
                    ? ""
                    : Encoding.UTF8.GetString(record.Bytes, record.ContentStart, record.ContentCount);
                return Put(string.Concat("unsupported message (", type, ")"), buffer);
            default: return Copy(record.Bytes, record.ContentStart, record.ContentCount, buffer);
        }
    }

    /// <summary>What it answers, as "name: beginning of the text", or null.</summary>
    public static string ReplyQuoteOf(Ledger ledger, int entry)
    {
        if (!ledger.Messages.Has(entry, MessageTable.HasReplyFlag) || !ledger.Keeper.ReadContent(entry)) return null;
        MessageRecord record = ledger.Record;
        string sender = MessageId.SenderOf(record.Bytes, record.ReplyStart, record.ReplyCount);
        if (sender == null) return null;
        int target = NamedMessage.Find(ledger, ledger.Messages.Conversation(entry), record.Bytes, record.ReplyStart, record.ReplyCount);
        if (target < 0) return sender + ": \u2026";
        var quote = new byte[Limits.QuoteBytes];
        int count = ReadText(ledger, target, quote);
        return string.Concat(SenderNameOf(ledger, target), ": ", count == 0 ? "" : Encoding.UTF8.GetString(quote, 0, count));
    }

    /// <summary>The device id of who sent it.</summary>
    public static string SenderOf(Ledger ledger, int entry)
    {
        int peer = ledger.Messages.Peer(entry);
        return peer < 0 ? ledger.Me.DeviceId : ledger.Ids.At(peer);
    }

    /// <summary>The name for people of who sent it.</summary>
    public static string SenderNameOf(Ledger ledger, int entry)
    {
        int peer = ledger.Messages.Peer(entry);
        if (peer >= 0) return ledger.Contacts.NameOf(peer);
        return ledger.Me.DisplayName == null ? ledger.Me.DeviceId : ledger.Me.DisplayName;
    }

    /// <summary>The name for people of a group.</summary>
    public static string GroupNameOf(Ledger ledger, int conversation)
    {
        int group = ledger.Groups.Find(conversation);
        string name = group < 0 ? null : ledger.Groups.Name(group);
        return name == null ? ledger.Ids.At(ledger.Conversations.Id(conversation)) : name;
    }

    /// <summary>Members of a group, this board included.</summary>
    public static int MemberCountOf(Ledger ledger, int conversation)
    {
        int group = ledger.Groups.Find(conversation);
        return group < 0 ? 0 : ledger.Groups.CountOf(group);
    }

    /// <summary>Number of the id of the member at a place, or -1.</summary>
    public static int MemberAt(Ledger ledger, int conversation, int place)
    {
        int group = ledger.Groups.Find(conversation);
        int slot = group < 0 ? -1 : ledger.Groups.SlotAt(group, place);
        return slot < 0 ? -1 : ledger.Groups.MemberAt(group, slot);
    }

    /// <summary>The id by which bodies name it, or null when it has no number.</summary>
    public static string IdOf(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        if (messages.Has(entry, MessageTable.IsPlainFlag) || !EntryKind.HasContent(messages.Kind(entry))) return null;
        int incarnation = ledger.Me.Incarnation;
        if (!messages.IsMine(entry))
        {
            if (!ledger.Keeper.ReadMessage(entry)) return null;
            incarnation = ledger.Record.Life & 0xFFFF;
        }

        return MessageId.Write(SenderOf(ledger, entry), incarnation, messages.N(entry));
    }

    private static string WordsOfRange(MessageTable messages, int entry, byte kind)
    {
        int count = messages.LastOf(entry) - messages.N(entry) + 1;
        string what = count == 1 ? "1 message " : count.ToString() + " messages ";
        return what + (kind == EntryKind.Gap ? "missing, asked again" : kind == EntryKind.Lost ? "lost" : "withdrawn");
    }

    private static string Join(string first, string divider, string second)
    {
        return second == null ? first : string.Concat(first, divider, second);
    }

    private static int Put(string text, byte[] buffer)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Copy(bytes, 0, bytes.Length, buffer);
    }

    // cut where a character begins
    private static int Copy(byte[] from, int start, int count, byte[] buffer)
    {
        if (count > buffer.Length)
        {
            count = buffer.Length;
            while (count > 0 && (from[start + count] & 0xC0) == 0x80) count--;
        }

        System.Array.Copy(from, start, buffer, 0, count);
        return count;
    }
}
