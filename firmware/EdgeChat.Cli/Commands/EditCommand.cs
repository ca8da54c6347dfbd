namespace EdgeChat.Cli;

/// <summary>The command <c>edit</c>: another wording for an own text.</summary>
internal sealed class EditCommand : SendingCommand
{
    public const string Word = "edit";

    public EditCommand()
        : base(Word, "<who> <message> <text>", "give an own text another wording")
    {
        Details = "For 15 minutes after it was written. All who have it, or get it yet, see the new text and that it was edited.\n"
            + "A number alone is one of your own messages.\n"
            + "  edit bob 5 See you at 10\n";
    }

    public override void Run()
    {
        int message = Target.MessageOf(C, true, out int _);
        int count = message < 0 ? 0 : TakeText();
        if (count > 0 && !C.FailWhen(C.Messenger.Edit(message, C.Text, count, C.NowMs))) C.Done("edited");
    }
}
