using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Unpacks what <see cref="RecordWriter"/> packed. Never throws: a payload that is too short gives zeros and
/// <see cref="IsBad"/>.</summary>
internal sealed class RecordReader
{
    private byte[] _bytes;
    private int _at;
    private int _end;

    /// <summary>The bytes that are read.</summary>
    public byte[] Bytes { get { return _bytes; } }

    /// <summary>Where the next byte is.</summary>
    public int At { get { return _at; } }

    /// <summary>Bytes left.</summary>
    public int Rest { get { return _end - _at; } }

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
        _bytes = bytes;
        _at = index;
        _end = index + count;
        IsBad = false;
    }

    public int TakeByte()
    {
        if (_at < _end) return _bytes[_at++];
        IsBad = true;
        return 0;
    }

    public int TakeInt()
    {
        byte[] bytes = _bytes;
        int value = 0;
        for (int shift = 0; shift < 35 && _at < _end; shift += 7)
        {
            int b = bytes[_at++];
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
        return ids.Add(_bytes, TextStart, length);
    }

    /// <summary>Reads a text; see <see cref="TextStart"/>.</summary>
    public void TakeText()
    {
        Text(TakeInt());
    }

    private void Text(int count)
    {
        TextStart = _at;
        TextCount = 0;
        if (count < 0 || count > Rest)
        {
            IsBad = true;
            return;
        }

        TextCount = count;
        _at += count;
    }
}
