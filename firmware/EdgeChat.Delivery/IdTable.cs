using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Device and group ids by number, 16 to a page; the same text has one number whatever it names. A page is made when it is needed.</summary>
internal sealed class IdTable
{
    private const int PageBits = 4;
    private const int PageMask = (1 << PageBits) - 1;
    private const int IdBytes = 1 + Topics.MaxIdLength; // the length first

    private readonly byte[][] _pages = new byte[Limits.Peers >> PageBits][];
    private int _count;

    /// <summary>The number of an id, or -1.</summary>
    public int Find(string id)
    {
        if (id == null) return -1;
        byte[] bytes = Encoding.UTF8.GetBytes(id);
        return Find(bytes, 0, bytes.Length);
    }

    /// <summary>The number of an id that lies in a buffer, or -1.</summary>
    public int Find(byte[] buffer, int start, int length)
    {
        byte[] page = null;
        int at = 0;
        for (int i = 0; i < _count; i++, at += IdBytes)
        {
            if ((i & PageMask) == 0)
            {
                page = _pages[i >> PageBits];
                at = 0;
            }

            if (page[at] != length) continue;
            int k = 0;
            while (k < length && page[at + 1 + k] == buffer[start + k]) k++;
            if (k == length) return i;
        }

        return -1;
    }

    /// <summary>The number of an id, which is taken in when it is new; -1 when the table is full.</summary>
    public int Add(string id)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(id);
        return Add(bytes, 0, bytes.Length);
    }

    /// <summary>See <see cref="Add(string)"/>.</summary>
    public int Add(byte[] buffer, int start, int length)
    {
        int found = Find(buffer, start, length);
        if (found >= 0 || length > Topics.MaxIdLength || _count == Limits.Peers) return found;
        if ((_count & PageMask) == 0) _pages[_count >> PageBits] = new byte[IdBytes << PageBits];
        int number = _count++;
        byte[] page = PageOf(number);
        int at = PlaceOf(number);
        page[at] = (byte)length;
        Array.Copy(buffer, start, page, at + 1, length);
        return number;
    }

    /// <summary>The id as a string.</summary>
    public string At(int number)
    {
        return number < 0 ? null : Encoding.UTF8.GetString(PageOf(number), PlaceOf(number) + 1, LengthAt(number));
    }

    /// <summary>The length of an id.</summary>
    public int LengthAt(int number) { return PageOf(number)[PlaceOf(number)]; }

    /// <summary>Copies an id to <paramref name="at"/>; gives where it ends.</summary>
    public int Copy(int number, byte[] target, int at)
    {
        int length = LengthAt(number);
        Array.Copy(PageOf(number), PlaceOf(number) + 1, target, at, length);
        return at + length;
    }

    private byte[] PageOf(int number) { return _pages[number >> PageBits]; }

    private static int PlaceOf(int number) { return (number & PageMask) * IdBytes; }
}
