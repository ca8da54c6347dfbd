using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Fills the tables from the records of the flash, once at the start of a board.</summary>
/// <remarks>
/// <para>A board has hundreds of records, and its start waits for each of them: what would be looked for in a table again and again has a
/// place of its own here, which is garbage afterwards.</para>
/// <para>Compaction moves old records behind newer ones, so nothing is concluded from the order on flash: messages carry an order
/// number, and what marks say of messages is applied after all of both have been read.</para>
/// </remarks>
internal sealed partial class Replay : ILogVisitor
{
    private const int NumberCells = 512;

    private readonly Ledger _ledger;
    private readonly RecordReader _reader = new RecordReader();
    private readonly int[] _orders = new int[Limits.Messages];
    private readonly int[] _lives = new int[Limits.Messages];
    private readonly int[] _digests = new int[Limits.Messages];
    private readonly byte[] _conversations = new byte[2 * Limits.Peers]; // of each device's id, then of each group's, plus 1
    private readonly short[] _rows = new short[Limits.Conversations + Limits.ClosedConversations]; // of each direct one, plus 1
    private readonly byte[] _numbers = new byte[NumberCells]; // a bit for each message met: one that is 0 was not
    private bool _hasReactions;

    public Replay(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>Whether all records have been read.</summary>
    public bool HasAll { get; set; }

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

    private void OnMessage(int address, int count)
    {
        MessageRecord record = _ledger.Record;
        if (record.Order > _ledger.LastOrder) _ledger.LastOrder = record.Order;
        int conversation = ConversationOf(record);
        if (conversation < 0) return;
        if (!Note(conversation, record)) return;
        bool isMet = IsMet(conversation, record);
        int entry = isMet ? FindSame(conversation, record) : -1;
        if (record.IsMine && record.Kind == EntryKind.Lost)
        {
            if (entry >= 0) _ledger.Messages.Remove(entry);
            return;
        }

        MessageTable messages = _ledger.Messages;
        if (entry >= 0)
        {
            messages.SetKind(entry, record.Kind);
            messages.Set(entry, MessageTable.HasReplyFlag, record.ReplyCount > 0);
            if (record.IsMine) messages.Set(entry, MessageTable.IsDeniedFlag, record.IsDenied);
            messages.SetLacks(entry, 0, 0);
        }
        else
        {
            if (isMet && !MakeWay(conversation, record)) return;
            entry = Place(conversation, record);
            if (entry < 0) return;
        }

        messages.SetRecord(entry, address, count + LogRecord.Overhead);
        messages.SetTime(entry, record.Time);
        messages.Set(entry, MessageTable.IsHiddenFlag, record.IsHidden);
        messages.Set(entry, MessageTable.IsForwardedFlag, record.IsForwarded);
        if (record.IsMine)
        {
            int members = EntryKind.HasContent(record.Kind) ? record.Extra : 0;
            if (members != 0) messages.SetLacks(entry, members, members);
            messages.SetTick(entry, record.IsFailed ? Tick.Failed : record.Kind == EntryKind.Deleted ? Tick.Shown : Tick.One);
        }
        else if (EntryKind.IsRange(record.Kind))
        {
            messages.SetEnd(entry, record.Extra);
        }

        if (record.Kind == EntryKind.Reaction) _hasReactions = true;
        _orders[entry] = record.Order;
        _lives[entry] = record.Life;
        _digests[entry] = record.Digest;
        _ledger.Conversations.Touch(conversation, record.Order);
    }

    private int ConversationOf(MessageRecord record)
    {
        int place = record.IsGroup ? Limits.Peers + record.Conversation : record.Conversation;
        int known = _conversations[place] - 1;
        if (known >= 0) return known;
        int conversation = _ledger.Conversations.Find(record.Conversation, record.IsGroup);
        if (conversation < 0) conversation = _ledger.Conversations.Add(record.Conversation, record.IsGroup);
        _conversations[place] = (byte)(conversation + 1);
        return conversation;
    }

    private int RowOf(int conversation, MessageRecord record)
    {
        if (record.IsGroup) return _ledger.Streams.Take(conversation, record.Peer);
        int known = _rows[conversation] - 1;
        if (known >= 0) return known;
        int row = _ledger.Streams.Take(conversation, record.Peer);
        _rows[conversation] = (short)(row + 1);
        return row;
    }

    // whether a message with this number, whatever its life, may have come before; notes that this one has
    private bool IsMet(int conversation, MessageRecord record)
    {
        int hash = record.N * 61 + conversation * 37 + record.Peer;
        int cell = hash >> 3 & NumberCells - 1;
        int bit = 1 << (hash & 7);
        bool isMet = (_numbers[cell] & bit) != 0;
        if (!isMet) _numbers[cell] |= (byte)bit;
        return isMet;
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

        int row = RowOf(conversation, record);
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
        if (record.ReplyCount > 0) flags |= MessageTable.HasReplyFlag;
        if (record.IsDenied) flags |= MessageTable.IsDeniedFlag;
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
}
