using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Puts an entry of the message table into what a screen shows.</summary>
internal sealed class MessageView
{
    private const int QuoteBytes = 40;
    private readonly Ledger _ledger;
    private readonly byte[] _quote = new byte[QuoteBytes];

    public MessageView(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>The next visible entry from this one on, backwards or forwards, or -1.</summary>
    public int Visible(int entry, bool isForward)
    {
        while (entry >= 0 && !_ledger.Messages.IsVisible(entry)) entry = isForward ? _ledger.Messages.Next[entry] : _ledger.Messages.Previous[entry];
        return entry;
    }

    /// <summary>What stands there.</summary>
    public MessageKind KindOf(int entry)
    {
        switch (_ledger.Messages.Kind[entry])
        {
            case EntryKind.Text: return MessageKind.Text;
            case EntryKind.Value:
            case EntryKind.Location: return MessageKind.Value;
            case EntryKind.Event: return MessageKind.Event;
            case EntryKind.Gap: return MessageKind.Missing;
            case EntryKind.Lost: return MessageKind.Lost;
            default: return MessageKind.Unsupported;
        }
    }

    /// <summary>Its text for people.</summary>
    public int ReadText(int entry, byte[] buffer)
    {
        byte kind = _ledger.Messages.Kind[entry];
        if (EntryKind.IsRange(kind))
        {
            int count = _ledger.Messages.LastOf(entry) - _ledger.Messages.N[entry] + 1;
            string what = count == 1 ? "1 message " : count.ToString() + " messages ";
            return Put(what + (kind == EntryKind.Gap ? "missing, asked again" : kind == EntryKind.Lost ? "lost" : "withdrawn"), buffer);
        }

        if (!_ledger.Keeper.ReadMessage(entry)) return Put("damaged message", buffer);
        MessageRecord record = _ledger.Record;
        switch (kind)
        {
            case EntryKind.Value: return Put(Join(Pair.First(record), " ", Pair.Second(record)), buffer);
            case EntryKind.Location: return Put(Join(Pair.First(record), ", ", Pair.Second(record)), buffer);
            case EntryKind.Unsupported:
                string type = record.ContentCount == 0 ? "" : Encoding.UTF8.GetString(record.Bytes, record.ContentStart, record.ContentCount);
                return Put(string.Concat("unsupported message (", type, ")"), buffer);
            default: return Copy(record.Bytes, record.ContentStart, record.ContentCount, buffer);
        }
    }

    /// <summary>What it answers, as "name: beginning of the text", or null.</summary>
    public string ReplyQuoteOf(int entry)
    {
        if (!_ledger.Messages.Has(entry, MessageTable.HasReplyFlag) || !_ledger.Keeper.ReadMessage(entry)) return null;
        var id = new MessageId();
        MessageRecord record = _ledger.Record;
        if (!id.Read(record.Bytes, record.ReplyStart, record.ReplyCount)) return null;
        int target = id.Find(_ledger, _ledger.Messages.Conversation[entry]);
        if (target < 0) return Encoding.UTF8.GetString(id.Bytes, 0, id.SenderLength) + ": \u2026";
        int count = ReadText(target, _quote);
        return string.Concat(SenderNameOf(target), ": ", count == 0 ? "" : Encoding.UTF8.GetString(_quote, 0, count));
    }

    /// <summary>The device id of who sent it.</summary>
    public string SenderOf(int entry)
    {
        int peer = _ledger.Messages.Peer[entry];
        return peer < 0 ? _ledger.Me.DeviceId : _ledger.Ids.At(peer);
    }

    /// <summary>The name for people of who sent it.</summary>
    public string SenderNameOf(int entry)
    {
        int peer = _ledger.Messages.Peer[entry];
        if (peer >= 0) return _ledger.Contacts.NameOf(peer);
        return _ledger.Me.DisplayName == null ? _ledger.Me.DeviceId : _ledger.Me.DisplayName;
    }

    /// <summary>The name for people of a group.</summary>
    public string GroupNameOf(int conversation)
    {
        int group = _ledger.Groups.Find(conversation);
        string name = group < 0 ? null : _ledger.Groups.Name[group];
        return name == null ? _ledger.Ids.At(_ledger.Conversations.Id[conversation]) : name;
    }

    /// <summary>Members of a group, this board included.</summary>
    public int MemberCountOf(int conversation)
    {
        int group = _ledger.Groups.Find(conversation);
        return group < 0 ? 0 : _ledger.Groups.CountOf(group);
    }

    /// <summary>Number of the id of the member at a place, or -1.</summary>
    public int MemberAt(int conversation, int place)
    {
        int group = _ledger.Groups.Find(conversation);
        for (int slot = 0; slot < Limits.GroupMembers && group >= 0; slot++)
            if (_ledger.Groups.MemberAt(group, slot) >= 0 && place-- == 0) return _ledger.Groups.MemberAt(group, slot);
        return -1;
    }

    /// <summary>The id by which bodies name it, or null when it has no number.</summary>
    public string IdOf(int entry)
    {
        MessageTable messages = _ledger.Messages;
        if (messages.Has(entry, MessageTable.IsPlainFlag) || !EntryKind.HasContent(messages.Kind[entry])) return null;
        int incarnation = _ledger.Me.Incarnation;
        if (messages.Peer[entry] >= 0)
        {
            if (!_ledger.Keeper.ReadMessage(entry)) return null;
            incarnation = _ledger.Record.Incarnation;
        }

        return MessageId.Write(SenderOf(entry), incarnation, messages.N[entry]);
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
