using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes messages in: each once, in the order of its stream, in flash before it counts.</summary>
/// <remarks>
/// What becomes of number n of a stream whose highest is h:
/// <code>
/// incarnation lower than known      dropped as a duplicate
/// incarnation higher, or none yet   begins the stream; nothing before it is missed
/// n > h + 1                         stored; h + 1 .. n - 1 is a hole
/// n == h + 1                        stored
/// n in a hole                       stored in its place; the hole shrinks
/// n below the first that came       stored in its place while that one is there: it is late, not a duplicate
/// else                              dropped as a duplicate; the receipt is said again
/// </code>
/// </remarks>
internal sealed class Inbox
{
    private readonly Ledger _ledger;
    private readonly Receipts _receipts;
    private readonly PlainMessages _plain = new PlainMessages();

    public Inbox(Ledger ledger, Receipts receipts)
    {
        _ledger = ledger;
        _receipts = receipts;
    }

    /// <summary>Takes the ledger's body, a message for people, a reaction or a control message, into a conversation.</summary>
    /// <returns>Whether it was new and is in flash now.</returns>
    public bool Take(string conversationId, bool isGroup, string sender, bool isRetained, long nowMs)
    {
        Body body = _ledger.Body;
        if (body.N == int.MaxValue)
        {
            // nothing could follow it
            _ledger.Counters.Refuse(BodyError.OutOfRange);
            return false;
        }

        byte kind = KindOf(body);
        byte[] content = ContentOf(body, kind);
        // what a broker kept for later subscribers comes with every subscription
        if (body.N == 0 && (isRetained || _plain.IsRepeated(conversationId, sender, body, content, nowMs)))
        {
            _ledger.Counters.Duplicates++;
            return false;
        }

        // a duplicate opens no conversation that was deleted
        if (body.N > 0 && IsDuplicate(_ledger.Conversations.Find(_ledger.Ids.Find(conversationId), isGroup), _ledger.Ids.Find(sender), nowMs))
        {
            _ledger.Counters.Duplicates++;
            return false;
        }

        int conversation = _ledger.TakeConversation(conversationId, isGroup, kind != EntryKind.Control);
        int peer = conversation < 0 ? -1 : isGroup ? _ledger.Ids.Add(sender) : _ledger.Conversations.Id[conversation];
        if (peer < 0)
        {
            _ledger.Counters.NoRoom++;
            return false;
        }

        bool isNew = body.N == 0 ? TakePlain(conversation, peer, kind, content, nowMs) : TakeNumbered(conversation, peer, kind, content, nowMs);
        if (isNew && body.N == 0) _plain.Remember(conversationId, sender, body, content, nowMs);
        return isNew;
    }

    // the sender gets the receipt once more: it may be what it waits for
    private bool IsDuplicate(int conversation, int peer, long nowMs)
    {
        int row = conversation < 0 || peer < 0 ? -1 : _ledger.Streams.Find(conversation, peer);
        if (row < 0) return false;
        Body body = _ledger.Body;
        if (body.Incarnation != _ledger.Streams[row, StreamField.Incarnation]) return body.Incarnation < _ledger.Streams[row, StreamField.Incarnation];
        if (body.N > _ledger.Streams[row, StreamField.High]) return false;
        int first = _ledger.Streams[row, StreamField.First];
        if (body.N < first && _ledger.Messages.Find(conversation, peer, first) >= 0) return false;
        int place = _ledger.Messages.Find(conversation, peer, body.N);
        if (place >= 0 && _ledger.Messages.Kind[place] == EntryKind.Gap) return false;
        _receipts.Owe(row, nowMs);
        return true;
    }

    /// <summary>Whether the ledger's body, a direct message, came before.</summary>
    public bool IsKnown(string sender, long nowMs)
    {
        int peer = _ledger.Ids.Find(sender);
        return _ledger.Body.N > 0 && IsDuplicate(_ledger.Conversations.Find(peer, false), peer, nowMs);
    }

    private bool TakePlain(int conversation, int peer, byte kind, byte[] content, long nowMs)
    {
        int n = _ledger.Conversations.PlainLast[conversation] + 1;
        int entry = Store(conversation, peer, kind, content, n, true, 1, nowMs);
        if (entry < 0) return false;
        _ledger.Conversations.PlainLast[conversation] = n;
        Arrived(conversation, entry, kind);
        _ledger.NoteArrival(entry);
        _ledger.Recount(conversation);
        return true;
    }

    private bool TakeNumbered(int conversation, int peer, byte kind, byte[] content, long nowMs)
    {
        StreamTable streams = _ledger.Streams;
        Body body = _ledger.Body;
        int row = streams.Take(conversation, peer);
        if (row < 0)
        {
            _ledger.Counters.NoRoom++;
            return false;
        }

        if (body.Incarnation > streams[row, StreamField.Incarnation]) BeginLife(conversation, peer, row, body.Incarnation);
        int high = streams[row, StreamField.High];
        bool isAhead = body.N > high;
        bool leavesHole = isAhead && high > 0 && body.N > high + 1;
        int first = streams[row, StreamField.First];
        bool leavesHoleAbove = body.N < first - 1;
        bool hasHoles = leavesHole || leavesHoleAbove || _ledger.HoleCount > 0;
        if (leavesHole) NoteBottom(conversation, peer, row);
        int entry = Store(conversation, peer, kind, content, body.N, false, leavesHole || !isAhead ? 2 : 1, nowMs);
        if (entry < 0) return false;
        if (leavesHole) Holes.Note(_ledger, conversation, peer, entry, high + 1, body.N - 1, Agenda.Tenths(nowMs));
        if (leavesHoleAbove) Holes.Note(_ledger, conversation, peer, _ledger.Messages.PlaceFor(conversation, peer, first), body.N + 1, first - 1, 0);
        StreamLife.Note(streams, row, body.Incarnation, body.N, body.N);
        Unseen.Note(_ledger, row, entry);
        streams.Set(row, StreamField.IsTold, false);
        _receipts.Owe(row, nowMs);
        if (hasHoles)
        {
            // held until the review, which lets it and what follows it come to light in the order of the stream
            _ledger.Messages.Set(entry, MessageTable.IsHeldFlag, true);
            if (Holes.Review(_ledger, conversation, peer, nowMs)) _ledger.Announce(conversation);
        }

        if (!_ledger.Messages.Has(entry, MessageTable.IsHeldFlag)) Arrived(conversation, entry, kind);
        if (!hasHoles) _ledger.NoteArrival(entry);
        _ledger.Recount(conversation);
        return true;
    }

    // stores first: what is not in flash has not come
    private int Store(int conversation, int peer, byte kind, byte[] content, int n, bool isPlain, int entries, long nowMs)
    {
        Body body = _ledger.Body;
        MessageTable messages = _ledger.Messages;
        RecordWriter to = _ledger.Keeper.Begin(RecordWriter.MaxBytes);
        if (!_ledger.Keeper.Room.MakeFor(conversation, entries))
        {
            _ledger.Counters.NoRoom++;
            return -1;
        }

        long time = body.Time > 0 ? body.Time : _ledger.Clock.UnixAt(nowMs);
        int before = isPlain ? -1 : messages.PlaceFor(conversation, peer, n);
        int order = _ledger.Keeper.OrderFrom(before, peer);
        MessageRecord record = _ledger.Record;
        record.Begin(_ledger.Conversations, conversation, kind, order, n);
        record.Peer = peer;
        record.IsPlain = isPlain;
        record.Time = (int)time;
        record.Incarnation = isPlain ? 0 : body.Incarnation;
        byte[] reply = body.ReplyTo == null ? null : Encoding.UTF8.GetBytes(body.ReplyTo);
        record.Write(to, _ledger.Ids, reply, content, 0, content.Length);
        int address;
        try
        {
            address = _ledger.Keeper.Append(RecordType.In);
        }
        catch (FlashException e)
        {
            _ledger.Note(EventKind.FlashFailed, e.Message, 0, 0);
            _ledger.Counters.NoRoom++;
            return -1;
        }

        int gap = isPlain ? -1 : messages.Find(conversation, peer, n);
        if (gap >= 0) Holes.Fill(_ledger, gap, n, n);
        before = isPlain ? -1 : messages.PlaceFor(conversation, peer, n);
        int entry = messages.Add(conversation, before, kind, isPlain ? MessageTable.IsPlainFlag : (byte)0, peer, n);
        messages.SetRecord(entry, address, to.Length + LogRecord.Overhead);
        messages.Time[entry] = (int)time;
        messages.Set(entry, MessageTable.HasReplyFlag, reply != null);
        if (order > _ledger.LastOrder) _ledger.LastOrder = order;
        _ledger.Counters.Received++;
        return entry;
    }

    private void Arrived(int conversation, int entry, byte kind)
    {
        if (kind == EntryKind.Reaction)
        {
            Reactions.Mark(_ledger, conversation, _ledger.Body.ReplyTo);
            return;
        }

        if (!EntryKind.IsVisible(kind)) return;
        _ledger.Conversations.Touch(conversation, _ledger.LastOrder);
        _ledger.Announce(conversation);
    }

    // holes of the life before cannot be asked for any more
    private void BeginLife(int conversation, int peer, int row, int incarnation)
    {
        MessageTable messages = _ledger.Messages;
        int next;
        for (int i = _ledger.Conversations.Oldest[conversation]; i >= 0; i = next)
        {
            next = messages.Next[i];
            if (!messages.IsSameStream(i, peer)) continue;
            if (messages.Kind[i] == EntryKind.Gap) i = LostRanges.Settle(_ledger, row, i, messages.N[i], messages.LastOf(i), false);
            if (i >= 0) messages.Set(i, MessageTable.IsOldLifeFlag, true);
            if (i >= 0) messages.Set(i, MessageTable.IsHeldFlag, false);
        }

        StreamLife.Note(_ledger.Streams, row, incarnation, 0, 0);
    }

    // a hole with nothing of its stream below it would be forgotten with a restart: it is written down before what reveals it
    private void NoteBottom(int conversation, int peer, int row)
    {
        for (int i = _ledger.Conversations.Newest[conversation]; i >= 0; i = _ledger.Messages.Previous[i])
            if (_ledger.Messages.IsSameStream(i, peer)) return;
        _ledger.Streams.Set(row, StreamField.BottomIsHole, true);
        Marks.TryAppendStream(_ledger, row, true);
    }

    private static byte KindOf(Body body)
    {
        switch (body.Type)
        {
            case BodyTypes.Text: return EntryKind.Text;
            case BodyTypes.Value: return body.Value != null ? EntryKind.Value : EntryKind.Location;
            case BodyTypes.Reaction: return EntryKind.Reaction;
            case BodyTypes.Invite:
            case BodyTypes.Leave:
            case BodyTypes.GroupKey: return EntryKind.Control;
            default: return EntryKind.Unsupported;
        }
    }

    // two texts of a value or location are divided by a NUL, which no text has
    private static byte[] ContentOf(Body body, byte kind)
    {
        switch (kind)
        {
            case EntryKind.Value: return Pair.Join(body.Value, body.Unit);
            case EntryKind.Location: return Pair.Join(body.Latitude, body.Longitude);
            case EntryKind.Unsupported: return Encoding.UTF8.GetBytes(body.Type);
            case EntryKind.Control: return Pair.Join(body.Type, body.Group);
            default: return Encoding.UTF8.GetBytes(body.Content);
        }
    }
}
