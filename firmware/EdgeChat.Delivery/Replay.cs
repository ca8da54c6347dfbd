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
    private const int NumberCells = 128;
    private const int QuickRows = 64;

    // of an entry whose record stands there once more: what the later one says
    private const int KeptFlags =
        MessageTable.HasReplyFlag | MessageTable.IsHiddenFlag | MessageTable.IsForwardedFlag | MessageTable.IsStarredFlag;

    private readonly Ledger _ledger;
    private readonly MessageRecord _record;
    private readonly RecordReader _reader = new RecordReader();
    private readonly int[] _orders = new int[Limits.Messages];
    private readonly int[] _lives = new int[Limits.Messages];
    private readonly int[] _digests = new int[Limits.Messages];
    private readonly byte[] _conversations = new byte[2 * Limits.Peers]; // of each device's id, then of each group's, plus 1
    private readonly short[] _rows = new short[QuickRows]; // of each direct one of the first, plus 1
    private readonly int[] _numbers = new int[NumberCells]; // a bit for each message met: one that is 0 was not
    private bool _hasReactions;
    private bool _hasEdits;
    private bool _hasTakenBack; // something of this board

    public Replay(Ledger ledger)
    {
        _ledger = ledger;
        _record = ledger.Record;
    }

    /// <summary>Whether all records have been read.</summary>
    public bool HasAll { get; set; }

    /// <summary>Where the boot counter is, or 0.</summary>
    public int BootMark { get; private set; }

    /// <inheritdoc/>
    public void OnRecord(byte type, int address, byte[] buffer, int index, int count)
    {
        RecordReader from = _reader;
        from.Start(buffer, index, count);
        switch (type)
        {
            case RecordType.Out:
            case RecordType.In:
                if (_record.ReadHead(type, from, _ledger.Ids)) OnMessage(address, count + LogRecord.Overhead);
                break;
            case RecordType.Conversation: OnConversation(address); break;
            case RecordType.Stream: OnStream(address); break;
            case RecordType.Contact: _ledger.Contacts.ReadContact(from, address); break;
            case RecordType.Name: _ledger.Contacts.ReadName(from, address); break;
            case RecordType.Roster: OnRoster(address); break;
            case RecordType.Boot: OnBoot(address); break;
        }
    }

    private void OnBoot(int address)
    {
        int boot = _reader.TakeInt();
        if (boot < _ledger.Boot) return;
        // a record of an earlier version has no incarnation: that life has sent already
        int life = _reader.Rest > 0 ? _reader.TakeInt() : _ledger.Me.Incarnation;
        _ledger.IsLifeKnown = life > 0;
        if (life > _ledger.Me.Incarnation) _ledger.Me.Incarnation = life;
        _ledger.Boot = boot;
        BootMark = address;
    }

    private void OnConversation(int address)
    {
        int id = _reader.TakeId(_ledger.Ids);
        int conversation = id < 0 ? -1 : ConversationOf(id, _reader.IsGroup);
        if (conversation >= 0) Marks.ReadConversation(_ledger, _reader, conversation, address);
    }

    private void OnRoster(int address)
    {
        int id = _reader.TakeId(_ledger.Ids);
        int conversation = id < 0 || !_reader.IsGroup ? -1 : ConversationOf(id, true);
        if (conversation < 0) return;
        GroupMarks.Read(_ledger, _reader, conversation, address);
        if (!_ledger.Conversations.IsUsed(conversation)) _conversations[Limits.Peers + id] = 0;
    }

    private void OnStream(int address)
    {
        int id = _reader.TakeId(_ledger.Ids);
        bool isGroup = _reader.IsGroup;
        int peer = id;
        if (isGroup) peer = _reader.TakeId(_ledger.Ids);
        else _reader.SkipId(); // the same
        int conversation = id < 0 || peer < 0 ? -1 : ConversationOf(id, isGroup);
        int row = conversation < 0 ? -1 : RowOf(conversation, isGroup, peer);
        if (row >= 0) Marks.ReadStream(_ledger, _reader, row, address);
    }

    private void OnMessage(int address, int size)
    {
        MessageRecord record = _record;
        int order = record.Order;
        if (order > _ledger.LastOrder) _ledger.LastOrder = order;
        int conversation = ConversationOf(record.Conversation, record.IsGroup);
        if (conversation < 0 || !Note(conversation, record)) return;
        MessageTable messages = _ledger.Messages;
        byte kind = record.Kind;
        bool isMine = record.IsMine;
        bool isMet = IsMet(conversation, record);
        int entry = isMet ? FindSame(conversation, record) : -1;
        if (isMine && kind == EntryKind.Lost)
        {
            if (entry >= 0) messages.Remove(entry);
            return;
        }

        if (entry >= 0)
        {
            messages.SetKind(entry, kind);
            messages.Set(entry, isMine ? KeptFlags | MessageTable.IsDeniedFlag : KeptFlags, false);
            messages.Set(entry, record.Flags, true);
            messages.SetLacks(entry, 0, 0);
            messages.SetRecord(entry, address, size);
            messages.SetTime(entry, record.Time);
            _ledger.Conversations.Touch(conversation, order);
        }
        else
        {
            if (isMet && !MakeWay(conversation, record)) return;
            int before = -1;
            if (messages.IsFull || !_ledger.Conversations.TouchAtEnd(conversation, order))
            {
                if (!FindPlace(conversation, record, out before)) return;
                _ledger.Conversations.Touch(conversation, order);
            }

            entry = messages.Add(conversation, before, kind, record.Flags, record.Peer, record.N, address, size, record.Time);
        }

        if (isMine)
        {
            int members = EntryKind.HasContent(kind) ? record.Extra : 0;
            if (members != 0) messages.SetLacks(entry, members, members);
            messages.SetTick(entry, record.IsFailed ? Tick.Failed : EntryKind.HasContent(kind) ? Tick.One : Tick.None);
        }

        if (kind >= EntryKind.Lost)
        {
            if (kind == EntryKind.Reaction) _hasReactions = true;
            if (kind == EntryKind.Edit) _hasEdits = true;
            if (isMine && kind == EntryKind.TakeBack) _hasTakenBack = true;
            if (!isMine && EntryKind.IsRange(kind)) messages.SetEnd(entry, record.Extra);
        }

        _orders[entry] = order;
        _lives[entry] = record.Life;
        _digests[entry] = record.Digest;
    }

    private int ConversationOf(int id, bool isGroup)
    {
        int place = isGroup ? Limits.Peers + id : id;
        int known = _conversations[place] - 1;
        if (known >= 0) return known;
        int conversation = _ledger.Conversations.Find(id, isGroup);
        if (conversation < 0) conversation = _ledger.Conversations.Add(id, isGroup);
        _conversations[place] = (byte)(conversation + 1);
        return conversation;
    }

    private int RowOf(int conversation, bool isGroup, int peer)
    {
        if (isGroup || conversation >= QuickRows) return _ledger.Streams.Take(conversation, peer);
        int known = _rows[conversation] - 1;
        if (known >= 0) return known;
        int row = _ledger.Streams.Take(conversation, peer);
        _rows[conversation] = (short)(row + 1);
        return row;
    }

    // whether a message with this number, whatever its life, may have come before; notes that this one has
    private bool IsMet(int conversation, MessageRecord record)
    {
        int[] numbers = _numbers;
        int hash = record.N * 61 + conversation * 37 + record.Peer;
        int cell = hash >> 5 & NumberCells - 1;
        int bit = 1 << (hash & 31);
        int met = numbers[cell];
        if ((met & bit) != 0) return true;
        numbers[cell] = met | bit;
        return false;
    }

    // numbers are noted even when the message itself finds no room
    private bool Note(int conversation, MessageRecord record)
    {
        if (record.IsMine)
        {
            _ledger.Conversations.NoteNumber(conversation, record.N);
            return true;
        }

        if ((record.Flags & MessageTable.IsPlainFlag) != 0)
        {
            _ledger.Conversations.NotePlain(conversation, record.N);
            return true;
        }

        int row = RowOf(conversation, record.IsGroup, record.Peer);
        if (row < 0) return false;
        int n = record.N;
        int last = record.Extra > n && EntryKind.IsRange(record.Kind) ? record.Extra : n;
        _ledger.Streams.NoteNumbers(row, record.Life, n, last);
        return true;
    }

    private int FindSame(int conversation, MessageRecord record)
    {
        MessageTable messages = _ledger.Messages;
        int peer = record.IsMine ? -1 : record.Peer;
        int i = messages.NumberBefore(_ledger.Conversations.Newest(conversation), peer, record.N);
        int plain = record.Flags & MessageTable.IsPlainFlag;
        for (; i >= 0; i = messages.NumberBefore(messages.Previous(i), peer, record.N))
            if (_lives[i] == record.Life && messages.Has(i, MessageTable.IsPlainFlag) == (plain != 0)) return i;
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

    // the entry before which it belongs, or -1 for the end, with room for it; false when there is none
    private bool FindPlace(int conversation, MessageRecord record, out int before)
    {
        before = -1;
        if (record.Order <= _ledger.Conversations.ClearedOrder(conversation) &&
            !(record.IsMine && (record.Kind == EntryKind.Control || record.Kind == EntryKind.TakeBack))) return false;
        MessageTable messages = _ledger.Messages;
        for (int i = _ledger.Conversations.Newest(conversation); i >= 0; i = messages.Previous(i))
        {
            if (_orders[i] < record.Order || (_orders[i] == record.Order && messages.N(i) < record.N)) break;
            before = i;
        }

        if (_ledger.Conversations.Length(conversation) < Limits.MessagesOfConversation && !messages.IsFull) return true;
        // an old one that had given way already; which of the others goes cannot be before its place was compared
        if (before >= 0 && before == _ledger.Conversations.Oldest(conversation)) return false;
        int victim = Victim(conversation, before);
        if (victim < 0) return false;
        if (victim == before) before = messages.Next(before);
        messages.Remove(victim);
        return true;
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
