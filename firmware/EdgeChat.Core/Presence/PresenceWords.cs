namespace EdgeChat.Core;

/// <summary>The values of <see cref="Body.State"/> that this version knows.</summary>
public static class PresenceWords
{
    /// <summary>A birth: the board is there.</summary>
    public const string On = "on";

    /// <summary>A clean stop.</summary>
    public const string Off = "off";

    /// <summary>Asleep, with the seconds until it wakes.</summary>
    public const string Sleep = "sleep";

    /// <summary>The will: the broker lost the board.</summary>
    public const string Lost = "lost";

    /// <summary>The state that a word says, or unknown for a word of a later version.</summary>
    public static PresenceState StateOf(string word)
    {
        switch (word)
        {
            case On: return PresenceState.On;
            case Off: return PresenceState.Off;
            case Sleep: return PresenceState.Sleep;
            case Lost: return PresenceState.Lost;
            default: return PresenceState.Unknown;
        }
    }
}
