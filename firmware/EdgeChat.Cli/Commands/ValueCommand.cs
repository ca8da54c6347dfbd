namespace EdgeChat.Cli;

/// <summary>The command <c>value</c>: what a sensor measured.</summary>
internal sealed class ValueCommand : SendingCommand
{
    public const string Word = "value";

    public ValueCommand()
        : base(Word, "<who> <value> [unit]", "send a sensor value")
    {
        Details = "The value is a number or a word; the rest of the line is its unit.\n"
            + "  value bob 21.5 °C\n"
            + "  value #plant open\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, true);
        if (conversation < 0) return;
        string value = C.Line.NextWord();
        if (value == null) C.FailUsage("the value is missing");
        else if (!C.FailWhen(C.Messenger.SendValue(conversation, value, C.Line.RestAsText(), C.NowMs))) TellTaken(conversation);
    }
}
