using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Unpacks what <see cref="RecordWriter"/> packed. Never throws: a payload that is too short gives zeros and
/// <see cref="IsBad"/>.</summary>
internal sealed class RecordReader
{
    private int _end;

    /// <summary>The bytes that are read.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>Where the next byte is.</summary>
    public int At { get; private set; }

    /// <summary>Bytes left.</summary>
    public int Rest { get { return _end - At; } }

    /// <summary>Whether more was asked for than there was.</summary>
    public bool IsBad { get; private set; }

    /// <summary>Whether the id read last is a group's.</summary>
    public bool IsGroup { get; private set; }

    /// <summary>Length of the text read last, which begins at <see cref="TextStart"/>.</summary>
    public int TextCount { get; private set; }

    /// <summary>Where the text read last begins in <see cref="Bytes"/>.</summary>
    public int TextStart { get; private set; }

    public void Start(byte[] bytes, int index, int count)
    {
        Bytes = bytes;
        At = index;
        _end = index + count;
        IsBad = false;
    }

    public int TakeByte()
    {
        if (At < _end) return Bytes[At++];
        IsBad = true;
        return 0;
    }

    public int TakeInt()
    {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            int b = TakeByte();
            value |= (b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        IsBad = true;
        return 0;
    }

    /// <summary>Reads an id and gives its number in the table; -1 when the table is full or the record bad.</summary>
    public int TakeId(IdTable ids)
    {
        int head = TakeByte();
        IsGroup = head >= 0x80;
        int length = head & 0x7F;
        Text(length);
        if (IsBad || length == 0 || length > Topics.MaxIdLength) return -1;
        return ids.Add(Bytes, TextStart, length);
    }

    /// <summary>Reads a text; see <see cref="TextStart"/>.</summary>
    public void TakeText()
    {
        Text(TakeInt());
    }

    private void Text(int count)
    {
        TextStart = At;
        TextCount = 0;
        if (count < 0 || count > Rest)
        {
            IsBad = true;
            return;
        }

        TextCount = count;
        At += count;
    }
}
