using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Keeps records on flash: appends them, makes room for them, and knows which of them still matter.</summary>
internal sealed class Keeper : ILogOwner
{
    // room for the marks that must be written before something can give way
    private const int Reserve = 1024;

    private readonly Ledger _ledger;
    private readonly FlashLog _log;
    private readonly Room _room;
    private readonly RecordReader _reader = new RecordReader();
    private int _bootMark;

    public Keeper(Ledger ledger, IFlash flash)
    {
        _ledger = ledger;
        _log = new FlashLog(flash, Limits.LogPrefix, Limits.SegmentBytes, Limits.Segments, Limits.LogBufferBytes);
        _room = new Room(ledger);
    }

    /// <summary>What is packed here goes to flash with the next append.</summary>
    public readonly RecordWriter Writer = new RecordWriter();

    /// <summary>Reads the flash and fills the tables.</summary>
    public void Open()
    {
        var replay = new Replay(_ledger);
        _log.Open(replay);
        _ledger.Counters.DamagedRecords = _log.DamagedRecords;
        _bootMark = replay.BootMark;
        replay.Finish();
    }

    /// <summary>Writes the boot counter.</summary>
    public void AppendBoot()
    {
        Begin(8).PutInt(_ledger.Boot);
        _bootMark = Append(RecordType.Boot);
    }

    /// <summary>Makes room for a record and gives the writer, empty. Old messages may give way, so places in the tables are looked up after it.</summary>
    public RecordWriter Begin(int atMost)
    {
        if (!_log.Fits(atMost + Reserve)) MakeRoom(atMost + Reserve);
        Writer.Length = 0;
        return Writer;
    }

    /// <summary>Writes the packed record, durable when this returns; gives its address. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    public int Append(byte type)
    {
        return _log.Append(type, Writer.Bytes, 0, Writer.Length);
    }

    /// <summary>Chooses what gives way when something is full.</summary>
    public Room Room { get { return _room; } }

    /// <summary>Writes the packed record of a message and notes where it is.</summary>
    public void AppendMessage(int entry, byte type)
    {
        int address = Append(type);
        _ledger.Messages.SetRecord(entry, address, Writer.Length + LogRecord.Overhead);
    }

    /// <summary>Reads the record of an entry into the ledger's record; false when it has none or it is damaged. Its bytes count until the next call.</summary>
    public bool ReadMessage(int entry)
    {
        int address = _ledger.Messages.Address[entry];
        if (!Read(address)) return false;
        return _ledger.Record.Read(_log.ReadType, _reader, _ledger.Ids);
    }

    /// <summary>The order of what a sender has in front of an entry: that of its first record from there on, so that the lower number decides, or a new one.</summary>
    public int OrderFrom(int entry, int peer)
    {
        MessageTable messages = _ledger.Messages;
        for (int i = entry; i >= 0; i = messages.Next[i])
            if (messages.Peer[i] == peer && ReadMessage(i)) return _ledger.Record.Order;
        return _ledger.LastOrder + 1;
    }

    /// <summary>Reads a record; gives the reader at its beginning, or null when it is gone. Its bytes count until the next call.</summary>
    public RecordReader ReadRecord(int address)
    {
        return Read(address) ? _reader : null;
    }

    private bool Read(int address)
    {
        if (address == 0) return false;
        int count = _log.Read(address);
        if (count < 0) return false;
        _reader.Start(_log.Bytes, _log.PayloadStart, count);
        return true;
    }

    // oldest segments are rewritten without what is dead; when nothing is, old messages give way
    private void MakeRoom(int count)
    {
        MarkGivenWay();
        if (_log.CompactOne(this) && _log.Fits(count)) return;
        _room.Thin(_log.CapacityBytes / 4 * 3);
        MarkGivenWay();
        for (int i = 0; i < 2 * Limits.Segments; i++)
        {
            _log.CompactOne(this);
            if (_log.Fits(count)) return;
        }
    }

    // compaction takes records off the flash that have given way, in another order than they came: a restart in between would find holes
    private void MarkGivenWay()
    {
        for (int i = 0; i < _ledger.Conversations.Capacity; i++)
            if (_ledger.Conversations.Has(i, ConversationTable.HasGivenWayFlag)) Marks.TryAppendConversation(_ledger, i, false);
    }

    /// <inheritdoc/>
    public bool IsLive(byte type, int address)
    {
        switch (type)
        {
            case RecordType.Out:
            case RecordType.In: return FindMessage(address) >= 0;
            case RecordType.Conversation: return FindConversation(address) >= 0;
            case RecordType.Stream: return FindStream(address) >= 0;
            case RecordType.Boot: return address == _bootMark;
            case RecordType.Contact:
            case RecordType.Name: return _ledger.Contacts.HasMark(address);
            case RecordType.Roster: return _ledger.Groups.FindMark(address) >= 0;
            default: return true; // of a later version: not ours to throw away
        }
    }

    /// <inheritdoc/>
    public void Moved(byte type, int oldAddress, int newAddress)
    {
        switch (type)
        {
            case RecordType.Out:
            case RecordType.In: _ledger.Messages.Address[FindMessage(oldAddress)] = newAddress; break;
            case RecordType.Conversation: _ledger.Conversations.Mark[FindConversation(oldAddress)] = newAddress; break;
            case RecordType.Stream: _ledger.Streams[FindStream(oldAddress), StreamField.Mark] = newAddress; break;
            case RecordType.Boot: _bootMark = newAddress; break;
            case RecordType.Contact:
            case RecordType.Name: _ledger.Contacts.MoveMark(oldAddress, newAddress); break;
            case RecordType.Roster: _ledger.Groups.Mark[_ledger.Groups.FindMark(oldAddress)] = newAddress; break;
        }
    }

    private int FindMessage(int address)
    {
        int[] addresses = _ledger.Messages.Address;
        for (int i = 0; i < addresses.Length; i++)
            if (addresses[i] == address && _ledger.Messages.Conversation[i] != 255) return i;
        return -1;
    }

    private int FindConversation(int address)
    {
        for (int i = 0; i < _ledger.Conversations.Capacity; i++)
            if (_ledger.Conversations.Mark[i] == address) return i;
        return -1;
    }

    private int FindStream(int address)
    {
        for (int i = 0; i < _ledger.Streams.Count; i++)
            if (_ledger.Streams[i, StreamField.Mark] == address) return i;
        return -1;
    }
}
