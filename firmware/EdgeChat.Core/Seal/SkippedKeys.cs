using System;

namespace EdgeChat.Core;

/// <summary>Seeds of messages that others have overtaken: these may still come. The oldest gives way.</summary>
/// <remarks>On no flash: what comes after a restart is sealed again by its sender.</remarks>
internal sealed class SkippedKeys
{
    private const int LifeAt = 1;
    private const int NumberAt = 3;
    private const int SeedAt = 7;
    private const int CellBytes = SeedAt + KeyTree.KeyBytes;

    private readonly byte[] _cells = new byte[Limits.SkippedKeys * CellBytes];
    private int _last;

    /// <summary>Keeps the seed of a message.</summary>
    public void Add(int row, int life, int number, byte[] seed)
    {
        _last = (_last + 1) % Limits.SkippedKeys;
        int at = _last * CellBytes;
        _cells[at] = (byte)(row + 1);
        Put(at + LifeAt, life, 2);
        Put(at + NumberAt, number, 4);
        Array.Copy(seed, 0, _cells, at + SeedAt, KeyTree.KeyBytes);
    }

    /// <summary>The place of a message's seed, or -1.</summary>
    public int Find(int row, int life, int number)
    {
        for (int at = 0; at < _cells.Length; at += CellBytes)
            if (_cells[at] == row + 1 && Get(at + LifeAt, 2) == life && Get(at + NumberAt, 4) == number) return at;
        return -1;
    }

    /// <summary>The seed at a place.</summary>
    public byte[] At(int place)
    {
        var seed = new byte[KeyTree.KeyBytes];
        Array.Copy(_cells, place + SeedAt, seed, 0, KeyTree.KeyBytes);
        return seed;
    }

    /// <summary>Forgets the seed at a place.</summary>
    public void Remove(int place) { Array.Clear(_cells, place, CellBytes); }

    /// <summary>Forgets all seeds of a row.</summary>
    public void RemoveAll(int row)
    {
        for (int at = 0; at < _cells.Length; at += CellBytes)
            if (_cells[at] == row + 1) Remove(at);
    }

    private void Put(int at, int value, int count)
    {
        for (int i = 0; i < count; i++) _cells[at + i] = (byte)(value >> 8 * i);
    }

    private int Get(int at, int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++) value |= _cells[at + i] << 8 * i;
        return value;
    }
}
