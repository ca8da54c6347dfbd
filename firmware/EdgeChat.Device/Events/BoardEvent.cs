namespace EdgeChat.Device;

/// <summary>The kinds of event in a board's queue.</summary>
public static class BoardEvent
{
    /// <summary>A button's level changed; the argument is its number, or -1 less the number when it went up.</summary>
    public const int Level = 1;

    /// <summary>Something happened to the link; the payload is a <see cref="EdgeChat.Core.LinkEvent"/>.</summary>
    public const int Link = 2;

    /// <summary>The wall clock was set.</summary>
    public const int Clock = 3;

    /// <summary>The Wi-Fi's signal was measured; the argument is 0 to 100 percent, or -1 when it is not known (any more).</summary>
    public const int Signal = 4;
}
