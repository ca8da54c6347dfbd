namespace EdgeChat.Core;

/// <summary>What is known of a contact's board.</summary>
public enum PresenceState
{
    /// <summary>Nothing came yet, or the device has none.</summary>
    Unknown,

    /// <summary>Its session is up.</summary>
    On,

    /// <summary>It said goodbye.</summary>
    Off,

    /// <summary>It sleeps and said when it wakes.</summary>
    Sleep,

    /// <summary>The broker lost it.</summary>
    Lost,
}
