namespace EdgeChat.Core;

/// <summary>The presence of the contacts, in packed arrays: a smaller (boot, connection) than seen is ignored, so a late will never overrules a newer birth.</summary>
public sealed class PresenceTable
{
    /// <summary>Makes an empty table for <see cref="Limits.Contacts"/> devices.</summary>
    public PresenceTable()
    {
    }

    /// <summary>How many contacts there are.</summary>
    public int Count { get { return 0; } }

    /// <summary>The place of a device, or -1.</summary>
    public int Find(string device) { return -1; }

    /// <summary>Adds a device; gives its place, or -1 when the table is full.</summary>
    public int Add(string device) { return -1; }

    /// <summary>Forgets a device; the places of others may change.</summary>
    public void Remove(string device) { }

    /// <summary>The device at a place.</summary>
    public string DeviceAt(int place) { return null; }

    /// <summary>Its state.</summary>
    public PresenceState StateAt(int place) { return PresenceState.Unknown; }

    /// <summary>When it was last known to be there, in Unix seconds, or 0.</summary>
    public long LastSeenAt(int place) { return 0; }

    /// <summary>When a sleeping device wakes, in Unix seconds, or 0 when it did not say.</summary>
    public long WakesAt(int place) { return 0; }

    /// <summary>Takes a presence message; <paramref name="unixNow"/> is 0 while the clock is not set. Tells whether anything changed.</summary>
    public bool Take(string device, Body presence, long unixNow) { return false; }

    /// <summary>Whether the message taken last was the birth of a later boot than seen before: time to send again what has no receipt.</summary>
    public bool IsNewBoot { get { return false; } }
}
