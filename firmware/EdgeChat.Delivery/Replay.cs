using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Fills the tables from the records of the flash, once at the start of a board.</summary>
/// <remarks>Compaction moves old records behind newer ones, so nothing is concluded from the order on flash: messages carry an order
/// number, and what marks say of messages is applied after all of both have been read.</remarks>
internal sealed class Replay : ILogVisitor
{
    private readonly Ledger _ledger;
    private readonly RecordReader _reader = new RecordReader();
    private readonly int[] _orders = new int[Limits.Messages];
    private readonly int[] _lives = new int[Limits.Messages];
    private readonly int[] _digests = new int[Limits.Messages];

    public Replay(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>Where the boot counter is, or 0.</summary>
    public int BootMark { get; private set; }

    /// <inheritdoc/>
    public void OnRecord(byte type, int address, byte[] buffer, int index, int count)
    {
        _reader.Start(buffer, index, count);
        switch (type)
        {
            case RecordType.Out:
            case RecordType.In:
                if (_ledger.Record.Read(type, _reader, _ledger.Ids)) OnMessage(address, count);
                break;
            case RecordType.Conversation: Marks.ReadConversation(_ledger, _reader, address); break;
            case RecordType.Stream: Marks.ReadStream(_ledger, _reader, address); break;
            case RecordType.Contact: _ledger.Contacts.ReadContact(_reader, address); break;
            case RecordType.Name: _ledger.Contacts.ReadName(_reader, address); break;
            case RecordType.Roster: GroupMarks.Read(_ledger, _reader, address); break;
            case RecordType.Boot:
                int boot = _reader.TakeInt();
                if (boot < _ledger.Boot) break;
                // a record of an earlier version has no incarnation: that life has sent already
                int life = _reader.Rest > 0 ? _reader.TakeInt() : _ledger.Me.Incarnation;
                _ledger.IsLifeKnown = life > 0;
                if (life > _ledger.Me.Incarnation) _ledger.Me.Incarnation = life;
                _ledger.Boot = boot;
                BootMark = address;
                break;
        }
    }

    /// <summary>Concludes what needs all records: lives, holes, ticks, what is unread and what is due.</summary>
    public void Finish()
    {
        for (int i = 0; i < _ledger.Conversations.Capacity; i++)
        {
            if (!_ledger.Conversations.IsUsed(i)) continue;
            RemoveCleared(i);
            SetOutTicks(i);
            bool wasOpen = _ledger.Conversations.Has(i, ConversationTable.WasOpenFlag);
            if (wasOpen || HasVisible(i) || _ledger.Groups.IsMember(i)) Open(i);
        }

        for (int row = 0; row < _ledger.Streams.Count; row++)
        {
            FindHoles(row);
            Marks.ReadTicks(_ledger, row);
        }

        for (int i = 0; i < _ledger.Conversations.Capacity; i++)
        {
            if (!_ledger.Conversations.IsUsed(i)) continue;
            Reactions.MarkAll(_ledger, i);
            _ledger.Recount(i);
        }
    }

    private void OnMessage(int address, int count)
    {
        MessageRecord record = _ledger.Record;
        if (record.Order > _ledger.LastOrder) _ledger.LastOrder = record.Order;
        int conversation = _ledger.Conversations.Find(record.Conversation, record.IsGroup);
        if (conversation < 0) conversation = _ledger.Conversations.Add(record.Conversation, record.IsGroup);
        if (conversation < 0) return;
        if (!Note(conversation, record)) return;
        int entry = FindSame(conversation, record);
        if (record.IsMine && record.Kind == EntryKind.Lost)
        {
            if (entry >= 0) _ledger.Messages.Remove(entry);
            return;
        }

        if (entry < 0 && !MakeWay(conversation, record)) return;
        if (entry < 0) entry = Place(conversation, record);
        if (entry < 0) return;
        MessageTable messages = _ledger.Messages;
        messages.SetRecord(entry, address, count + LogRecord.Overhead);
        messages.SetKind(entry, record.Kind);
        messages.SetTime(entry, record.Time);
        messages.Set(entry, MessageTable.HasReplyFlag, record.ReplyCount > 0);
        if (record.IsMine)
        {
            int members = EntryKind.HasContent(record.Kind) ? record.Extra : 0;
            messages.SetLacks(entry, members, members);
            messages.SetTick(entry, record.IsFailed ? Tick.Failed : Tick.One);
            messages.Set(entry, MessageTable.IsDeniedFlag, record.IsDenied);
        }
        else if (EntryKind.IsRange(record.Kind))
        {
            messages.SetEnd(entry, record.Extra);
        }

        _orders[entry] = record.Order;
        _lives[entry] = record.Life;
        _digests[entry] = record.Digest;
        _ledger.Conversations.Touch(conversation, record.Order);
    }

    // numbers are noted even when the message itself finds no room
    private bool Note(int conversation, MessageRecord record)
    {
        ConversationTable conversations = _ledger.Conversations;
        if (record.IsMine)
        {
            conversations.NoteNumber(conversation, record.N);
            return true;
        }

        if (record.IsPlain)
        {
            conversations.NotePlain(conversation, record.N);
            return true;
        }

        int row = _ledger.Streams.Take(conversation, record.Peer);
        if (row < 0) return false;
        int last = EntryKind.IsRange(record.Kind) && record.Extra > record.N ? record.Extra : record.N;
        _ledger.Streams.NoteNumbers(row, record.Life, record.N, last);
        return true;
    }

    private int FindSame(int conversation, MessageRecord record)
    {
        MessageTable messages = _ledger.Messages;
        int peer = record.IsMine ? -1 : record.Peer;
        int i = messages.NumberBefore(_ledger.Conversations.Newest(conversation), peer, record.N);
        for (; i >= 0; i = messages.NumberBefore(messages.Previous(i), peer, record.N))
            if (_lives[i] == record.Life && messages.Has(i, MessageTable.IsPlainFlag) == record.IsPlain) return i;
        return -1;
    }

    // of a message that came again in a later life of its sender the later one stays; false when this is not it
    private bool MakeWay(int conversation, MessageRecord record)
    {
        MessageTable messages = _ledger.Messages;
        if (record.IsMine || record.Digest == 0) return true;
        int i = messages.NumberBefore(_ledger.Conversations.Newest(conversation), record.Peer, record.N);
        for (; i >= 0; i = messages.NumberBefore(messages.Previous(i), record.Peer, record.N))
        {
            if (_digests[i] != record.Digest) continue;
            if (StreamTable.OrderOf(_lives[i]) > StreamTable.OrderOf(record.Life)) return false;
            messages.Remove(i);
            return true;
        }

        return true;
    }

    private int Place(int conversation, MessageRecord record)
    {
        if (record.Order <= _ledger.Conversations.ClearedOrder(conversation)) return -1;
        MessageTable messages = _ledger.Messages;
        int before = -1;
        for (int i = _ledger.Conversations.Newest(conversation); i >= 0; i = messages.Previous(i))
        {
            if (_orders[i] < record.Order || (_orders[i] == record.Order && messages.N(i) < record.N)) break;
            before = i;
        }

        if (_ledger.Conversations.Length(conversation) >= Limits.MessagesOfConversation || messages.IsFull)
        {
            // an old one that had given way already; which of the others goes cannot be before its place was compared
            if (before >= 0 && before == _ledger.Conversations.Oldest(conversation)) return -1;
            int victim = Victim(conversation, before);
            if (victim < 0) return -1;
            if (victim == before) before = messages.Next(before);
            messages.Remove(victim);
        }

        int flags = record.IsPlain ? MessageTable.IsPlainFlag : 0;
        return messages.Add(conversation, before, record.Kind, flags, record.IsMine ? -1 : record.Peer, record.N);
    }

    // received ones first: which of this board's messages still wait is not known yet
    private int Victim(int conversation, int before)
    {
        MessageTable messages = _ledger.Messages;
        int from = _ledger.Conversations.Oldest(conversation);
        if (messages.IsFull)
        {
            for (int i = 0; i < _ledger.Conversations.Capacity; i++)
            {
                if (_ledger.Conversations.IsUsed(i) &&
                    (from < 0 || _ledger.Conversations.Length(i) > _ledger.Conversations.Length(conversation)))
                {
                    conversation = i;
                    from = _ledger.Conversations.Oldest(i);
                }
            }
        }

        for (int i = from; i >= 0; i = messages.Next(i))
            if (!messages.IsMine(i)) return i;
        return from;
    }

    private void RemoveCleared(int conversation)
    {
        MessageTable messages = _ledger.Messages;
        int cleared = _ledger.Conversations.ClearedOrder(conversation);
        int gone = _ledger.Conversations.GivenWayOrder(conversation);
        if (gone < cleared) gone = cleared;
        int peer = -1;
        int life = 0;
        int next;
        for (int i = _ledger.Conversations.Oldest(conversation); i >= 0; i = next)
        {
            next = messages.Next(i);
            bool isMine = messages.IsMine(i);
            if (_orders[i] <= (isMine ? cleared : gone))
            {
                messages.Remove(i);
                continue;
            }

            if (isMine || messages.Has(i, MessageTable.IsPlainFlag)) continue;
            if (messages.Peer(i) != peer)
            {
                peer = messages.Peer(i);
                int row = _ledger.Streams.Find(conversation, peer);
                life = row < 0 ? 0 : _ledger.Streams.Life(row);
            }

            if (_lives[i] == life || life == 0) continue;
            messages.Set(i, MessageTable.IsOldLifeFlag, StreamTable.OrderOf(_lives[i]) < StreamTable.OrderOf(life));
        }
    }

    private void SetOutTicks(int conversation)
    {
        MessageTable messages = _ledger.Messages;
        for (int i = _ledger.Conversations.Oldest(conversation); i >= 0; i = messages.Next(i))
        {
            if (messages.IsMine(i) && messages.Tick(i) == Tick.One && messages.N(i) > _ledger.Conversations.Confirmed(conversation))
                messages.SetTick(i, Tick.Clock);
            if (messages.IsMine(i) && _ledger.Conversations.IsGroup(conversation)) StrikeGone(conversation, i);
        }
    }

    // who left does not count any more, nor who has got the slot since
    private void StrikeGone(int conversation, int entry)
    {
        int there = _ledger.Groups.BitsAt(conversation, _orders[entry]);
        if ((_ledger.Messages.LackHave(entry) & ~there) != 0) Ticks.Strike(_ledger, entry, ~there);
    }

    private bool HasVisible(int conversation)
    {
        for (int i = _ledger.Conversations.Oldest(conversation); i >= 0; i = _ledger.Messages.Next(i))
            if (EntryKind.IsVisible(_ledger.Messages.Kind(i))) return true;
        return false;
    }

    private void Open(int conversation)
    {
        if (!_ledger.Conversations.Open(conversation)) return;
        if (!_ledger.Conversations.IsGroup(conversation))
            _ledger.Contacts.Follow(_ledger.Conversations.Id(conversation), false);
    }

    // a number that neither a message nor a lost range accounts for is a hole
    private void FindHoles(int row)
    {
        StreamTable streams = _ledger.Streams;
        MessageTable messages = _ledger.Messages;
        int conversation = streams.Conversation(row);
        int peer = streams.Peer(row);
        int bottom = streams.Has(row, StreamTable.BottomIsHole) ? Marks.BottomOf(_ledger, row) : 0;
        int expected = bottom;
        int next;
        bool any = false;
        for (int i = _ledger.Conversations.Oldest(conversation); i >= 0; i = next)
        {
            next = messages.Next(i);
            if (!messages.IsSameStream(i, peer)) continue;
            any = true;
            if (expected > 0 && messages.N(i) > expected) Holes.Note(_ledger, conversation, peer, i, expected, messages.N(i) - 1, 0);
            if (messages.LastOf(i) >= expected) expected = messages.LastOf(i) + 1;
        }

        int lowest = bottom > 0 ? messages.Find(conversation, peer, bottom) : -1;
        if (lowest < 0 || !messages.IsGap(lowest)) Holes.EndBottom(_ledger, row);

        if (any && streams.High(row) >= expected) Holes.Note(_ledger, conversation, peer, -1, expected, streams.High(row), 0);
    }
}
