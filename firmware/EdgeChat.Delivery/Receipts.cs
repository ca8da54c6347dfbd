using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Tells the senders what this board has and has shown: one cumulative receipt a stream, never more than one on its way.</summary>
internal sealed class Receipts
{
    private readonly Ledger _ledger;
    private int _next;
    private int _row = -1;
    private int _have;
    private int _shown;
    private long _dueMs; // when all receipts that are owed go out; 0 when none is

    public Receipts(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>A receipt is owed for a stream; it waits a little for others to join.</summary>
    public void Owe(int row, long nowMs)
    {
        StreamTable streams = _ledger.Streams;
        if (streams.Has(row, StreamField.ReceiptIsDue)) return;
        streams.Set(row, StreamField.ReceiptIsDue, true);
        if (_dueMs == 0) _dueMs = nowMs + Limits.ReceiptDelayMs;
        _ledger.Agenda.AtMs(_dueMs);
    }

    /// <summary>After a start: what was told last may be older than what is on flash.</summary>
    public void Start(long nowMs)
    {
        StreamTable streams = _ledger.Streams;
        for (int row = 0; row < streams.Count; row++)
        {
            if (streams[row, StreamField.High] > 0 && !streams.Has(row, StreamField.IsTold)) Owe(row, nowMs);
        }
    }

    /// <summary>A device has started anew: the last receipt may have been lost with its power.</summary>
    public void OnNewBoot(int peer, long nowMs)
    {
        for (int row = 0; row < _ledger.Streams.Count; row++)
            if (_ledger.Streams[row, StreamField.Peer] == peer && _ledger.Streams[row, StreamField.High] > 0) Owe(row, nowMs);
    }

    /// <summary>Notes that all that is visible in a conversation has been shown, on flash first.</summary>
    public void MarkShown(int conversation, long nowMs)
    {
        if (_ledger.Conversations.Unread[conversation] == 0 && !HasUntold(conversation)) return;
        MessageTable messages = _ledger.Messages;
        StreamTable streams = _ledger.Streams;
        int plain = 0;
        for (int i = _ledger.Conversations.Oldest[conversation]; i >= 0; i = messages.Next[i])
            if (messages.Has(i, MessageTable.IsPlainFlag) && messages.N[i] > plain) plain = messages.N[i];
        if (plain > _ledger.Conversations.PlainShown[conversation])
        {
            int before = _ledger.Conversations.PlainShown[conversation];
            _ledger.Conversations.PlainShown[conversation] = plain;
            if (!Marks.TryAppendConversation(_ledger, conversation, true)) _ledger.Conversations.PlainShown[conversation] = before;
        }

        for (int row = 0; row < streams.Count; row++)
        {
            if (streams[row, StreamField.Conversation] != conversation) continue;
            int before = streams[row, StreamField.Shown];
            int last = LastVisible(row);
            if (last <= before && Unseen.LowestOf(_ledger, row) == 0) continue;
            if (last > before) streams[row, StreamField.Shown] = last;
            streams.Set(row, StreamField.IsTold, false);
            if (!Marks.TryAppendStream(_ledger, row, true, true))
            {
                streams[row, StreamField.Shown] = before;
                continue;
            }

            Unseen.Clear(_ledger, row);
            Owe(row, nowMs);
        }

        _ledger.Recount(conversation);
    }

    /// <summary>Keeps the time of the receipts in the agenda.</summary>
    public void OnTime(long nowMs)
    {
        if (_dueMs > nowMs) _ledger.Agenda.AtMs(_dueMs);
    }

    /// <summary>Fills in the next receipt that is due; false when none is.</summary>
    public bool Next(LinkAction into, BodyWriter writer, long nowMs)
    {
        StreamTable streams = _ledger.Streams;
        if (_dueMs == 0 || _dueMs > nowMs) return false;
        for (int k = 0; k < streams.Count; k++)
        {
            int row = (_next + k) % streams.Count;
            if (!streams.Has(row, StreamField.ReceiptIsDue)) continue;
            _next = row + 1;
            streams.Set(row, StreamField.ReceiptIsDue, false);
            if (streams[row, StreamField.High] == 0) continue;
            _row = row;
            if (!IsAnyDue()) _dueMs = 0;
            Fill(_ledger.Body, row);
            writer.Write(_ledger.Body);
            into.Topic = Topics.Inbox(_ledger.Ids.At(streams[row, StreamField.Peer]), _ledger.Me.DeviceId);
            return true;
        }

        _dueMs = 0;
        return false;
    }

    /// <summary>The receipt given last was confirmed, or was not.</summary>
    public void OnPublished(bool isConfirmed, long nowMs)
    {
        if (!isConfirmed)
        {
            Owe(_row, nowMs);
            return;
        }

        if (_ledger.Streams[_row, StreamField.High] != _have || _ledger.Streams[_row, StreamField.Shown] != _shown) return;
        _ledger.Streams.Set(_row, StreamField.IsTold, true);
        MarkSchedule.Late(_ledger, _row);
    }

    private bool IsAnyDue()
    {
        for (int row = 0; row < _ledger.Streams.Count; row++)
            if (_ledger.Streams.Has(row, StreamField.ReceiptIsDue)) return true;
        return false;
    }

    private void Fill(Body body, int row)
    {
        StreamTable streams = _ledger.Streams;
        MessageTable messages = _ledger.Messages;
        int conversation = streams[row, StreamField.Conversation];
        int peer = streams[row, StreamField.Peer];
        body.Clear();
        body.Type = BodyTypes.Receipt;
        body.Incarnation = _ledger.Me.Incarnation;
        body.StreamIncarnation = streams[row, StreamField.Incarnation];
        body.Group = _ledger.GroupIdOf(conversation);
        int first = streams[row, StreamField.First];
        body.First = streams[row, StreamField.Floor] > first ? streams[row, StreamField.Floor] : first;
        int have = streams[row, StreamField.High];
        for (int i = _ledger.Conversations.Oldest[conversation]; i >= 0; i = messages.Next[i])
        {
            if (messages.Kind[i] != EntryKind.Gap || !messages.IsSameStream(i, peer)) continue;
            for (int n = messages.N[i]; n <= messages.LastOf(i) && n <= have; n++)
            {
                if (n < body.First) continue;
                if (body.HoleCount < Body.MaxHoles) body.Holes[body.HoleCount++] = n;
                else have = n - 1; // the rest is told when these are filled
            }
        }

        body.Have = have;
        int shown = streams[row, StreamField.Shown];
        int unseen = Unseen.LowestOf(_ledger, row);
        body.Shown = unseen > 0 && unseen <= shown ? unseen - 1 : shown;
        if (body.Shown > have) body.Shown = have;
        _have = streams[row, StreamField.High];
        _shown = shown;
    }

    private bool HasUntold(int conversation)
    {
        StreamTable streams = _ledger.Streams;
        for (int row = 0; row < streams.Count; row++)
        {
            if (streams[row, StreamField.Conversation] != conversation) continue;
            if (streams[row, StreamField.Shown] < streams[row, StreamField.High] || Unseen.LowestOf(_ledger, row) > 0) return true;
        }

        return false;
    }

    // what stands behind a young hole is not on the screen
    private int LastVisible(int row)
    {
        MessageTable messages = _ledger.Messages;
        int conversation = _ledger.Streams[row, StreamField.Conversation];
        int peer = _ledger.Streams[row, StreamField.Peer];
        for (int i = _ledger.Conversations.Newest[conversation]; i >= 0; i = messages.Previous[i])
            if (messages.IsSameStream(i, peer) && messages.Kind[i] != EntryKind.Gap && !messages.Has(i, MessageTable.IsHeldFlag)) return messages.LastOf(i);
        return 0;
    }
}
