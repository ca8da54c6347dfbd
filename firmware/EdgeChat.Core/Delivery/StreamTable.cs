using System;

namespace EdgeChat.Core;

/// <summary>What is known between this board and one device in one conversation, both ways: a row of numbers, fields of <see cref="StreamField"/>.</summary>
/// <remarks>Grows with use, 16 rows at a time; there are never more than one row a direct conversation and one a member of a group.</remarks>
internal sealed class StreamTable
{
    private const int Step = 16;
    private const int MaxRows = Limits.Conversations + Limits.ClosedConversations + Limits.Groups * Limits.GroupMembers;
    private int[] _cells = new int[Step * StreamField.Count];

    /// <summary>Rows in use.</summary>
    public int Count { get; private set; }

    /// <summary>One number of a row.</summary>
    public int this[int row, int field]
    {
        get { return _cells[row * StreamField.Count + field]; }
        set { _cells[row * StreamField.Count + field] = value; }
    }

    /// <summary>The row of a device in a conversation, or -1.</summary>
    public int Find(int conversation, int peer)
    {
        int[] cells = _cells;
        int end = Count * StreamField.Count;
        for (int i = 0; i < end; i += StreamField.Count)
            if (cells[i + StreamField.Peer] == peer && cells[i + StreamField.Conversation] == conversation) return i / StreamField.Count;
        return -1;
    }

    /// <summary>The row, made when there is none; -1 when the table is full.</summary>
    public int Take(int conversation, int peer)
    {
        int row = Find(conversation, peer);
        if (row >= 0 || Count == MaxRows) return row;
        if (Count * StreamField.Count == _cells.Length)
        {
            int[] more = new int[_cells.Length + Step * StreamField.Count];
            Array.Copy(_cells, more, _cells.Length);
            _cells = more;
        }

        row = Count++;
        Array.Clear(_cells, row * StreamField.Count, StreamField.Count);
        this[row, StreamField.Conversation] = conversation;
        this[row, StreamField.Peer] = peer;
        return row;
    }

    public bool Has(int row, int flag) { return (this[row, StreamField.Flags] & flag) != 0; }

    public void Set(int row, int flag, bool value)
    {
        int flags = this[row, StreamField.Flags];
        this[row, StreamField.Flags] = value ? flags | flag : flags & ~flag;
    }
}
