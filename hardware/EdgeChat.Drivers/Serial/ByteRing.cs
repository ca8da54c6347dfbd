using System;

namespace EdgeChat.Drivers;

/// <summary>A bounded queue of bytes that can be read where they lie; not safe for several threads by itself.</summary>
/// <remarks>What waits stays as it is until it is dropped, so that it can be sent while more is put behind it.</remarks>
public sealed class ByteRing
{
    private int _count;

    /// <summary>Makes a ring for <paramref name="capacity"/> bytes.</summary>
    public ByteRing(int capacity)
    {
        Bytes = new byte[capacity];
    }

    /// <summary>Where the bytes lie.</summary>
    public byte[] Bytes { get; }

    /// <summary>The place of the oldest byte.</summary>
    public int First { get; private set; }

    /// <summary>How many bytes wait in one piece from <see cref="First"/> on; 0 when there are none at all.</summary>
    public int Straight { get { return Least(_count, Bytes.Length - First); } }

    /// <summary>Adds as many of the bytes as there is room for; gives how many.</summary>
    public int Put(byte[] buffer, int index, int count)
    {
        count = Least(count, Bytes.Length - _count);
        int at = First + _count;
        if (at >= Bytes.Length) at -= Bytes.Length;
        int straight = Least(count, Bytes.Length - at);
        Array.Copy(buffer, index, Bytes, at, straight);
        Array.Copy(buffer, index + straight, Bytes, 0, count - straight);
        _count += count;
        return count;
    }

    /// <summary>Forgets the oldest bytes, at most <see cref="Straight"/>.</summary>
    public void Drop(int count)
    {
        First += count;
        if (First == Bytes.Length) First = 0;
        _count -= count;
    }

    private static int Least(int a, int b) { return a < b ? a : b; }
}
