using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>Device and group ids by number; the same text has one number whatever it names. Grows with use.</summary>
/// <remarks>16 ids to a page, one behind the other, each with its length first: a page is as long as what is in it.</remarks>
public sealed class IdTable
{
    private const int PageBits = 4;
    private const int PageMask = (1 << PageBits) - 1;

    private const int PlaceBits = 10; // of a place in a page of 16 ids with 16 characters
    private const int PlaceMask = (1 << PlaceBits) - 1;

    private byte[][] _pages;
    private int[] _recent; // by the last character and the length, the id found last: its number and place; the first id, if none was
    private int _count;
    private int _used; // of the last page
    private int _place; // of the id that was looked at last: its number and place
    private string _text; // the id that was asked for last, or null: it is mostly the same one
    private int _number;

    /// <summary>Numbers in use.</summary>
    public int Count { get { return _count; } }

    /// <summary>The number of an id, or -1.</summary>
    public int Find(string id)
    {
        if (id == null) return -1;
        if (id == _text) return _number;
        byte[] bytes = Encoding.UTF8.GetBytes(id);
        int number = Find(bytes, 0, bytes.Length);
        if (number >= 0) Remember(number, id);
        return number;
    }

    /// <summary>The number of an id that lies in a buffer, or -1.</summary>
    public int Find(byte[] buffer, int start, int length)
    {
        if (_recent == null || length == 0) return -1;
        int slot = buffer[start + length - 1] + length & PageMask; // ids of a fleet differ at the end
        int recent = _recent[slot];
        int place = recent & PlaceMask;
        byte[] found = _pages[recent >> PlaceBits + PageBits];
        if (found[place] == length && IsSame(found, place + 1, buffer, start, length)) return recent >> PlaceBits;
        return Search(buffer, start, length, slot);
    }

    private int Search(byte[] buffer, int start, int length, int slot)
    {
        int last = buffer[start + length - 1];
        for (int first = 0; first < _count; first += 1 << PageBits)
        {
            byte[] page = _pages[first >> PageBits];
            int end = _count - first < 1 << PageBits ? _count : first + (1 << PageBits);
            int at = 0;
            for (int i = first; i < end; i++)
            {
                int has = page[at];
                if (has == length && page[at + has] == last && IsSame(page, at + 1, buffer, start, length))
                {
                    _recent[slot] = i << PlaceBits | at;
                    return i;
                }

                at += has + 1;
            }
        }

        return -1;
    }

    /// <summary>The number of an id, which is taken in when it is new; -1 when the table is full, or when this is longer than an id can
    /// be.</summary>
    public int Add(string id)
    {
        if (id == _text) return _number;
        byte[] bytes = Encoding.UTF8.GetBytes(id);
        return Add(bytes, 0, bytes.Length);
    }

    /// <summary>See <see cref="Add(string)"/>.</summary>
    public int Add(byte[] buffer, int start, int length)
    {
        int found = Find(buffer, start, length);
        if (found >= 0 || length == 0 || length > Topics.MaxIdLength || _count == Limits.Peers) return found;
        if (_pages == null || _count >> PageBits == _pages.Length) AddPage();
        if (_recent == null) _recent = new int[1 << PageBits]; // there are none before that
        int last = _count >> PageBits;
        if (_used + 1 + length > _pages[last].Length) _pages[last] = Column.Longer(_pages[last], Limits.IdBytesStep);
        _pages[last][_used] = (byte)length;
        Array.Copy(buffer, start, _pages[last], _used + 1, length);
        _used += 1 + length;
        return _count++;
    }

    /// <summary>The id as a string; null for -1.</summary>
    public string At(int number)
    {
        if (number < 0) return null;
        if (number == _number && _text != null) return _text;
        int place = PlaceOf(number);
        byte[] page = PageOf(number);
        Remember(number, Encoding.UTF8.GetString(page, place + 1, page[place]));
        return _text;
    }

    /// <summary>The length of an id.</summary>
    public int LengthAt(int number) { return PageOf(number)[PlaceOf(number)]; }

    /// <summary>Copies an id to <paramref name="at"/>; gives where it ends.</summary>
    public int Copy(int number, byte[] target, int at)
    {
        int place = PlaceOf(number);
        byte[] page = PageOf(number);
        Array.Copy(page, place + 1, target, at, page[place]);
        return at + page[place];
    }

    private static bool IsSame(byte[] page, int at, byte[] buffer, int start, int length)
    {
        // the last word, then the first, which may have some of the same characters
        if (length >= 8)
        {
            int rest = length - 8;
            return BitConverter.ToInt64(page, at + rest) == BitConverter.ToInt64(buffer, start + rest)
                && BitConverter.ToInt64(page, at) == BitConverter.ToInt64(buffer, start);
        }

        if (length >= 4)
        {
            int rest = length - 4;
            return BitConverter.ToInt32(page, at + rest) == BitConverter.ToInt32(buffer, start + rest)
                && BitConverter.ToInt32(page, at) == BitConverter.ToInt32(buffer, start);
        }

        for (int i = 0; i < length; i++)
            if (page[at + i] != buffer[start + i]) return false;
        return true;
    }

    private void Remember(int number, string text)
    {
        _number = number;
        _text = text;
    }

    private byte[] PageOf(int number) { return _pages[number >> PageBits]; }

    private int PlaceOf(int number)
    {
        // the same one is asked for again and again, or the next
        int at = _place >> PlaceBits;
        int place = _place & PlaceMask;
        if (at == number) return place;
        if (at > number || (at ^ number) >> PageBits != 0)
        {
            at = number & ~PageMask;
            place = 0;
        }

        byte[] page = PageOf(number);
        for (; at < number; at++) place += 1 + page[place];
        _place = number << PlaceBits | place;
        return place;
    }

    private void AddPage()
    {
        int pages = _pages == null ? 0 : _pages.Length;
        var longer = new byte[pages + 1][];
        longer[pages] = new byte[Limits.IdBytesStep];
        if (pages > 0) Array.Copy(_pages, longer, pages);
        _pages = longer;
        _used = 0;
    }
}
