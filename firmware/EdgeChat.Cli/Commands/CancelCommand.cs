namespace EdgeChat.Cli;

/// <summary>The command <c>cancel</c>: takes an own message back from all.</summary>
internal sealed class CancelCommand : Command
{
    public const string Word = "cancel";

    public CancelCommand()
        : base(Word, "<who> <message>", "take an own message back from all")
    {
        First = Completion.Conversation;
        Details = "One that is waiting (..) is never sent. From one that has gone out nothing is left at those who have\n"
            + "not seen it yet; the others see that it was taken back. A number alone is one of your own messages.\n"
            + "  cancel bob 5\n";
    }

    public override void Run()
    {
        int message = Target.MessageOf(C, true, out int _);
        if (message < 0) return;
        if (!C.Messenger.IsMine(message)) C.Fail("refused", "cancel: only your own messages can be taken back");
        else if (!C.FailWhen(C.Messenger.TakeBack(message, C.NowMs))) C.Done("taken back");
    }
}
