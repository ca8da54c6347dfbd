namespace EdgeChat.Fleet;

/// <summary>Which of the files that a fleet's file names must be there, for what is to be done; each has those of the one before it
/// too.</summary>
public enum FleetFiles
{
    /// <summary>None: only what stands in the file itself counts.</summary>
    None,

    /// <summary>What it takes to talk to the broker: the CA, and the administrator's password.</summary>
    Broker,

    /// <summary>All that boards are made of: bundles and their key, the Wi-Fi's password; and the broker's access list is
    /// compared.</summary>
    Boards,
}
