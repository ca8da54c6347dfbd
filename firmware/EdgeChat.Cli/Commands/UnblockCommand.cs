namespace EdgeChat.Cli;

/// <summary>The command <c>unblock</c>: ends what <c>block</c> did.</summary>
internal sealed class UnblockCommand : BlockCommand
{
    public new const string Word = "unblock";

    public UnblockCommand()
        : base(Word, "take what a blocked device writes again")
    {
    }
}
