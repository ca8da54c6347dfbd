using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Unpacks what <see cref="RecordWriter"/> packed. Never throws: a payload that is too short gives zeros and
/// <see cref="IsBad"/>.</summary>
internal sealed class RecordReader
{
    private const int LongestInt = 5; // bytes

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
        int at = _at;
        if (at < _end && bytes[at] < 0x80)
        {
            _at = at + 1;
            return bytes[at];
        }

        return _end - at < LongestInt ? TakeInt(bytes) : TakeLongInt(bytes, at);
    }

    // most that are longer than a byte are times and digests, of five
    private int TakeLongInt(byte[] bytes, int at)
    {
        int four = BitConverter.ToInt32(bytes, at);
        int value = (four & 0x7F) | (four >> 1 & 0x7F << 7);
        if ((four & 0x8000) == 0)
        {
            _at = at + 2;
            return value;
        }

        if ((four & 0x800000) == 0)
        {
            _at = at + 3;
            return value | (four >> 2 & 0x7F << 14);
        }

        value |= (four >> 2 & 0x7F << 14) | (four >> 3 & 0x7F << 21);
        _at = at + 4;
        if (four >= 0) return value;
        int last = bytes[at + 4];
        _at = at + LongestInt;
        if (last < 0x80) return value | last << 28;
        IsBad = true;
        return 0;
    }

    private int TakeInt(byte[] bytes)
    {
        int value = 0;
        for (int shift = 0; shift < 7 * LongestInt && _at < _end; shift += 7)
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
        byte[] bytes = _bytes;
        int start = _at + 1;
        int head = start > _end ? 0 : bytes[start - 1];
        IsGroup = head >= 0x80;
        int length = head & 0x7F;
        if (IsBad || start + length > _end)
        {
            IsBad = true;
            return -1;
        }

        _at = start + length;
        return length == 0 || length > Topics.MaxIdLength ? -1 : ids.Add(bytes, start, length);
    }

    /// <summary>Passes over an id.</summary>
    public void SkipId()
    {
        int head = TakeByte();
        IsGroup = head >= 0x80;
        Text(head & 0x7F);
    }

    /// <summary>Passes over so many numbers.</summary>
    public void SkipInts(int count)
    {
        byte[] bytes = _bytes;
        int at = _at;
        for (int last = _end - LongestInt; count > 0 && at <= last; count--)
        {
            int four = BitConverter.ToInt32(bytes, at);
            if ((four & 0x80) == 0) at++;
            else if ((four & 0x8000) == 0) at += 2;
            else if ((four & 0x800000) == 0) at += 3;
            else at += four >= 0 ? 4 : LongestInt;
        }

        while (count > 0 && at < _end)
            if (bytes[at++] < 0x80) count--;
        _at = at;
        if (count > 0) IsBad = true;
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
