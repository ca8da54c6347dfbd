namespace EdgeChat.Cli;

/// <summary>The command <c>forward</c>: what a message says goes to somebody else.</summary>
internal sealed class ForwardCommand : SendingCommand
{
    public const string Word = "forward";

    public ForwardCommand()
        : base(Word, "<who> <message> <to>", "send a message on to somebody else")
    {
        Details = Naming
            + "What somebody else wrote is marked as forwarded.\n"
            + "  forward bob 3 carol\n"
            + "  forward team carol/12 bob\n";
    }

    public override void Run()
    {
        int message = Target.MessageOf(C, false, out int _);
        if (message < 0) return;
        int to = Target.Conversation(C, true);
        if (to >= 0 && !C.FailWhen(C.Messenger.Forward(message, to, C.NowMs))) TellTaken(to);
    }

    public override Completion CompletionAt(int place, string verb)
    {
        return place == 3 ? Completion.Conversation : base.CompletionAt(place, verb);
    }
}
