using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>delete</c>: a conversation with all its messages.</summary>
internal sealed class DeleteCommand : Command
{
    public const string Word = "delete";

    public DeleteCommand()
        : base(Word, "<who>", "delete a conversation with all its messages; asks first")
    {
        First = Completion.Conversation;
        Details = "Asks for yes; delete bob yes does not ask. The others keep their messages.\n"
            + "  delete bob\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, false);
        if (conversation < 0) return;
        string name = Target.NameFor(C, conversation);
        if (C.Line.NextWord() != "yes")
        {
            C.Ask("This deletes all messages with " + name + " on this board.", "delete " + name, "yes");
            return;
        }

        if (C.FailWhen(new Drafts(C.Flash).Delete(C.Messenger, conversation))) return;
        C.Done("deleted " + name);
    }
}
