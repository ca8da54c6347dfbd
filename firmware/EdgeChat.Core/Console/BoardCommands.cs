namespace EdgeChat.Core;

/// <summary>Commands for the board itself: <c>mode</c>, <c>clear</c>, <c>reboot</c>, <c>shutdown</c>, <c>factory-reset</c>.</summary>
internal sealed class BoardCommands : CommandFamily
{
    private const string WithoutId = "erase";

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
