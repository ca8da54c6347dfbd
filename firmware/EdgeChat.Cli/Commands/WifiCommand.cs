using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary><c>wifi</c>: the network, its signal and the broker. The signal is measured first, which takes two or three seconds.</summary>
internal sealed class WifiCommand : LongCommand
{
    public const string Word = "wifi";

    private const int LongestMs = 8000;

    public WifiCommand()
        : base(Word, "[retry]", "show the network and measure its signal, or try to connect now")
    {
        OtherNames = "net network";
        NeedsDevice = false;
        First = Completion.Word;
        Words = "retry";
        Details = "  wifi          network and broker, and in a few seconds the signal\n"
            + "  wifi retry    connect now instead of at the next try\n";
    }

    public override void Run()
    {
        string verb = C.Line.NextWord();
        if (verb == "retry") Retry();
        else if (verb != null) C.FailUsage("\"" + verb + "\" is not known");
        else Measure();
    }

    /// <summary>Answers without the signal, for what was measured for another is no answer.</summary>
    public override void GoOn() { Finish(-1); }

    /// <summary>The same, because somebody does not want to wait for it.</summary>
    public override void Interrupt() { GoOn(); }

    /// <summary>Answers with the signal.</summary>
    public void OnSignal() { Finish(C.Status.SignalPercent); }

    private void Finish(int percent)
    {
        End();
        if (C.IsJson)
        {
            Answer(percent);
            C.Json.End();
            return;
        }

        SessionPrinter.Label(C, "signal");
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
        if (C.Session.IsOnline)
        {
            C.Done("connected already");
            return;
        }

        C.Session.TryNow(C.NowMs);
        C.Done("trying now");
    }

    private void Measure()
    {
        if (!C.IsJson)
        {
            SessionPrinter.Label(C, "network");
            C.Out.WriteSafe(C.Status.Network == null ? "none" : C.Status.Network);
            C.Out.EndLine();
            SessionPrinter.Label(C, "connection");
            SessionPrinter.Write(C);
            C.Out.EndLine();
        }

        if (C.Status.Network != null)
        {
            DueMs = C.NowMs + LongestMs;
            Begin();
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
        SessionPrinter.AddKeys(C);
    }
}
