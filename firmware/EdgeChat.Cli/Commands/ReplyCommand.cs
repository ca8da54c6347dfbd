namespace EdgeChat.Cli;

/// <summary>The command <c>reply</c>: a text that answers a message.</summary>
internal sealed class ReplyCommand : SendingCommand
{
    public const string Word = "reply";

    public ReplyCommand()
        : base(Word, "<who> <message> <text>", "answer a message")
    {
        Details = Naming
            + "  reply bob 3 Yes, at 9\n"
            + "  reply team carol/12 Well done\n"
            + "  reply bob . Yes\n";
    }

    public override void Run()
    {
        int answered = Target.MessageOf(C, false, out int conversation);
        if (answered >= 0) SendText(conversation, answered);
    }
}
