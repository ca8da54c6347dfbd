namespace EdgeChat.Core;

/// <summary>What is known between this board and one device in one conversation, both ways: a row of 32 bytes.</summary>
/// <remarks>
/// <para>Grows with use, a page at a time; there are never more than one row a direct conversation and one a member of a group.</para>
/// <code>
/// cell 0   bits 0-6 conversation, 7-15 peer, 16-23 flags, 24-26 watch stage, 27-31 life under the incarnation
/// cell 1   bits 0-15 incarnation, 16-31 reader's incarnation
/// cell 2   and up: a number each, but for
/// cell 7   bits 0-23 address of the mark, 24-28 messages that are untold
/// </code>
/// </remarks>
public sealed class StreamTable
{
    /// <summary>Flag: a receipt must go out.</summary>
    public const int ReceiptIsDue = 1;

    /// <summary>Flag: the broker has a receipt of the present <see cref="High"/> and <see cref="Shown"/>.</summary>
    public const int IsTold = 2;

    /// <summary>Flag: the mark must be written soon.</summary>
    public const int MarkIsDue = 4;

    /// <summary>Flag: the mark is to be written some time.</summary>
    public const int MarkCanWait = 8;

    /// <summary>Flag: the mark has the present <see cref="High"/>.</summary>
    public const int HighIsMarked = 16;

    /// <summary>Flag: the mark has the present <see cref="First"/>.</summary>
    public const int FirstIsMarked = 32;

    /// <summary>Flag: a hole is what is lowest of the stream. It does not follow from the messages, so the mark has its first
    /// number.</summary>
    public const int BottomIsHole = 64;

    /// <summary>As <see cref="WatchDue"/>: no message without receipt is looked for.</summary>
    public const int NotWatched = 0;

    /// <summary>As <see cref="WatchDue"/>: as soon as the device is there.</summary>
    public const int WhenThere = -1;

    private const int MaxRows = ConversationTable.Most + Limits.Groups * Limits.GroupMembers;
    private const int KeyMask = 0xFFFF;
    private const int PeerShift = 7;
    private const int FlagsShift = 16;
    private const int StageShift = 24;
    private const int ReaderShift = 16;
    private const int LifeShift = 27;
    private const int LifeBits = 16;
    private const int MaxLives = 31;

    private const int HighCell = 2;
    private const int FirstCell = 3;
    private const int FloorCell = 4;
    private const int ShownCell = 5;
    private const int WatchCell = 6;
    private const int MarkCell = 7;
    private const int Cells = 8;
    private const int UntoldShift = 24;
    private const int MarkMask = (1 << UntoldShift) - 1;

    private const int OneRow = 2;

    private int[][] _pages;
    private int _state; // whether there were several lives, and above that how many rows are in use

    /// <summary>Rows in use.</summary>
    public int Count { get { return _state / OneRow; } }

    /// <summary>Whether numbers of several lives of one device were met since the start.</summary>
    public bool HasLives { get { return (_state & 1) != 0; } }

    /// <summary>The row of a device in a conversation, or -1.</summary>
    public int Find(int conversation, int peer)
    {
        int key = conversation | peer << PeerShift;
        for (int first = 0; first < Count; first += Limits.StreamPage)
        {
            int[] cells = _pages[first / Limits.StreamPage];
            int rows = Count - first < Limits.StreamPage ? Count - first : Limits.StreamPage;
            int end = rows * Cells;
            for (int i = 0; i < end; i += Cells)
                if ((cells[i] & KeyMask) == key) return first + i / Cells;
        }

        return -1;
    }

    /// <summary>The row, made when there is none; -1 when the table is full.</summary>
    public int Take(int conversation, int peer)
    {
        int row = Find(conversation, peer);
        if (row >= 0 || Count == MaxRows) return row;
        if (_pages == null || Count == _pages.Length * Limits.StreamPage)
            _pages = Column.WithPage(_pages, new int[Limits.StreamPage * Cells]);
        row = Count;
        _state += OneRow;
        this[row, 0] = conversation | peer << PeerShift;
        return row;
    }

    /// <summary>Whether a row has one of the flags.</summary>
    public bool Has(int row, int flags) { return (this[row, 0] >> FlagsShift & flags) != 0; }

    /// <summary>Gives a row flags or takes them.</summary>
    public void Set(int row, int flags, bool value)
    {
        if (value) this[row, 0] |= flags << FlagsShift;
        else this[row, 0] &= ~(flags << FlagsShift);
    }

    /// <summary>Its conversation.</summary>
    public int Conversation(int row) { return this[row, 0] & ((1 << PeerShift) - 1); }

    /// <summary>Number of the device's id.</summary>
    public int Peer(int row) { return (this[row, 0] & KeyMask) >> PeerShift; }

    // ---- what comes from the device: its stream

    /// <summary>Incarnation of the device's stream, 0 before its first message.</summary>
    public int Incarnation(int row) { return this[row, 1] & 0xFFFF; }

    /// <summary>The life that the stream is in: the incarnation in the low 16 bits, and above it how often a device began anew under
    /// it.</summary>
    public int Life(int row) { return Incarnation(row) | (this[row, 0] >> LifeShift & MaxLives) << LifeBits; }

    /// <summary>The life after this one under the same incarnation; 0 when there can be no more.</summary>
    public int NextLife(int row) { return Life(row) >> LifeBits == MaxLives ? 0 : Life(row) + (1 << LifeBits); }

    /// <summary>A number that is higher for a later life.</summary>
    public static int OrderOf(int life) { return (life & 0xFFFF) << 5 | life >> LifeBits; }

    /// <summary>Highest number that came.</summary>
    public int High(int row) { return this[row, HighCell]; }

    /// <summary>Lowest number that came: a lower one is new, however late it is.</summary>
    public int First(int row) { return this[row, FirstCell]; }

    /// <summary>Receipts speak of numbers from here on; above <see cref="First"/> when a hole below was given up.</summary>
    public int Floor(int row) { return this[row, FloorCell]; }

    /// <summary>See <see cref="Floor"/>.</summary>
    public void SetFloor(int row, int n) { this[row, FloorCell] = n; }

    /// <summary>All that came up to here was shown.</summary>
    public int Shown(int row) { return this[row, ShownCell]; }

    /// <summary>See <see cref="Shown"/>.</summary>
    public void SetShown(int row, int n)
    {
        if (this[row, ShownCell] == n) return;
        this[row, ShownCell] = n;
        Set(row, IsTold, false);
    }

    /// <summary>Takes note that numbers of a life are known; a later life begins the stream anew. False when it is of an earlier
    /// one.</summary>
    public bool NoteNumbers(int row, int life, int first, int high)
    {
        int[] cells = _pages[row / Limits.StreamPage];
        int at = row % Limits.StreamPage * Cells;
        int now = (cells[at + 1] & 0xFFFF) | (cells[at] >> LifeShift & MaxLives) << LifeBits;
        if (life != now)
        {
            if (now > 0) _state |= 1;
            if (OrderOf(life) < OrderOf(now)) return false;
            BeginLife(row, life);
        }

        if (high > cells[at + HighCell])
        {
            cells[at + HighCell] = high;
            cells[at] &= ~((IsTold | HighIsMarked) << FlagsShift);
        }

        int lowest = cells[at + FirstCell];
        if (first > 0 && (first < lowest || lowest == 0))
        {
            cells[at + FirstCell] = first;
            cells[at] &= ~(FirstIsMarked << FlagsShift);
        }

        return true;
    }

    /// <summary>Takes what the mark of a row says of the numbers of a life, unless a later one has begun.</summary>
    public void TakeMark(int row, int life, int high, int first, int floor, int shown, bool isTold, bool isBottomHole)
    {
        if (!NoteNumbers(row, life, first, high)) return;
        int[] cells = _pages[row / Limits.StreamPage];
        int at = row % Limits.StreamPage * Cells;
        cells[at + FloorCell] = floor;
        cells[at + ShownCell] = shown;
        int flags = isBottomHole ? BottomIsHole : 0;
        if (high == cells[at + HighCell]) flags |= isTold ? HighIsMarked | IsTold : HighIsMarked;
        if (first == cells[at + FirstCell]) flags |= FirstIsMarked;
        const int Said = BottomIsHole | HighIsMarked | IsTold | FirstIsMarked;
        cells[at] = (cells[at] & ~(Said << FlagsShift)) | flags << FlagsShift;
    }

    /// <summary>One more message came since the last receipt went out; gives how many did, up to
    /// <see cref="Limits.ReceiptBatch"/>.</summary>
    public int CountUntold(int row)
    {
        int untold = Untold(row);
        if (untold == Limits.ReceiptBatch) return untold;
        this[row, MarkCell] += 1 << UntoldShift;
        return untold + 1;
    }

    /// <summary>Messages that came since the last receipt went out, up to <see cref="Limits.ReceiptBatch"/>.</summary>
    public int Untold(int row) { return this[row, MarkCell] >> UntoldShift; }

    /// <summary>A receipt goes out.</summary>
    public void ClearUntold(int row) { this[row, MarkCell] &= MarkMask; }

    // ---- what it has of this board's stream

    /// <summary>Highest incarnation of the device that sent a receipt.</summary>
    public int ReaderIncarnation(int row) { return this[row, 1] >> ReaderShift & 0xFFFF; }

    /// <summary>See <see cref="ReaderIncarnation"/>.</summary>
    public void SetReaderIncarnation(int row, int incarnation) { this[row, 1] = (this[row, 1] & 0xFFFF) | incarnation << ReaderShift; }

    /// <summary>When to look for messages without receipt, in tenths of a second since boot, or <see cref="NotWatched"/> or
    /// <see cref="WhenThere"/>.</summary>
    public int WatchDue(int row) { return this[row, WatchCell]; }

    /// <summary>See <see cref="WatchDue"/>.</summary>
    public void SetWatchDue(int row, int due) { this[row, WatchCell] = due; }

    /// <summary>How often messages without receipt were looked for.</summary>
    public int WatchStage(int row) { return this[row, 0] >> StageShift & 7; }

    /// <summary>See <see cref="WatchStage"/>.</summary>
    public void SetWatchStage(int row, int stage) { this[row, 0] = (this[row, 0] & ~(7 << StageShift)) | stage << StageShift; }

    // ---- its mark on flash

    /// <summary>Address of the mark of this row, or 0.</summary>
    public int Mark(int row) { return this[row, MarkCell] & MarkMask; }

    /// <summary>See <see cref="Mark"/>.</summary>
    public void SetMark(int row, int address) { this[row, MarkCell] = (this[row, MarkCell] & ~MarkMask) | address; }

    private int this[int row, int cell]
    {
        get { return _pages[row / Limits.StreamPage][row % Limits.StreamPage * Cells + cell]; }
        set { _pages[row / Limits.StreamPage][row % Limits.StreamPage * Cells + cell] = value; }
    }

    private void BeginLife(int row, int life)
    {
        this[row, 1] = (this[row, 1] & ~0xFFFF) | (life & 0xFFFF);
        this[row, 0] = (this[row, 0] & ~(MaxLives << LifeShift)) | life >> LifeBits << LifeShift;
        this[row, HighCell] = 0;
        this[row, FirstCell] = 0;
        this[row, FloorCell] = 0;
        this[row, ShownCell] = 0;
        Set(row, IsTold | HighIsMarked | FirstIsMarked | BottomIsHole, false);
        ClearUntold(row);
    }
}
