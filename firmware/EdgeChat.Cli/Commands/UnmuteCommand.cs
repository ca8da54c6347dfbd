namespace EdgeChat.Cli;

/// <summary>The command <c>unmute</c>: ends what <c>mute</c> did.</summary>
internal sealed class UnmuteCommand : MuteCommand
{
    public new const string Word = "unmute";

    public UnmuteCommand()
        : base(Word, "let a conversation be heard again")
    {
    }
}
