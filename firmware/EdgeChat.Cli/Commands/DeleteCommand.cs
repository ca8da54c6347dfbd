using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>delete</c>: a message, or a conversation with all its messages.</summary>
internal sealed class DeleteCommand : Command
{
    public const string Word = "delete";
    private const string Yes = "yes";

    public DeleteCommand()
        : base(Word, "<who> [message]", "delete a message or a whole conversation on this board; asks first")
    {
        First = Completion.Conversation;
        Details = Naming
            + "Asks for yes; delete bob yes does not ask. The others keep their messages.\n"
            + "  delete bob 3\n"
            + "  delete bob\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, false);
        if (conversation < 0) return;
        string name = Target.NameFor(C, conversation);
        bool isSure = C.Line.LastWord() == Yes;
        if (isSure) C.Line.DropLastWord();
        string word = C.Line.LastWord();
        int message = word == null ? -1 : Target.Message(C, conversation, false);
        if (word != null && message < 0) return;
        string left = C.Line.NextWord();
        if (left != null)
        {
            C.FailVerb(left);
            return;
        }

        string what = word == null ? name : name + " " + word;
        if (!isSure)
        {
            string question = word == null ? "This deletes all messages with " + name : "This deletes message " + word + " with " + name;
            C.Ask(question + " on this board.", Word + " " + what, Yes);
            return;
        }

        SendError error = word == null
            ? Drafts.Delete(C.Flash, C.Messenger, conversation)
            : C.Messenger.DeleteMessage(message, C.NowMs);
        if (!C.FailWhen(error)) C.Done("deleted " + what);
    }
}
