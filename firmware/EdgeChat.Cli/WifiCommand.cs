using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary><c>wifi</c>: the network, its signal and the broker. The signal is measured first, which takes two or three seconds.</summary>
internal sealed class WifiCommand : CommandFamily
{
    private const int LongestMs = 8000;

    private readonly SessionPrinter _session;
    private long _dueMs = Deadline.Never;

    public WifiCommand(ShellContext context, SessionPrinter session)
        : base(context)
    {
        _session = session;
    }

    /// <summary>When it answers without the signal, or <see cref="Deadline.Never"/> while it does not wait for it.</summary>
    public long DueMs { get { return _dueMs; } }

    /// <summary>Whether it waits for the signal.</summary>
    public bool IsRunning { get { return _dueMs != Deadline.Never; } }

    public override void Run()
    {
        string verb = C.Line.NextWord();
        if (verb == "retry") Retry();
        else if (verb != null) C.FailUsage("\"" + verb + "\" is not known");
        else Begin();
    }

    /// <summary>Answers: with the signal when it <paramref name="isMeasured"/>, for what was measured for another is no answer.</summary>
    public void Finish(bool isMeasured)
    {
        _dueMs = Deadline.Never;
        C.Command = CommandId.Wifi;
        int percent = isMeasured ? C.Status.SignalPercent : -1;
        if (C.IsJson)
        {
            Answer(percent);
            C.Json.End();
            return;
        }

        _session.Label("signal");
        if (percent < 0)
        {
            C.Out.WriteLine("unknown");
            return;
        }

        C.Out.Write(percent);
        C.Out.WriteLine(" %");
    }

    private void Retry()
    {
        if (C.Session.State == SessionState.Online)
        {
            C.Done("connected already");
            return;
        }

        C.Session.TryNow(C.NowMs);
        C.Done("trying now");
    }

    private void Begin()
    {
        if (!C.IsJson)
        {
            _session.Label("network");
            C.Out.WriteSafe(C.Status.Network == null ? "none" : C.Status.Network);
            C.Out.EndLine();
            _session.Label("connection");
            _session.Write();
            C.Out.EndLine();
        }

        if (C.Status.Network != null)
        {
            C.HasResult = true; // it comes at the end
            _dueMs = C.NowMs + LongestMs;
            if (C.Request == BoardRequest.None) C.Request = BoardRequest.MeasureSignal; // a restart is not forgotten for it
        }
        else if (C.IsJson)
        {
            Answer(-1);
        }
    }

    private void Answer(int percent)
    {
        C.Result();
        C.Json.Add("network", C.Status.Network);
        if (percent >= 0) C.Json.Add("signal", percent);
        _session.AddKeys();
    }
}
