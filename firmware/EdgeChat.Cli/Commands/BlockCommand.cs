namespace EdgeChat.Cli;

/// <summary>The command <c>block</c>: drops what a device writes to this board.</summary>
internal class BlockCommand : Command
{
    public const string Word = "block";

    public BlockCommand()
        : this(Word, "drop what a device writes to this board")
    {
    }

    protected BlockCommand(string name, string help)
        : base(name, "<device>", help)
    {
        First = Completion.Contact;
        Details = "Its messages and invitations are dropped, and it sees one tick. In groups you read it as ever.\n"
            + "It stands in the contacts as blocked; to remove it there is to unblock it.\n"
            + "  block mallory\n"
            + "  unblock mallory\n";
    }

    public override void Run()
    {
        string device = Target.Device(C);
        if (device == null) return;
        bool isBlocked = Name == Word;
        if (C.FailWhen(C.Messenger.SetBlocked(device, isBlocked))) return;
        C.Done(device + (isBlocked ? " is blocked now" : " is not blocked"));
    }
}
