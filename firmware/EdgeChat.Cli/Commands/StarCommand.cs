namespace EdgeChat.Cli;

/// <summary>The command <c>star</c>: stars a message on this board.</summary>
internal class StarCommand : Command
{
    public const string Word = "star";

    public StarCommand()
        : this(Word, "star a message on this board, to find it again")
    {
    }

    protected StarCommand(string name, string help)
        : base(name, "<who> <message>", help)
    {
        First = Completion.Conversation;
        Details = Naming
            + "starred lists those that have a star. Nobody else learns of it.\n"
            + "  star bob 3\n"
            + "  unstar bob 3\n";
    }

    public override void Run()
    {
        int message = Target.MessageOf(C, false, out int _);
        if (message < 0) return;
        bool isStarred = Name == Word;
        if (!C.FailWhen(C.Messenger.SetStarred(message, isStarred, C.NowMs))) C.Done(isStarred ? "starred" : "not starred any more");
    }
}
