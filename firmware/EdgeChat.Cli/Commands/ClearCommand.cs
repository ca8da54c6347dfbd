namespace EdgeChat.Cli;

/// <summary>The command <c>clear</c>: an empty screen.</summary>
internal sealed class ClearCommand : Command
{
    public const string Word = "clear";

    public ClearCommand()
        : base(Word, "", "clear the screen")
    {
        OtherNames = "cls";
        NeedsDevice = false;
    }

    public override void Run()
    {
        if (!C.IsJson) C.Out.ClearScreen();
    }
}
