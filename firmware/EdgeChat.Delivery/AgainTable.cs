namespace EdgeChat.Delivery;

/// <summary>The ranges of this board's messages that are on their way again, one a row of the stream table at most.</summary>
/// <remarks>When it is full a new range is not taken: who asks asks again, and what is watched comes up again.</remarks>
internal sealed class AgainTable
{
    private const int Places = 24;
    private readonly short[] _rows = new short[Places];
    private readonly bool[] _wasAsked = new bool[Places];

    /// <summary>Next number of a range.</summary>
    public readonly int[] Next = new int[Places];

    /// <summary>Last number of a range.</summary>
    public readonly int[] To = new int[Places];

    /// <summary>Ranges under way.</summary>
    public int Count { get; private set; }

    /// <summary>The row of a range.</summary>
    public int RowAt(int place) { return _rows[place]; }

    /// <summary>Whether a device asked for it: then it is told what is not there any more, too.</summary>
    public bool WasAsked(int place) { return _wasAsked[place]; }

    /// <summary>The range of a row, or -1.</summary>
    public int Find(int row)
    {
        for (int i = 0; i < Count; i++)
            if (_rows[i] == row) return i;
        return -1;
    }

    /// <summary>Adds a range, or widens the one that its row has.</summary>
    public void Add(int row, int from, int to, bool wasAsked)
    {
        int place = Find(row);
        if (place < 0)
        {
            if (Count == Places) return;
            place = Count++;
            _rows[place] = (short)row;
            _wasAsked[place] = false;
            Next[place] = from;
            To[place] = to;
        }

        if (from < Next[place]) Next[place] = from;
        if (to > To[place]) To[place] = to;
        if (wasAsked) _wasAsked[place] = true;
    }

    /// <summary>Ends the range at a place; the last one takes its place.</summary>
    public void RemoveAt(int place)
    {
        int last = --Count;
        _rows[place] = _rows[last];
        _wasAsked[place] = _wasAsked[last];
        Next[place] = Next[last];
        To[place] = To[last];
    }
}
