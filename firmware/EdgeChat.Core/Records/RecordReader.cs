using System;

namespace EdgeChat.Core;

/// <summary>Unpacks what <see cref="RecordWriter"/> packed. Never throws: a payload that is too short gives zeros and
/// <see cref="IsBad"/>.</summary>
public sealed class RecordReader
{
    private const int LongestInt = 5; // bytes

    private byte[] _bytes;
    private int _at;
    private int _end;

    /// <summary>The bytes that are read.</summary>
    public byte[] Bytes { get { return _bytes; } }

    /// <summary>Where the next byte is; behind <see cref="End"/> when more was asked for than there was.</summary>
    public int At { get { return _at; } set { _at = value; } }

    /// <summary>Where the bytes end.</summary>
    public int End { get { return _end; } }

    /// <summary>Bytes left.</summary>
    public int Rest { get { return _end - _at; } }

    /// <summary>Whether more was asked for than there was.</summary>
    public bool IsBad { get { return _at > _end; } }

    /// <summary>Whether the id read last is a group's.</summary>
    public bool IsGroup;

    /// <summary>Length of the text read last, which begins at <see cref="TextStart"/>.</summary>
    public int TextCount { get; private set; }

    /// <summary>Where the text read last begins in <see cref="Bytes"/>.</summary>
    public int TextStart { get; private set; }

    /// <summary>Begins with a payload that lies in a buffer.</summary>
    public void Start(byte[] bytes, int index, int count)
    {
        _bytes = bytes;
        _at = index;
        _end = index + count;
    }

    /// <summary>The next byte.</summary>
    public int TakeByte()
    {
        return _at < _end ? _bytes[_at++] : Fail();
    }

    /// <summary>The next number.</summary>
    public int TakeInt()
    {
        byte[] bytes = _bytes;
        int at = _at;
        if (at < _end)
        {
            int value = bytes[at];
            if (value < 0x80)
            {
                _at = at + 1;
                return value;
            }
        }

        int number = NumberAt(bytes, ref at, _end);
        _at = at;
        return number;
    }

    /// <summary>The next four bytes as a number, low ones first.</summary>
    public int TakeFour()
    {
        int at = _at;
        if (at + 4 > _end) return Fail();
        _at = at + 4;
        return BitConverter.ToInt32(_bytes, at);
    }

    /// <summary>Reads a number without a reader; when it is not there, gives 0, and what is read next lies behind the end.</summary>
    public static int NumberAt(byte[] bytes, ref int next, int end)
    {
        int at = next;
        if (end - at >= LongestInt)
        {
            int four = BitConverter.ToInt32(bytes, at);
            if ((four & 0x8080) == 0x80)
            {
                next = at + 2;
                return (four & 0x7F) | (four >> 1 & 0x7F << 7);
            }
        }

        int value = 0;
        for (int shift = 0; shift < 7 * LongestInt && at < end; shift += 7)
        {
            int b = bytes[at++];
            value |= (b & 0x7F) << shift;
            if (b >= 0x80) continue;
            next = at;
            return value;
        }

        next = end + 1;
        return 0;
    }

    /// <summary>Reads an id and gives its number in the table; -1 when the table is full or the record bad.</summary>
    public int TakeId(IdTable ids)
    {
        byte[] bytes = _bytes;
        int start = _at + 1;
        int head = start > _end ? Fail() : bytes[start - 1];
        IsGroup = head >= 0x80;
        int length = head & 0x7F;
        int next = start + length;
        _at = next;
        if (next > _end) return -1;
        int known = ids.Find(bytes, start, length);
        return known < 0 ? ids.Add(bytes, start, length) : known;
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
        if (count > 0) Fail();
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
            Fail();
            return;
        }

        TextCount = count;
        _at += count;
    }

    private int Fail()
    {
        _at = _end + 1;
        return 0;
    }
}
