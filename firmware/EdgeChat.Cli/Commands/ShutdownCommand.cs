using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>shutdown</c>: a clean end.</summary>
internal sealed class ShutdownCommand : Command
{
    public const string Word = "shutdown";

    public ShutdownCommand()
        : base(Word, "", "say goodbye to the contacts and stop")
    {
        OtherNames = "exit quit off halt";
        NeedsDevice = false;
        Details = "Waiting messages stay in flash and go out after the next start.\n";
    }

    public override void Run()
    {
        C.Done("stopping");
        C.Request = BoardRequest.Shutdown;
    }
}
