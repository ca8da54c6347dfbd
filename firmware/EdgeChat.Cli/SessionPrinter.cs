using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Prints how the session is, for <c>status</c> and <c>wifi</c>, in lines that begin with a label.</summary>
internal sealed class SessionPrinter
{
    private const int LabelColumns = 12;

    private readonly ShellContext _c;

    public SessionPrinter(ShellContext context)
    {
        _c = context;
    }

    /// <summary>Writes the rest of a line: its state, the broker and what keeps it from being online.</summary>
    public void Write()
    {
        TerminalWriter o = _c.Out;
        SessionState state = _c.Session.State;
        switch (state)
        {
            case SessionState.Online:
                o.Write("online", TextStyle.Good);
                break;
            case SessionState.Connecting:
                o.Write("connecting");
                break;
            case SessionState.Greeting:
                o.Write("connected, subscribing");
                break;
            case SessionState.NoNetwork:
                o.Write("no network", TextStyle.Bad);
                break;
            case SessionState.Refused:
                o.Write("refused by the broker", TextStyle.Bad);
                break;
            case SessionState.Waiting:
                o.Write("not connected", TextStyle.Bad);
                break;
            default:
                o.Write("stopped");
                break;
        }

        o.Write(", broker ");
        o.WriteSafe(_c.Status.Broker);
        if (_c.Session.ConnectionNumber > 0) Number(", connection ", _c.Session.ConnectionNumber);
        if (state != SessionState.Waiting && state != SessionState.Refused && state != SessionState.NoNetwork) return;
        if (_c.Session.Problem != null) o.WriteSafe(": " + _c.Session.Problem);
        if (_c.Session.NextTryMs == Deadline.Never) return;
        o.Write("; next try in ");
        _c.Time.WriteSpan(SecondsToTry());
    }

    /// <summary>Adds the same as keys of a JSON object.</summary>
    public void AddKeys()
    {
        _c.Json.Add("session", ShellContext.WordFor(_c.Session.State));
        _c.Json.Add("broker", _c.Status.Broker);
        _c.Json.Add("connection", _c.Session.ConnectionNumber);
        _c.Json.Add("problem", _c.Session.Problem);
        if (_c.Session.NextTryMs != Deadline.Never) _c.Json.Add("next-try", SecondsToTry());
    }

    /// <summary>Begins a line.</summary>
    public void Label(string label)
    {
        _c.Out.Style(TextStyle.Faint);
        _c.Out.WritePadded(label, LabelColumns);
        _c.Out.Style(TextStyle.Plain);
    }

    /// <summary>Writes a number and what stands before it.</summary>
    public void Number(string before, int number)
    {
        _c.Out.Write(before);
        _c.Out.Write(number);
    }

    private long SecondsToTry()
    {
        long left = _c.Session.NextTryMs - _c.NowMs;
        return left <= 0 ? 0 : (left + 999) / 1000;
    }
}
