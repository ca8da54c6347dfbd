using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>reboot</c>.</summary>
internal sealed class RebootCommand : Command
{
    public const string Word = "reboot";

    public RebootCommand()
        : base(Word, "", "restart the board")
    {
        OtherNames = "reset restart";
        NeedsDevice = false;
    }

    public override void Run()
    {
        C.Done("restarting");
        C.Request = BoardRequest.Reboot;
    }
}
