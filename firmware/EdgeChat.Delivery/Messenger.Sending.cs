using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

// what a person sends
public sealed partial class Messenger
{
    /// <summary>Takes a text: it is in flash when this returns without error. <paramref name="replyTo"/> is a message of this conversation
    /// or -1.</summary>
    public SendError SendText(int conversation, byte[] text, int count, int replyTo, long nowMs)
    {
        _ledger.NowMs = nowMs;
        return Send(conversation, EntryKind.Text, text, count, replyTo, false);
    }

    /// <summary>Takes a sensor value with its unit (null when it has none).</summary>
    public SendError SendValue(int conversation, string value, string unit, long nowMs)
    {
        return SendPair(conversation, EntryKind.Value, value, unit, nowMs);
    }

    /// <summary>Takes a location in degrees, each a JSON number.</summary>
    public SendError SendLocation(int conversation, string latitude, string longitude, long nowMs)
    {
        if (!JsonNumber.Is(latitude) || !JsonNumber.Is(longitude)) return SendError.BadText;
        return SendPair(conversation, EntryKind.Location, latitude, longitude, nowMs);
    }

    /// <summary>Takes a reaction to a message; an empty text takes an earlier one back.</summary>
    public SendError SendReaction(int message, string emoji, long nowMs)
    {
        _ledger.NowMs = nowMs;
        if (MessageView.IdOf(_ledger, message) == null) return SendError.Empty;
        byte[] text = Encoding.UTF8.GetBytes(emoji);
        return Send(_ledger.Messages.Conversation(message), EntryKind.Reaction, text, text.Length, message, false);
    }

    /// <summary>Sends what a message says, a text, value or place, to another conversation. What somebody else wrote says so
    /// there.</summary>
    public SendError Forward(int message, int conversation, long nowMs)
    {
        _ledger.NowMs = nowMs;
        byte kind = _ledger.Messages.Kind(message);
        bool isForwarded = !IsMine(message) || IsForwarded(message);
        try
        {
            if (kind > EntryKind.Location || !_ledger.Keeper.ReadContent(Edits.Wording(_ledger, message))) return SendError.NotHere;
            MessageRecord record = _ledger.Record;
            var content = new byte[record.ContentCount];
            Array.Copy(record.Bytes, record.ContentStart, content, 0, content.Length);
            return Send(conversation, kind, content, content.Length, -1, isForwarded);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Takes a message back that still has its clock; false when it is too late.</summary>
    public bool Cancel(int message)
    {
        try
        {
            return !_publisher.IsInFlight(message) && Outbox.Cancel(_ledger, message);
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>Takes a message of this board back from all: one that was never handed to the broker is never sent, for any other all are
    /// asked to forget it.</summary>
    public SendError TakeBack(int message, long nowMs)
    {
        _ledger.NowMs = nowMs;
        if (Outbox.IsUntold(_ledger.Messages, message) && Cancel(message)) return SendError.None;
        try
        {
            return TakeBacks.Send(_ledger, message);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Whether a message of this board can be edited now.</summary>
    public bool CanEdit(int message, long nowMs)
    {
        _ledger.NowMs = nowMs;
        return Edits.CanSend(_ledger, message);
    }

    /// <summary>Gives a text of this board another wording at all who have it or will, for <see cref="Limits.EditSeconds"/> after it was
    /// written. What was never handed to the broker, the text or its last edit, says it itself.</summary>
    public SendError Edit(int message, byte[] text, int count, long nowMs)
    {
        _ledger.NowMs = nowMs;
        if (!Edits.CanSend(_ledger, message)) return SendError.TooLate;
        int conversation = _ledger.Messages.Conversation(message);
        int wording = Edits.Wording(_ledger, message);
        if (!Outbox.IsUntold(_ledger.Messages, wording)) return Send(conversation, EntryKind.Edit, text, count, message, false);
        if (IsBlocked(conversation)) return SendError.Blocked;
        try
        {
            return Outbox.Reword(_ledger, wording, text, count);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Deletes a message on this board alone; one that still has its clock is taken back.</summary>
    public SendError DeleteMessage(int message, long nowMs)
    {
        _ledger.NowMs = nowMs;
        if (Cancel(message)) return SendError.None;
        try
        {
            return Clearing.DeleteMessage(_ledger, message);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Stars a message on this board, or takes its star; nobody else learns of it.</summary>
    public SendError SetStarred(int message, bool isStarred, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            return Stars.Set(_ledger, message, isStarred);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Messages of this board without receipt.</summary>
    public int WaitingCount { get { return Outbox.WaitingCount(_ledger); } }

    /// <summary>Messages of this board that the broker has not confirmed: those with a clock.</summary>
    public int UnsentCount { get { return Outbox.UnsentCount(_ledger); } }

    private SendError SendPair(int conversation, byte kind, string first, string second, long nowMs)
    {
        _ledger.NowMs = nowMs;
        SendError error = Pair.Check(first, second);
        if (error != SendError.None) return error;
        byte[] content = Pair.Join(first, second);
        return Send(conversation, kind, content, content.Length, -1, false);
    }

    private SendError Send(int conversation, byte kind, byte[] content, int count, int replyTo, bool isForwarded)
    {
        if (IsBlocked(conversation)) return SendError.Blocked;
        try
        {
            string reply = replyTo < 0 ? null : MessageView.IdOf(_ledger, replyTo);
            // a hole, or what was taken back, cannot be answered; what has no number has no name
            if (replyTo >= 0 && reply == null && !_ledger.Messages.Has(replyTo, MessageTable.IsPlainFlag)) return SendError.NotHere;
            return Outbox.Send(_ledger, conversation, kind, content, 0, count, reply, isForwarded);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }
}
