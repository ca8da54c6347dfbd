using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>When the recipients of a message of this board got it and showed it: when the receipt came here, as far as the flash still
/// tells.</summary>
/// <remarks>Nothing of it is kept on the heap. The marks of streams that receipts have left are looked through when somebody asks, the
/// newest segment first, those too that later ones have replaced, which stay until their segment is compacted.</remarks>
public sealed class ReceiptTimes : ILogVisitor
{
    // cells of a recipient
    private const int PeerCell = 0;
    private const int ReceivedCell = 1;
    private const int ReadCell = 2;
    private const int DoneCell = 3; // which of the two cannot be earlier, a bit each
    private const int Cells = 4;

    private readonly Ledger _ledger;
    private readonly RecordReader _reader = new RecordReader();
    private readonly int _id;
    private readonly bool _isGroup;
    private readonly int _n;
    private readonly int[] _rows;
    private int _wanted; // times that may be found, or found earlier, yet
    private int _segments; // that are left

    /// <summary>Begins to look for the times of a message of this board.</summary>
    internal ReceiptTimes(Ledger ledger, int message)
    {
        _ledger = ledger;
        int conversation = ledger.Messages.Conversation(message);
        _id = ledger.Conversations.Id(conversation);
        _isGroup = ledger.Conversations.IsGroup(conversation);
        _n = ledger.Messages.N(message);
        int group = _isGroup ? ledger.Groups.Find(conversation) : -1;
        _rows = new int[Recipients.Count(ledger, message) * Cells];
        for (int place = 0; place * Cells < _rows.Length; place++)
        {
            int peer = Recipients.At(ledger, message, place);
            int bit = _isGroup ? ledger.Groups.BitOf(group, peer) : Ticks.Direct;
            _rows[place * Cells + PeerCell] = peer;
            // what has not come so far has no time
            if (Ticks.Has(ledger.Messages, message, bit, Tick.Two)) _wanted++;
            else _rows[place * Cells + DoneCell] |= 1 << ReceivedCell;
            if (Ticks.Has(ledger.Messages, message, bit, Tick.Shown)) _wanted++;
            else _rows[place * Cells + DoneCell] |= 1 << ReadCell;
        }

        _segments = ledger.Keeper.SegmentCount;
    }

    /// <summary>Whether all that can be found was found.</summary>
    public bool IsDone { get { return _wanted <= 0 || _segments == 0; } }

    /// <summary>Looks through one segment more; true when that was all.</summary>
    public bool GoOn()
    {
        if (_segments > _ledger.Keeper.SegmentCount) _segments = _ledger.Keeper.SegmentCount; // old ones have gone meanwhile
        if (!IsDone) _ledger.Keeper.Show(--_segments, this);
        return IsDone;
    }

    /// <summary>Unix seconds when the recipient at a place got the message, or 0 when that is not known.</summary>
    public long ReceivedAt(int place) { return TimeAt(place, ReceivedCell); }

    /// <summary>Unix seconds when the recipient at a place showed it, or 0 when that is not known.</summary>
    public long ReadAt(int place) { return TimeAt(place, ReadCell); }

    /// <inheritdoc/>
    public void OnRecord(byte type, int address, byte[] buffer, int index, int count)
    {
        if (type != RecordType.Stream) return;
        RecordReader from = _reader;
        from.Start(buffer, index, count);
        if (TakeId(from) != _id || from.IsGroup != _isGroup) return;
        int peer = TakeId(from);
        int row = 0;
        while (row < _rows.Length && _rows[row + PeerCell] != peer) row += Cells;
        if (row == _rows.Length) return;
        Tick tick = Marks.TickOf(from, _n);
        // what comes before a mark that does not have it tells nothing of it
        if (tick == Tick.None) End(row, 1 << ReceivedCell);
        if (tick != Tick.Shown) End(row, 1 << ReadCell);
        if (from.Rest <= 0 || tick == Tick.None) return;
        int time = from.TakeFour();
        Note(row + ReceivedCell, from.TakeInt(), time);
        if (tick == Tick.Shown) Note(row + ReadCell, from.TakeInt(), time);
    }

    // of several receipts that may have said it first it was the earliest
    private void Note(int cell, int first, int time)
    {
        if (first == 0 || _n < first) return;
        if (_rows[cell] == 0 || UnixSeconds.Unpack(time) < UnixSeconds.Unpack(_rows[cell])) _rows[cell] = time;
    }

    private void End(int row, int time)
    {
        if ((_rows[row + DoneCell] & time) != 0) return;
        _rows[row + DoneCell] |= time;
        _wanted--;
    }

    // of a device that is not known any more, -1
    private int TakeId(RecordReader from)
    {
        from.SkipId();
        return _ledger.Ids.Find(from.Bytes, from.TextStart, from.TextCount);
    }

    private long TimeAt(int place, int cell)
    {
        int at = place * Cells + cell;
        return at < _rows.Length ? UnixSeconds.Unpack(_rows[at]) : 0;
    }
}
