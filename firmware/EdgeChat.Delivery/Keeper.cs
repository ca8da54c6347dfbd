using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Keeps records on flash: appends them, makes room for them, and knows which of them still matter.</summary>
internal sealed class Keeper : ILogOwner
{
    private readonly Ledger _ledger;
    private readonly FlashLog _log;
    private readonly RecordReader _reader;
    private readonly RecordWriter _writer;
    private Replay _replay; // while the flash is read
    private int _bootMark;
    private int _inVain; // compactions in a row that freed nothing
    private int _turns;  // compactions ahead since there was room

    public Keeper(Ledger ledger, IFlash flash)
    {
        _ledger = ledger;
        _log = new FlashLog(flash, Limits.LogPrefix, Limits.SegmentBytes, Limits.Segments, Limits.LogBufferBytes);
        _reader = new RecordReader();
        _writer = new RecordWriter(_log.Bytes);
    }

    /// <summary>The log's buffer, for whoever needs room for something short-lived: each call of this class overwrites it.</summary>
    public byte[] Scratch { get { return _log.Bytes; } }

    /// <summary>Bytes on flash of the record that was packed last.</summary>
    public int RecordLength { get { return _writer.RecordLength; } }

    /// <summary>Reads some of the flash into the tables; true when that was all of it.</summary>
    public bool Load()
    {
        if (_replay == null) _replay = new Replay(_ledger);
        if (!_replay.HasAll)
        {
            _replay.HasAll = _log.OpenSome(_replay);
            return false;
        }

        if (!_replay.FinishSome()) return false;
        _ledger.Counters.DamagedRecords = _log.DamagedRecords;
        _bootMark = _replay.BootMark;
        _replay = null;
        return true;
    }

    /// <summary>How much of the flash <see cref="Load"/> has read, in percent.</summary>
    public int LoadedPercent { get { return _log.OpenedPercent; } }

    /// <summary>Segments of the flash.</summary>
    public int SegmentCount { get { return _log.SegmentCount; } }

    /// <summary>Shows all records of a segment, those too that do not count any more; 0 is the oldest segment.</summary>
    public void Show(int segment, ILogVisitor visitor) { _log.Show(segment, visitor); }

    /// <summary>Writes the boot counter, and the incarnation once it is known; false when the flash refuses.</summary>
    public bool TryAppendBoot(bool isLifeKnown)
    {
        RecordWriter to = Begin(Limits.SmallRecordBytes);
        to.PutInt(_ledger.Boot);
        to.PutInt(isLifeKnown ? _ledger.Me.Incarnation : 0);
        int address = TryAppend(RecordType.Boot);
        if (address > 0) _bootMark = address;
        return address > 0;
    }

    /// <summary>Makes room for a record (<see cref="MakeRoom"/>) and gives the writer, empty.</summary>
    public RecordWriter Begin(int atMost)
    {
        MakeRoom(atMost);
        return _writer.Begin();
    }

    /// <summary>Gives the writer, empty, when no room must be made: while room is being made, or where what makes room could take away what
    /// this is about.</summary>
    public RecordWriter BeginAsIs() { return _writer.Begin(); }

    /// <summary>Makes room for a record, if that can be: the append tells. Old messages may give way, so places in the tables are looked up
    /// after it.</summary>
    public void MakeRoom(int atMost)
    {
        int count = atMost + Limits.LogReserve;
        if (_log.Fits(count)) return;
        try
        {
            Compact(count);
        }
        catch (FlashException)
        {
            // what was moved is in two places now, which does no harm
        }
        catch (OutOfMemoryException)
        {
            // see above
        }
    }

    private void Compact(int count)
    {
        _inVain = 0;
        for (int turn = 0; IsWorthIt; turn++)
        {
            bool fits = TakeOldest(count, turn);
            if (fits) return;
        }
    }

    /// <summary>Makes room ahead, one segment a call, so that nobody who writes waits for it; the next one is due at once.</summary>
    public void OnTime()
    {
        if (!_log.IsNearlyFull)
        {
            _inVain = 0;
            _turns = 0;
            return;
        }

        if (!IsWorthIt) return; // all that is there must stay, or give way when somebody needs it
        try
        {
            TakeOldest(0, _turns++);
        }
        catch (FlashException)
        {
            _inVain++;
        }
        catch (OutOfMemoryException)
        {
            _inVain++;
        }

        if (_log.IsNearlyFull) _ledger.DueMs(_ledger.NowMs);
    }

    // a whole round that frees nothing ends it
    private bool IsWorthIt { get { return _inVain <= _log.SegmentCount; } }

    // Takes the oldest segment; true when the record fits. Where that frees little, something old gives way, a part of a segment at a time;
    // but first, when there may be garbage in other segments, these have their turn.
    private bool TakeOldest(int count, int turn)
    {
        MarkGivenWay();
        int used = _log.UsedBytes;
        try
        {
            _log.CompactOne(this);
        }
        finally
        {
            _ledger.Messages.EndFinding();
        }

        int freed = used - _log.UsedBytes;
        bool fits = count > 0 ? _log.Fits(count) : !_log.IsNearlyFull;
        int kept = _ledger.Messages.Bytes;
        bool mayHaveGarbage = turn < _log.SegmentCount && _log.UsedBytes - kept > _log.CapacityBytes / 8;
        if (freed < Limits.ThinBytes && (fits ? kept > _log.CapacityBytes / 4 * 3 : !mayHaveGarbage))
            Room.Thin(_ledger, kept - Limits.ThinBytes);
        _inVain = freed > 0 || _ledger.Messages.Bytes < kept ? 0 : _inVain + 1;
        return fits;
    }

    /// <summary>Why <see cref="TryAppend"/> refused last; null when the heap was too short.</summary>
    public string Refusal { get; private set; }

    /// <summary>The same as an error for a person.</summary>
    public SendError Error { get { return Refusal == null ? SendError.NoMemory : SendError.FlashFailed; } }

    /// <summary>The heap was too short for what was to be packed.</summary>
    public void RefuseForHeap() { Refusal = null; }

    /// <summary>Writes the packed record, durable when this gives its address; 0 when the flash refuses or the heap is too short.</summary>
    public int TryAppend(byte type)
    {
        try
        {
            int address = _log.Append(type, _writer.Length);
            if (_log.IsNearlyFull) _ledger.DueMs(_ledger.NowMs);
            return address;
        }
        catch (FlashException e)
        {
            Refusal = e.Message;
        }
        catch (OutOfMemoryException)
        {
            Refusal = null;
        }

        return 0;
    }

    /// <summary>Writes the record of an entry, which was just read into the ledger's record and has changed there since, again: the later
    /// one of two with the same number counts. With what it says and answers, or without; false as with <see cref="TryAppend"/>.</summary>
    public bool TryRewrite(int entry, bool withText)
    {
        MessageRecord record = _ledger.Record;
        byte[] copy = null; // what is read lies where the record is built
        byte[] reply = null;
        int start = record.ContentStart;
        int count = withText ? record.ContentCount : 0;
        if (withText)
        {
            copy = new byte[start + count];
            Array.Copy(record.Bytes, copy, copy.Length);
            if (record.ReplyCount > 0)
            {
                reply = new byte[record.ReplyCount];
                Array.Copy(copy, record.ReplyStart, reply, 0, reply.Length);
            }
        }

        return TryRewrite(entry, reply, copy, start, count);
    }

    /// <summary>The same with another text.</summary>
    public bool TryRewrite(int entry, byte[] reply, byte[] text, int start, int count)
    {
        MessageRecord record = _ledger.Record;
        record.Write(_writer.Begin(), _ledger.Ids, reply, text, start, count);
        int address = TryAppend(record.IsMine ? RecordType.Out : RecordType.In);
        if (address > 0) _ledger.Messages.SetRecord(entry, address, _writer.RecordLength);
        return address > 0;
    }

    /// <summary>Reads the record of an entry into the ledger's record; false when it has none or it is damaged. Its bytes count until the
    /// next call.</summary>
    public bool ReadMessage(int entry)
    {
        int address = _ledger.Messages.Address(entry);
        if (!Read(address)) return false;
        return _ledger.Record.Read(_log.ReadType, _reader, _ledger.Ids);
    }

    /// <summary>Reads what an entry says, and what it answers, into the ledger's record, and nothing else of it; false as with
    /// <see cref="ReadMessage"/>.</summary>
    public bool ReadContent(int entry)
    {
        return Read(_ledger.Messages.Address(entry)) && _ledger.Record.ReadContent(_log.ReadType, _reader);
    }

    /// <summary>The order of what a sender has in front of an entry: that of its first record from there on, so that the lower number
    /// decides, or a new one.</summary>
    public int OrderFrom(int entry, int peer)
    {
        MessageTable messages = _ledger.Messages;
        for (int i = entry; i >= 0; i = messages.Next(i))
            if (messages.Peer(i) == peer && ReadMessage(i)) return _ledger.Record.Order;
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
        _reader.Start(_log.Bytes, LogRecord.HeaderBytes, count);
        return true;
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
            case RecordType.In: return _ledger.Messages.FindRecord(address) >= 0;
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
            case RecordType.In: _ledger.Messages.MoveRecord(_ledger.Messages.FindRecord(oldAddress), newAddress); break;
            case RecordType.Conversation: _ledger.Conversations.SetMark(FindConversation(oldAddress), newAddress); break;
            case RecordType.Stream: _ledger.Streams.SetMark(FindStream(oldAddress), newAddress); break;
            case RecordType.Boot: _bootMark = newAddress; break;
            case RecordType.Contact:
            case RecordType.Name: _ledger.Contacts.MoveMark(oldAddress, newAddress); break;
            case RecordType.Roster: _ledger.Groups.SetMark(_ledger.Groups.FindMark(oldAddress), newAddress); break;
        }
    }

    private int FindConversation(int address)
    {
        for (int i = 0; i < _ledger.Conversations.Capacity; i++)
            if (_ledger.Conversations.Mark(i) == address) return i;
        return -1;
    }

    private int FindStream(int address)
    {
        for (int i = 0; i < _ledger.Streams.Count; i++)
            if (_ledger.Streams.Mark(i) == address) return i;
        return -1;
    }
}
