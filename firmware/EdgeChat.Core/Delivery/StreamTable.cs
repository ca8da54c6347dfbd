using System;

namespace EdgeChat.Core;

/// <summary>What is known between this board and one device in one conversation, both ways: a row of numbers, fields of <see cref="StreamField"/>, 32 bytes.</summary>
/// <remarks>
/// <para>Grows with use, 16 rows at a time; there are never more than one row a direct conversation and one a member of a group.</para>
/// <code>
/// cell 0   bits 0-6 conversation, 7-15 peer, 16-23 flags, 24-26 watch stage
/// cell 1   bits 0-15 incarnation, 16-31 reader's incarnation
/// cell 2   and up: a number each
/// </code>
/// </remarks>
internal sealed class StreamTable
{
    private const int Step = 16;
    private const int MaxRows = Limits.Conversations + Limits.ClosedConversations + Limits.Groups * Limits.GroupMembers;
    private const int KeyMask = 0xFFFF;
    private static readonly byte[] CellOf = { 0, 0, 0, 0, 1, 1 };
    private static readonly byte[] ShiftOf = { 0, 7, 16, 24, 0, 16 };
    private static readonly int[] MaskOf = { 0x7F, 0x1FF, 0xFF, 7, 0xFFFF, 0xFFFF };

    private int[] _cells = new int[Step * StreamField.Cells];

    /// <summary>Rows in use.</summary>
    public int Count { get; private set; }

    /// <summary>One number of a row. What was true of a number that changes is not true any more: its flags go.</summary>
    public int this[int row, int field]
    {
        get
        {
            if (field < StreamField.Cells) return _cells[row * StreamField.Cells + field];
            int packed = field - StreamField.Cells;
            return _cells[row * StreamField.Cells + CellOf[packed]] >> ShiftOf[packed] & MaskOf[packed];
        }

        set
        {
            int at = row * StreamField.Cells;
            if (field >= StreamField.Cells)
            {
                int packed = field - StreamField.Cells;
                at += CellOf[packed];
                int shift = ShiftOf[packed];
                _cells[at] = (_cells[at] & ~(MaskOf[packed] << shift)) | value << shift;
                return;
            }

            if (_cells[at + field] == value) return;
            _cells[at + field] = value;
            if (field == StreamField.High) Set(row, StreamField.IsTold | StreamField.HighIsMarked, false);
            else if (field == StreamField.Shown) Set(row, StreamField.IsTold, false);
            else if (field == StreamField.First) Set(row, StreamField.FirstIsMarked, false);
        }
    }

    /// <summary>The row of a device in a conversation, or -1.</summary>
    public int Find(int conversation, int peer)
    {
        int[] cells = _cells;
        int end = Count * StreamField.Cells;
        int key = conversation | peer << 7;
        for (int i = 0; i < end; i += StreamField.Cells)
            if ((cells[i] & KeyMask) == key) return i / StreamField.Cells;
        return -1;
    }

    /// <summary>The row, made when there is none; -1 when the table is full.</summary>
    public int Take(int conversation, int peer)
    {
        int row = Find(conversation, peer);
        if (row >= 0 || Count == MaxRows) return row;
        if (Count * StreamField.Cells == _cells.Length)
        {
            int[] more = new int[_cells.Length + Step * StreamField.Cells];
            Array.Copy(_cells, more, _cells.Length);
            _cells = more;
        }

        row = Count++;
        this[row, StreamField.Conversation] = conversation;
        this[row, StreamField.Peer] = peer;
        return row;
    }

    public bool Has(int row, int flag) { return (_cells[row * StreamField.Cells] & flag << 16) != 0; }

    public void Set(int row, int flag, bool value)
    {
        if (value) _cells[row * StreamField.Cells] |= flag << 16;
        else _cells[row * StreamField.Cells] &= ~(flag << 16);
    }
}
