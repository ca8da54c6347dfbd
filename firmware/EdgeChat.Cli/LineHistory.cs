using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The lines typed last, oldest first, in one packed buffer: two bytes of length, then the line.</summary>
public sealed class LineHistory
{
    private const int HeaderBytes = 2;

    private readonly byte[] _store = new byte[Limits.HistoryBytes];
    private int _used;

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a line, unless it is empty or the same as the newest; a line longer than all the room is not kept.</summary>
    public void Add(byte[] line, int count)
    {
        if (count == 0 || (Count > 0 && IsNewest(line, count))) return;
        Push(line, count);
    }

    /// <summary>Keeps a line as the newest whatever it is; false when it has no room even alone.</summary>
    public bool Push(byte[] line, int count)
    {
        int bytes = count + HeaderBytes;
        if (bytes > _store.Length) return false;
        while (Count == Limits.HistoryLines || _used + bytes > _store.Length) RemoveOldest();
        _store[_used] = (byte)count;
        _store[_used + 1] = (byte)(count >> 8);
        Array.Copy(line, 0, _store, _used + HeaderBytes, count);
        _used += bytes;
        Count++;
        return true;
    }

    /// <summary>Forgets the newest line.</summary>
    public void RemoveNewest()
    {
        if (Count == 0) return;
        _used = At(0);
        Count--;
    }

    /// <summary>Copies a line, 0 for the newest, into <paramref name="target"/>; gives its length.</summary>
    public int CopyTo(int place, byte[] target)
    {
        int at = At(place);
        int count = LengthAt(at);
        Array.Copy(_store, at + HeaderBytes, target, 0, count);
        return count;
    }

    private bool IsNewest(byte[] line, int count)
    {
        int at = At(0);
        if (LengthAt(at) != count) return false;
        for (int i = 0; i < count; i++)
            if (_store[at + HeaderBytes + i] != line[i]) return false;
        return true;
    }

    private void RemoveOldest()
    {
        int bytes = LengthAt(0) + HeaderBytes;
        Array.Copy(_store, bytes, _store, 0, _used - bytes);
        _used -= bytes;
        Count--;
    }

    private int At(int place)
    {
        int at = 0;
        for (int skip = Count - 1 - place; skip > 0; skip--) at += LengthAt(at) + HeaderBytes;
        return at;
    }

    private int LengthAt(int at) { return _store[at] | _store[at + 1] << 8; }
}
