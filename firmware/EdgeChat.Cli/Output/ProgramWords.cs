using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The words of docs/console.md for programs: they stay as they are.</summary>
internal static class ProgramWords
{
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
            case MessageKind.TakenBack: return "taken-back";
            default: return "unsupported";
        }
    }
}
