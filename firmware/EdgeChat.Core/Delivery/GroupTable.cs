namespace EdgeChat.Core;

/// <summary>The groups and their members, each member with a slot: one bit of an int.</summary>
internal sealed class GroupTable
{
    /// <summary>Address of the roster of each group, or 0.</summary>
    public readonly int[] Mark = new int[Limits.Groups];

    /// <summary>The bit of a member, or 0 when it is none.</summary>
    public int BitOf(int conversation, int peer) { return 0; }

    /// <summary>The bits of all members but this board.</summary>
    public int OthersOf(int conversation) { return 0; }

    /// <summary>Whether this board is a member.</summary>
    public bool IsMember(int conversation) { return false; }

    /// <summary>Whether a device is a member of a group of this board.</summary>
    public bool IsFrom(Ledger ledger, string group, string device) { return false; }

    /// <summary>The group whose roster is at an address, or -1.</summary>
    public int FindMark(int address)
    {
        for (int i = 0; i < Limits.Groups; i++)
            if (Mark[i] == address) return i;
        return -1;
    }

    /// <summary>Takes a roster from flash.</summary>
    public void Read(Ledger ledger, RecordReader from, int address) { }

    /// <summary>A message has its one tick: those that lack it are watched.</summary>
    public void WatchOthers(Ledger ledger, int entry, Resends resends, long nowMs) { }

    /// <summary>Fills in the next roster to publish; false when none waits.</summary>
    public bool Next(Ledger ledger, LinkAction into, BodyWriter writer) { return false; }

    /// <summary>The roster given last was confirmed, or was not.</summary>
    public void OnPublished(bool isConfirmed) { }
}
