namespace EdgeChat.Cli;

/// <summary>The command <c>react</c>: an emoji for a message.</summary>
internal sealed class ReactCommand : Command
{
    public const string Word = "react";

    public ReactCommand()
        : base(Word, "<who> <message> [emoji]", "react to a message with an emoji, or take the reaction back")
    {
        First = Completion.Conversation;
        Details = Naming
            + "Without an emoji an earlier reaction is taken back.\n"
            + "  react bob 3 \U0001F44D\n"
            + "  react bob .\n";
    }

    public override void Run()
    {
        int message = Target.MessageOf(C, false, out int _);
        if (message < 0) return;
        string emoji = C.Line.RestAsText();
        if (C.FailWhen(C.Messenger.SendReaction(message, emoji == null ? "" : emoji, C.NowMs))) return;
        C.Done(emoji == null ? "reaction taken back" : "reacted");
    }
}
