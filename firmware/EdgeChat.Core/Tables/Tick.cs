namespace EdgeChat.Core;

/// <summary>How far a message of this board has come; each value is true when it is shown.</summary>
public enum Tick
{
    /// <summary>Not a message of this board.</summary>
    None,

    /// <summary>In this board's flash: it survives a power cut.</summary>
    Clock,

    /// <summary>The broker has it (PUBACK).</summary>
    One,

    /// <summary>In the recipient's flash; of a group: of each member when it was sent.</summary>
    Two,

    /// <summary>Shown on the recipient's screen; of a group: on each member's.</summary>
    Shown,

    /// <summary>Given up; the messenger says why.</summary>
    Failed,
}
