namespace EdgeChat.Cli;

/// <summary>The command <c>starred</c>: the messages that have a star, as <c>search</c> gives what it finds.</summary>
internal sealed class StarredCommand : SearchCommand
{
    public new const string Word = "starred";

    public StarredCommand()
        : base(Word, "", "list the starred messages")
    {
        Details = "Those of all conversations. Ctrl-C stops it.\n";
    }

    public override void Run() { Look(C.Messenger.SearchStarred()); }
}
