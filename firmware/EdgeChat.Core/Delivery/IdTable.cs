using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>Device and group ids by number, 16 bytes each in one array; the same text has one number whatever it names.</summary>
internal sealed class IdTable
{
    private readonly byte[] _bytes = new byte[Limits.Peers * Topics.MaxIdLength];
    private readonly byte[] _lengths = new byte[Limits.Peers];
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
        byte[] bytes = _bytes;
        for (int i = 0; i < _count; i++)
        {
            if (_lengths[i] != length) continue;
            int at = i * Topics.MaxIdLength;
            int k = 0;
            while (k < length && bytes[at + k] == buffer[start + k]) k++;
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
        Array.Copy(buffer, start, _bytes, _count * Topics.MaxIdLength, length);
        _lengths[_count] = (byte)length;
        return _count++;
    }

    /// <summary>The id as a string.</summary>
    public string At(int number)
    {
        return number < 0 ? null : Encoding.UTF8.GetString(_bytes, number * Topics.MaxIdLength, _lengths[number]);
    }

    /// <summary>The length of an id.</summary>
    public int LengthAt(int number) { return _lengths[number]; }

    /// <summary>Copies an id to <paramref name="at"/>; gives where it ends.</summary>
    public int Copy(int number, byte[] target, int at)
    {
        Array.Copy(_bytes, number * Topics.MaxIdLength, target, at, _lengths[number]);
        return at + _lengths[number];
    }
}
