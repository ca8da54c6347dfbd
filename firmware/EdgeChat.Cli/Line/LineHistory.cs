using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The lines typed last, oldest first, in one packed buffer: two bytes of length, then the line.</summary>
public sealed class LineHistory
{
    private const int HeaderBytes = 2;

    private byte[] _store = new byte[0]; // grows with what is typed
    private int _used;
    private int _count;

    /// <summary>How many lines there are.</summary>
    public int Count { get { return _count; } }

    /// <summary>Keeps a line, unless it is empty or the same as the newest; a line longer than all the room is not kept.</summary>
    public void Add(byte[] line, int count)
    {
        if (count == 0 || (_count > 0 && IsNewest(line, count))) return;
        Push(line, count);
    }

    /// <summary>Keeps a line as the newest whatever it is; false when it has no room even alone.</summary>
    public bool Push(byte[] line, int count)
    {
        int bytes = count + HeaderBytes;
        if (bytes > Limits.HistoryBytes) return false;
        while (_count == Limits.HistoryLines || _used + bytes > Limits.HistoryBytes) RemoveOldest();
        while (_used + bytes > _store.Length) _store = Column.Longer(_store, Limits.HistoryBytesStep);
        _store[_used] = (byte)count;
        _store[_used + 1] = (byte)(count >> 8);
        Array.Copy(line, 0, _store, _used + HeaderBytes, count);
        _used += bytes;
        _count++;
        return true;
    }

    /// <summary>Forgets the newest line.</summary>
    public void RemoveNewest()
    {
        if (_count == 0) return;
        _used = At(0);
        _count--;
    }

    /// <summary>Puts a line, 0 for the newest, in the place of the one that is typed.</summary>
    public void CopyTo(int place, LineBuffer line)
    {
        int at = At(place);
        line.Clear();
        line.Insert(_store, at + HeaderBytes, LengthAt(at));
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
        _count--;
    }

    private int At(int place)
    {
        int at = 0;
        for (int skip = _count - 1 - place; skip > 0; skip--) at += LengthAt(at) + HeaderBytes;
        return at;
    }

    private int LengthAt(int at) { return _store[at] | _store[at + 1] << 8; }
}
