namespace EdgeChat.Core;

/// <summary>Which key of which group it is, for <see cref="GroupSealTable"/>.</summary>
public sealed class GroupSeal
{
    /// <summary>The group's place among this board's groups, from 0; it stays the same between two starts.</summary>
    public int Place;

    /// <summary>The group.</summary>
    public string Id;

    /// <summary>Which of its keys: the edit of the roster that it was made with, 1 or more.</summary>
    public int Epoch;

    /// <summary>In which of two sets of files it is: two keys, one after the other, are in different ones.</summary>
    public bool IsOdd;
}
