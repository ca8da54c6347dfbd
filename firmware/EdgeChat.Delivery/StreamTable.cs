using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What is known between this board and one device in one conversation, both ways: a row of numbers, fields of <see cref="StreamField"/>, 32 bytes.</summary>
/// <remarks>
/// <para>Grows with use, a page of 16 rows at a time; there are never more than one row a direct conversation and one a member of a group.</para>
/// <code>
/// cell 0   bits 0-6 conversation, 7-15 peer, 16-23 flags, 24-26 watch stage
/// cell 1   bits 0-15 incarnation, 16-31 reader's incarnation
/// cell 2   and up: a number each
/// </code>
/// </remarks>
internal sealed class StreamTable
{
    private const int PageBits = 4;
    private const int PageRows = 1 << PageBits;
    private const int MaxRows = Limits.Conversations + Limits.ClosedConversations + Limits.Groups * Limits.GroupMembers;
    private const int KeyMask = 0xFFFF;
    private static readonly byte[] CellOf = { 0, 0, 0, 0, 1, 1 };
    private static readonly byte[] ShiftOf = { 0, 7, 16, 24, 0, 16 };
    private static readonly int[] MaskOf = { 0x7F, 0x1FF, 0xFF, 7, 0xFFFF, 0xFFFF };

    private readonly int[][] _pages = new int[(MaxRows + PageRows - 1) >> PageBits][];

    /// <summary>Rows in use.</summary>
    public int Count { get; private set; }

    /// <summary>One number of a row. What was true of a number that changes is not true any more: its flags go.</summary>
    public int this[int row, int field]
    {
        get
        {
            int[] cells = _pages[row >> PageBits];
            int at = PlaceOf(row);
            if (field < StreamField.Cells) return cells[at + field];
            int packed = field - StreamField.Cells;
            return cells[at + CellOf[packed]] >> ShiftOf[packed] & MaskOf[packed];
        }

        set
        {
            int[] cells = _pages[row >> PageBits];
            int at = PlaceOf(row);
            if (field >= StreamField.Cells)
            {
                int packed = field - StreamField.Cells;
                at += CellOf[packed];
                int shift = ShiftOf[packed];
                cells[at] = (cells[at] & ~(MaskOf[packed] << shift)) | value << shift;
                return;
            }

            if (cells[at + field] == value) return;
            cells[at + field] = value;
            if (field == StreamField.High) Set(row, StreamField.IsTold | StreamField.HighIsMarked, false);
            else if (field == StreamField.Shown) Set(row, StreamField.IsTold, false);
            else if (field == StreamField.First) Set(row, StreamField.FirstIsMarked, false);
        }
    }

    /// <summary>The row of a device in a conversation, or -1.</summary>
    public int Find(int conversation, int peer)
    {
        int key = conversation | peer << 7;
        for (int first = 0; first < Count; first += PageRows)
        {
            int[] cells = _pages[first >> PageBits];
            int rows = Count - first < PageRows ? Count - first : PageRows;
            int end = rows * StreamField.Cells;
            for (int i = 0; i < end; i += StreamField.Cells)
                if ((cells[i] & KeyMask) == key) return first + i / StreamField.Cells;
        }

        return -1;
    }

    /// <summary>The row, made when there is none; -1 when the table is full.</summary>
    public int Take(int conversation, int peer)
    {
        int row = Find(conversation, peer);
        if (row >= 0 || Count == MaxRows) return row;
        row = Count++;
        if (row % PageRows == 0) _pages[row >> PageBits] = new int[PageRows * StreamField.Cells];
        this[row, StreamField.Conversation] = conversation;
        this[row, StreamField.Peer] = peer;
        return row;
    }

    public bool Has(int row, int flag) { return (_pages[row >> PageBits][PlaceOf(row)] & flag << 16) != 0; }

    public void Set(int row, int flag, bool value)
    {
        int[] cells = _pages[row >> PageBits];
        int at = PlaceOf(row);
        if (value) cells[at] |= flag << 16;
        else cells[at] &= ~(flag << 16);
    }

    private static int PlaceOf(int row) { return (row & (PageRows - 1)) * StreamField.Cells; }
}
