using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Prints how the session is, for <c>status</c> and <c>wifi</c>, in lines that begin with a label.</summary>
internal static class SessionPrinter
{
    private const int LabelColumns = 12;

    /// <summary>Writes the rest of a line: its state, the broker and what keeps it from being online.</summary>
    public static void Write(ShellContext c)
    {
        TerminalWriter o = c.Out;
        SessionState state = c.Session.State;
        o.Write(SessionWords.For(state), StyleOf(state));
        o.Write(", broker ");
        o.WriteSafe(c.Status.Broker);
        if (c.Session.ConnectionNumber > 0) Number(c, ", connection ", c.Session.ConnectionNumber);
        if (c.Session.Problem != null) o.WriteSafe(": " + c.Session.Problem);
        if (c.Session.NextTryMs == Deadline.Never) return;
        o.Write("; next try in ");
        TimeText.WriteSpan(o, SecondsToTry(c));
    }

    /// <summary>Adds the same as keys of a JSON object.</summary>
    public static void AddKeys(ShellContext c)
    {
        c.Json.Add("session", SessionWords.KeyOf(c.Session.State));
        c.Json.Add("broker", c.Status.Broker);
        c.Json.Add("connection", c.Session.ConnectionNumber);
        c.Json.Add("problem", c.Session.Problem);
        if (c.Session.NextTryMs != Deadline.Never) c.Json.Add("next-try", SecondsToTry(c));
    }

    /// <summary>Begins a line.</summary>
    public static void Label(ShellContext c, string label)
    {
        c.Out.Style(TextStyle.Faint);
        c.Out.WritePadded(label, LabelColumns);
        c.Out.Style(TextStyle.Plain);
    }

    /// <summary>Writes a number and what stands before it.</summary>
    public static void Number(ShellContext c, string before, int number)
    {
        c.Out.Write(before);
        c.Out.Write(number);
    }

    private static TextStyle StyleOf(SessionState state)
    {
        switch (state)
        {
            case SessionState.Online: return TextStyle.Good;
            case SessionState.NoNetwork:
            case SessionState.Waiting:
            case SessionState.Degraded:
            case SessionState.Refused: return TextStyle.Bad;
            default: return TextStyle.Plain;
        }
    }

    private static long SecondsToTry(ShellContext c)
    {
        long left = c.Session.NextTryMs - c.NowMs;
        return left <= 0 ? 0 : (left + 999) / 1000;
    }
}
