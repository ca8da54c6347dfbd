using System;

namespace EdgeChat.Core;

/// <summary>Which segment files a log has, oldest first: their numbers and sizes in packed arrays, which grow with use.</summary>
/// <remarks>Numbers only grow, up to a mask, and begin again at 1; the segments that exist at one time are so few that "older" stays clear.
/// 0 is never used.</remarks>
internal sealed class SegmentTable
{
    private readonly int _mask;
    private int[] _numbers;
    private int[] _sizes;
    private int _last;
    private string _name; // of the segment that was asked for last: a file's name is two strings, and most calls are about the same file
    private int _named;

    public SegmentTable(string prefix, int mask, int capacity)
    {
        Prefix = prefix;
        _mask = mask;
        Capacity = capacity;
    }

    /// <summary>What all names begin with.</summary>
    public string Prefix { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many there can be.</summary>
    public int Capacity { get; private set; }

    public int NumberAt(int i) { return _numbers[i]; }

    public int SizeAt(int i) { return _sizes[i]; }

    public string NameAt(int i)
    {
        if (_named != _numbers[i])
        {
            _name = Prefix + _numbers[i].ToString();
            _named = _numbers[i];
        }

        return _name;
    }

    public void SetSize(int i, int size) { _sizes[i] = size; }

    /// <summary>Takes the segment files among all files, in order; there is room for one more than <paramref name="capacity"/> or what was
    /// found.</summary>
    public void Take(string[] files, int capacity)
    {
        int found = 0;
        for (int i = 0; i < files.Length; i++)
            if (NumberOf(files[i]) > 0) found++;
        Capacity = (found > capacity ? found : capacity) + 1;
        _numbers = new int[found];
        _sizes = new int[found];
        Count = 0;
        _last = 0;
        for (int i = 0; i < files.Length; i++)
        {
            int number = NumberOf(files[i]);
            if (number > 0) Insert(number);
        }

        if (Count > 0) _last = _numbers[Count - 1];
    }

    /// <summary>Adds the next segment, still empty.</summary>
    public void AddNext()
    {
        if (_numbers == null || Count == _numbers.Length)
        {
            int[] sizes = Column.Longer(_sizes, Limits.SegmentStep);
            _numbers = Column.Longer(_numbers, Limits.SegmentStep);
            _sizes = sizes;
        }

        _last = (_last + 1) & _mask;
        if (_last == 0) _last = 1;
        _numbers[Count] = _last;
        _sizes[Count] = 0;
        Count++;
    }

    /// <summary>Forgets the oldest segment.</summary>
    public void RemoveOldest()
    {
        Count--;
        Array.Copy(_numbers, 1, _numbers, 0, Count);
        Array.Copy(_sizes, 1, _sizes, 0, Count);
    }

    /// <summary>The place of the segment whose number has these low bits, or -1.</summary>
    public int Find(int number, int lowBits)
    {
        for (int i = Count - 1; i >= 0; i--)
            if ((_numbers[i] & lowBits) == number) return i;
        return -1;
    }

    private void Insert(int number)
    {
        int at = Count;
        while (at > 0 && IsOlder(number, _numbers[at - 1]))
        {
            _numbers[at] = _numbers[at - 1];
            at--;
        }

        _numbers[at] = number;
        Count++;
    }

    private bool IsOlder(int a, int b)
    {
        return ((a - b) & _mask) > _mask / 2;
    }

    // a name of ours is the prefix and a number without leading zeros; any other file belongs to somebody else
    private int NumberOf(string name)
    {
        int start = Prefix.Length;
        char[] letters = name.ToCharArray();
        int digits = letters.Length - start;
        if (digits < 1 || digits > 9 || letters[start] == '0' || name.Substring(0, start) != Prefix) return 0;
        int number = 0;
        for (int i = start; i < letters.Length; i++)
        {
            if (letters[i] < '0' || letters[i] > '9') return 0;
            number = number * 10 + letters[i] - '0';
        }

        return number > _mask ? 0 : number;
    }
}
