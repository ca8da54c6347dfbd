namespace EdgeChat.Cli;

/// <summary>The command <c>send</c>: a text.</summary>
internal sealed class SendCommand : SendingCommand
{
    public const string Word = "send";

    public SendCommand()
        : base(Word, "<who> <text>", "send a text")
    {
        OtherNames = "msg say write text chat";
        Details = "Everything behind <who> is the text, as it stands; there are no quotes and no escapes.\n"
            + "Alt-Enter puts a line break into it. At most 1024 bytes.\n"
            + "<who> is a device id or a group id. If both exist: @id is the device, #id the group.\n"
            + "  send bob On my way\n"
            + "  send #team Lunch at 12?\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, true);
        if (conversation >= 0) SendText(conversation, -1);
    }
}
