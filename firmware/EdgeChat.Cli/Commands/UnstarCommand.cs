namespace EdgeChat.Cli;

/// <summary>The command <c>unstar</c>: ends what <c>star</c> did.</summary>
internal sealed class UnstarCommand : StarCommand
{
    public new const string Word = "unstar";

    public UnstarCommand()
        : base(Word, "take the star of a message away")
    {
    }
}
