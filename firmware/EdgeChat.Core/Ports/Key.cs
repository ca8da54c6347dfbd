namespace EdgeChat.Core;

/// <summary>The three logical keys of a board; a board with fewer buttons maps gestures to them.</summary>
public enum Key
{
    /// <summary>Up, or to the left.</summary>
    Up,

    /// <summary>Choose.</summary>
    Ok,

    /// <summary>Down, or to the right.</summary>
    Down,
}
