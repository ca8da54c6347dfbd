namespace EdgeChat.Cli;

/// <summary>The command <c>mute</c>: silences a conversation.</summary>
internal class MuteCommand : Command
{
    public const string Word = "mute";

    public MuteCommand()
        : this(Word, "let a conversation be silent")
    {
    }

    protected MuteCommand(string name, string help)
        : base(name, "<who>", help)
    {
        First = Completion.Conversation;
        Details = "A silent conversation counts its unread messages and shows no line when one comes.\n"
            + "  mute team\n"
            + "  unmute team\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, false);
        if (conversation < 0) return;
        bool isMuted = Name == Word;
        C.Messenger.SetMuted(conversation, isMuted);
        C.Done(Target.NameFor(C, conversation) + (isMuted ? " is silent now" : " is heard again"));
    }
}
