namespace EdgeChat.Cli;

/// <summary>The command <c>cancel</c>: takes a message back that waits.</summary>
internal sealed class CancelCommand : Command
{
    public const string Word = "cancel";

    public CancelCommand()
        : base(Word, "<who> <message>", "take a message back that has not gone out")
    {
        First = Completion.Conversation;
        Details = "Works while the message waits in this board (..). A number alone is one of your own messages.\n"
            + "  cancel bob 5\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, false);
        if (conversation < 0) return;
        int message = Target.Message(C, conversation, true);
        if (message < 0) return;
        if (C.Messenger.Cancel(message)) C.Done("taken back");
        else C.Fail("too-late", "cancel: too late: only a message that waits in this board (..) can be taken back");
    }
}
