using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes this board's messages: in flash when they are taken, in the order of their numbers, within the budget; and gives them up.</summary>
/// <remarks>
/// <code>
/// Clock    on flash; not confirmed by the broker       -> One, Two, Shown, Failed, withdrawn
/// One      confirmed                                   -> Two, Shown, Failed
/// Two      receipt "have" of all                       -> Shown
/// Failed   too old                                     -> Two, Shown (a late receipt is still true)
/// </code>
/// </remarks>
internal sealed class Outbox
{
    private const long ExpiryCheckMs = 60000;
    private const int ShortExpirySeconds = 24 * 3600;

    private readonly Ledger _ledger;
    private readonly BodyWriter _writer;
    private long _nextCheckMs;

    public Outbox(Ledger ledger, BodyWriter writer)
    {
        _ledger = ledger;
        _writer = writer;
    }

    /// <summary>Takes a message: one append, durable when this returns without error.</summary>
    public SendError Send(int conversation, byte kind, byte[] content, int start, int count, string reply, long nowMs)
    {
        SendError error = Check(conversation, kind, content, start, count, reply);
        if (error != SendError.None) return error;
        RecordWriter to = _ledger.Keeper.Begin(RecordWriter.MaxBytes);
        if (!_ledger.Keeper.Room.MakeFor(conversation, 1)) return SendError.OutboxFull;
        ConversationTable conversations = _ledger.Conversations;
        long time = _ledger.Clock.UnixAt(nowMs);
        int n = conversations.LastN[conversation] + 1;
        bool isGroup = conversations.Has(conversation, ConversationTable.IsGroupFlag);
        int mask = isGroup ? _ledger.Groups.BitsAt(conversation, int.MaxValue) & ~_ledger.Groups.BitOf(conversation, _ledger.MyNumber) : 0;
        MessageRecord record = _ledger.Record;
        record.Begin(conversations, conversation, kind, _ledger.LastOrder + 1, n);
        record.IsMine = true;
        record.Time = (int)time;
        record.Extra = mask;
        record.Write(to, _ledger.Ids, reply == null ? null : Encoding.UTF8.GetBytes(reply), content, start, count);
        if (WaitingBytes() + to.Length + LogRecord.Overhead > Limits.OutboxBytes) return SendError.OutboxFull;
        int address;
        try
        {
            address = _ledger.Keeper.Append(RecordType.Out);
        }
        catch (FlashException)
        {
            return SendError.FlashFailed;
        }

        _ledger.LastOrder++;
        conversations.LastN[conversation] = n;
        int entry = _ledger.Messages.Add(conversation, -1, kind, MessageTable.IsMineFlag, -1, n);
        _ledger.Messages.SetRecord(entry, address, to.Length + LogRecord.Overhead);
        _ledger.Messages.Time[entry] = (int)time;
        _ledger.Messages.Tick[entry] = (byte)Tick.Clock;
        _ledger.Messages.SetLackHave(entry, mask);
        _ledger.Messages.SetLackShown(entry, mask);
        _ledger.Messages.Set(entry, MessageTable.HasReplyFlag, reply != null);
        if (kind == EntryKind.Reaction) Reactions.Mark(_ledger, conversation, reply);
        if (EntryKind.IsVisible(kind)) conversations.Touch(conversation, _ledger.LastOrder);
        _ledger.Revision++;
        return SendError.None;
    }

    /// <summary>Takes a message back that was not handed to the broker; its number stays used.</summary>
    public bool Cancel(int entry)
    {
        MessageTable messages = _ledger.Messages;
        if (messages.Peer[entry] >= 0 || messages.Tick[entry] != (byte)Tick.Clock || messages.Has(entry, MessageTable.WasTriedFlag)) return false;
        if (!EntryKind.HasContent(messages.Kind[entry]) || !Rewrite(entry, EntryKind.Withdrawn, false)) return false;
        messages.Kind[entry] = EntryKind.Withdrawn;
        messages.SetLackHave(entry, 0);
        messages.SetLackShown(entry, 0);
        _ledger.Revision++;
        return true;
    }

    /// <summary>Gives messages up that are too old; needs the clock.</summary>
    public void OnTime(long nowMs)
    {
        long unix = _ledger.Clock.UnixAt(nowMs);
        if (unix == 0) return;
        if (nowMs >= _nextCheckMs)
        {
            _nextCheckMs = nowMs + ExpiryCheckMs;
            for (int i = 0; i < _ledger.Messages.Capacity; i++)
                if (IsTooOld(i, unix) && Rewrite(i, _ledger.Messages.Kind[i], true)) GiveUp(i);
        }

        if (WaitingCount() > 0) _ledger.Agenda.AtMs(_nextCheckMs);
    }

    /// <summary>Messages of this board that the broker has not confirmed.</summary>
    public int UnsentCount()
    {
        MessageTable messages = _ledger.Messages;
        int count = 0;
        for (int i = 0; i < messages.Capacity; i++)
            if (IsWaiting(i) && messages.Tick[i] == (byte)Tick.Clock) count++;
        return count;
    }

    /// <summary>Messages of this board that wait for the broker or for a receipt.</summary>
    public int WaitingCount()
    {
        int count = 0;
        for (int i = 0; i < _ledger.Messages.Capacity; i++)
            if (IsWaiting(i)) count++;
        return count;
    }

    /// <summary>The next message of a conversation to hand to the broker, or -1.</summary>
    public int NextOf(int conversation)
    {
        MessageTable messages = _ledger.Messages;
        int confirmed = _ledger.Conversations.Confirmed[conversation];
        if (_ledger.Conversations.LastN[conversation] == confirmed) return -1;
        int next = -1;
        for (int i = _ledger.Conversations.Newest[conversation]; i >= 0; i = messages.Previous[i])
        {
            if (messages.Peer[i] >= 0) continue;
            if (messages.N[i] <= confirmed) break;
            if (messages.Tick[i] == (byte)Tick.Clock && EntryKind.HasContent(messages.Kind[i])) next = i;
        }

        return next;
    }

    /// <summary>The broker has a message.</summary>
    public void Confirm(int conversation, int n, Resends resends, long nowMs)
    {
        if (n <= _ledger.Conversations.Confirmed[conversation]) return;
        _ledger.Conversations.Confirmed[conversation] = n;
        MarkSchedule.Conversation(_ledger, conversation);
        _ledger.Counters.Sent++;
        _ledger.Revision++;
        int entry = _ledger.Messages.Find(conversation, -1, n);
        if (entry < 0 || _ledger.Messages.Tick[entry] != (byte)Tick.Clock) return;
        _ledger.Messages.Tick[entry] = (byte)Tick.One;
        _ledger.NoteTick(entry);
        resends.WatchRecipients(entry, nowMs);
    }

    private SendError Check(int conversation, byte kind, byte[] content, int start, int count, string reply)
    {
        if (conversation < 0 || (kind != EntryKind.Control && !_ledger.Conversations.IsOpen(conversation))) return SendError.NotMember;
        if (_ledger.Conversations.Has(conversation, ConversationTable.IsGroupFlag) && !_ledger.Groups.IsMember(conversation)) return SendError.NotMember;
        if (kind == EntryKind.Value || kind == EntryKind.Location || kind == EntryKind.Control) return SendError.None; // checked by who made it
        if (count == 0 && kind != EntryKind.Reaction) return SendError.Empty;
        if (count > Body.MaxContentBytes) return SendError.TooLong;
        byte[] text = content;
        if (start != 0 || count != content.Length)
        {
            text = new byte[count];
            System.Array.Copy(content, start, text, 0, count);
        }

        if (StrictUtf8.Check(text, count) != BodyError.None) return SendError.BadText;

        // escapes may make a body too long whose content is not
        Body body = _ledger.Body;
        MessageBody.Fill(body, kind, text, 0, count);
        body.N = int.MaxValue;
        body.Time = uint.MaxValue;
        body.Incarnation = _ledger.Me.Incarnation;
        body.ReplyTo = reply;
        body.Group = _ledger.GroupIdOf(conversation);
        return _writer.Write(body) == BodyError.None ? SendError.None : SendError.TooLong;
    }

    private bool IsWaiting(int entry)
    {
        MessageTable messages = _ledger.Messages;
        return messages.Conversation[entry] != 255 && messages.Peer[entry] < 0 && EntryKind.HasContent(messages.Kind[entry]) &&
            (messages.Tick[entry] == (byte)Tick.Clock || messages.Tick[entry] == (byte)Tick.One);
    }

    private int WaitingBytes()
    {
        int bytes = 0;
        for (int i = 0; i < _ledger.Messages.Capacity; i++)
            if (_ledger.Messages.Tick[i] == (byte)Tick.Clock && IsWaiting(i)) bytes += _ledger.Messages.Size[i];
        return bytes;
    }

    private bool IsTooOld(int entry, long unix)
    {
        if (!IsWaiting(entry) || _ledger.Messages.Time[entry] == 0) return false;
        byte kind = _ledger.Messages.Kind[entry];
        bool isShort = kind == EntryKind.Reaction || kind == EntryKind.Value || kind == EntryKind.Location;
        return unix - (uint)_ledger.Messages.Time[entry] > (isShort ? ShortExpirySeconds : Limits.ExpirySeconds);
    }

    private void GiveUp(int entry)
    {
        _ledger.Messages.Tick[entry] = (byte)Tick.Failed;
        _ledger.NoteTick(entry);
        _ledger.Revision++;
    }

    // the record is written again in its new form; the later one of two with the same number counts
    private bool Rewrite(int entry, byte kind, bool isFailed)
    {
        RecordWriter to = _ledger.Keeper.Begin(RecordWriter.MaxBytes);
        if (_ledger.Messages.Conversation[entry] == 255 || !_ledger.Keeper.ReadMessage(entry)) return false;
        MessageRecord record = _ledger.Record;
        record.Kind = kind;
        record.IsFailed = isFailed;
        bool keeps = kind != EntryKind.Withdrawn;
        byte[] reply = null;
        if (keeps && record.ReplyCount > 0)
        {
            reply = new byte[record.ReplyCount];
            System.Array.Copy(record.Bytes, record.ReplyStart, reply, 0, record.ReplyCount);
        }

        record.Write(to, _ledger.Ids, reply, record.Bytes, record.ContentStart, keeps ? record.ContentCount : 0);
        try
        {
            _ledger.Keeper.AppendMessage(entry, RecordType.Out);
        }
        catch (FlashException)
        {
            return false;
        }

        return true;
    }
}
