using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The words of docs/console.md for programs: they stay as they are.</summary>
internal static class ProgramWords
{
    /// <summary>Presence in a word.</summary>
    public static string For(PresenceState state)
    {
        switch (state)
        {
            case PresenceState.On: return "on";
            case PresenceState.Off: return "off";
            case PresenceState.Sleep: return "sleep";
            case PresenceState.Lost: return "lost";
            default: return "unknown";
        }
    }

    /// <summary>A tick in a word for programs.</summary>
    public static string For(Tick tick)
    {
        switch (tick)
        {
            case Tick.Clock: return "clock";
            case Tick.One: return "one";
            case Tick.Two: return "two";
            case Tick.Shown: return "shown";
            case Tick.Failed: return "failed";
            default: return "none";
        }
    }

    /// <summary>What stands there, in a word for programs.</summary>
    public static string For(MessageKind kind)
    {
        switch (kind)
        {
            case MessageKind.Text: return "text";
            case MessageKind.Value: return "value";
            case MessageKind.Missing: return "missing";
            case MessageKind.Lost: return "lost";
            case MessageKind.Event: return "event";
            default: return "unsupported";
        }
    }
}
