using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Commands for the board itself: <c>mode</c>, <c>clear</c>, <c>reboot</c>, <c>shutdown</c>, <c>sleep</c>, <c>factory-reset</c>.</summary>
internal sealed class BoardCommands : CommandFamily
{
    private const string WithoutId = "erase";
    private const int LongestSleepSeconds = 86400;

    public BoardCommands(ShellContext context)
        : base(context)
    {
    }

    public override void Run()
    {
        switch (C.Command)
        {
            case CommandId.Mode:
                SetMode();
                return;
            case CommandId.Clear:
                if (!C.IsJson) C.Out.ClearScreen();
                return;
            case CommandId.Reboot:
                C.Done("restarting");
                C.Request = BoardRequest.Reboot;
                return;
            case CommandId.Shutdown:
                C.Done("stopping");
                C.Request = BoardRequest.Shutdown;
                return;
            case CommandId.Sleep:
                Sleep();
                return;
            default:
                FactoryReset();
                return;
        }
    }

    private void SetMode()
    {
        string mode = C.Line.NextWord();
        if (mode == "json" || mode == "text")
        {
            // the answer is in the mode that was asked for
            C.IsJson = mode == "json";
            C.Done("text mode: type help");
            return;
        }

        C.FailUsage(mode == null ? "the mode is missing" : "\"" + mode + "\" is not known");
    }

    private void Sleep()
    {
        string word = C.Line.NextWord();
        int seconds = word == null ? -1 : CommandLine.ToNumber(word);
        if (seconds < 1 || seconds > LongestSleepSeconds)
        {
            C.FailUsage(word == null ? "the time is missing" : "\"" + word + "\" is no time: give 1 to 86400 seconds");
            return;
        }

        C.SleepSeconds = seconds;
        C.Done("sleeping");
        C.Request = BoardRequest.Sleep;
    }

    private void FactoryReset()
    {
        string id = C.Me.DeviceId == null ? WithoutId : C.Me.DeviceId;
        string answer = C.Line.NextWord();
        if (answer == null)
        {
            C.Ask("This erases all messages, contacts, settings and credentials of this board.", "factory-reset", id);
            return;
        }

        if (answer != id)
        {
            C.Fail("confirm", "factory-reset: \"" + answer + "\" is not this board, nothing was erased: expected " + id);
            return;
        }

        C.Done("erasing");
        C.Request = BoardRequest.FactoryReset;
    }
}
