using System;

namespace EdgeChat.Drivers;

/// <summary>A bounded queue of bytes; not safe for several threads by itself.</summary>
public sealed class ByteRing
{
    private readonly byte[] _bytes;
    private int _first;

    /// <summary>Makes a ring for <paramref name="capacity"/> bytes.</summary>
    public ByteRing(int capacity)
    {
        _bytes = new byte[capacity];
    }

    /// <summary>Bytes that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds as many of the bytes as there is room for; gives how many.</summary>
    public int Put(byte[] buffer, int index, int count)
    {
        int room = _bytes.Length - Count;
        if (count > room) count = room;
        int at = _first + Count;
        if (at >= _bytes.Length) at -= _bytes.Length;
        int straight = _bytes.Length - at;
        if (straight > count) straight = count;
        Array.Copy(buffer, index, _bytes, at, straight);
        Array.Copy(buffer, index + straight, _bytes, 0, count - straight);
        Count += count;
        return count;
    }

    /// <summary>Takes up to <paramref name="count"/> bytes; gives how many there were.</summary>
    public int Take(byte[] buffer, int index, int count)
    {
        if (count > Count) count = Count;
        int straight = _bytes.Length - _first;
        if (straight > count) straight = count;
        Array.Copy(_bytes, _first, buffer, index, straight);
        Array.Copy(_bytes, 0, buffer, index + straight, count - straight);
        _first += count;
        if (_first >= _bytes.Length) _first -= _bytes.Length;
        Count -= count;
        return count;
    }
}
