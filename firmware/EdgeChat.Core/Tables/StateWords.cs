namespace EdgeChat.Core;

/// <summary>The one table of what a state of a device, a message or a group is called, for whoever shows it: screens, console, page, JSON,
/// documents. What a connection is called stands in <see cref="SessionWords"/>.</summary>
public static class StateWords
{
    /// <summary>How a device is; the words on the wire are others: <see cref="PresenceWords"/>.</summary>
    public static string For(PresenceState state)
    {
        switch (state)
        {
            case PresenceState.On: return "online";
            case PresenceState.Off: return "offline";
            case PresenceState.Sleep: return "asleep";
            case PresenceState.Lost: return "lost";
            default: return "unknown";
        }
    }

    /// <summary>A group that a stranger has invited to, while the person has not answered.</summary>
    public const string Invited = "invited";

    /// <summary>How far a message of one's own has come.</summary>
    public static string For(Tick tick)
    {
        switch (tick)
        {
            case Tick.Clock: return "waiting";
            case Tick.One: return "sent";
            case Tick.Two: return "received";
            case Tick.Shown: return "read";
            case Tick.Failed: return "failed";
            default: return "none";
        }
    }
}
