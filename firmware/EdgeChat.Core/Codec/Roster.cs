namespace EdgeChat.Core;

/// <summary>The roster of a group as its topic carries it; one object serves for all that are read or written one after another.</summary>
public sealed class Roster
{
    /// <summary><c>v</c>: edit counter, 1 or more; the higher one counts.</summary>
    public int Version;

    /// <summary><c>by</c>: who made this edit; of two rosters with the same counter the one whose editor comes first in the alphabet
    /// counts.</summary>
    public string By;

    /// <summary><c>nm</c>: the group's name for people, or null.</summary>
    public string Name;

    /// <summary><c>m</c>: the members; only the first <see cref="Count"/> count.</summary>
    public readonly string[] Members = Column.Strings(Limits.GroupMembers);

    /// <summary>How many members there are; 0 when all have left.</summary>
    public int Count;

    /// <summary><c>a</c>: which of <see cref="Members"/> are admins, one bit each.</summary>
    public int Admins;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Version = 0;
        By = null;
        Name = null;
        Count = 0;
        Admins = 0;
    }

    /// <summary>The place of a member, or -1.</summary>
    public int Find(string device)
    {
        for (int i = 0; i < Count; i++)
            if (Members[i] == device) return i;
        return -1;
    }
}
