namespace EdgeChat.Core;

/// <summary>The one table of what a <see cref="SessionState"/> is called, for whoever shows it: screen, console, page, log and
/// programs.</summary>
public static class SessionWords
{
    /// <summary>For people.</summary>
    public static string For(SessionState state)
    {
        switch (state)
        {
            case SessionState.NoNetwork: return "no network";
            case SessionState.Greeting: return "connecting";
            default: return KeyOf(state);
        }
    }

    /// <summary>For programs: one word that stays as it is.</summary>
    public static string KeyOf(SessionState state)
    {
        switch (state)
        {
            case SessionState.NoNetwork: return "no-network";
            case SessionState.Waiting: return "waiting";
            case SessionState.Connecting: return "connecting";
            case SessionState.Greeting: return "greeting";
            case SessionState.Online: return "online";
            case SessionState.Degraded: return "degraded";
            case SessionState.Refused: return "refused";
            default: return "stopped";
        }
    }
}
