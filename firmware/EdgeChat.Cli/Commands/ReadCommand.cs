using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>read</c>: the messages of a conversation.</summary>
internal sealed class ReadCommand : Command
{
    public const string Word = "read";

    private const int UsualCount = 10;

    public ReadCommand()
        : base(Word, "<who> [count]", "show the last messages of a conversation and mark them as read")
    {
        OtherNames = "show open cat";
        First = Completion.Conversation;
        Details = "Shows 10 messages, or [count]. What stands in brackets names a message for reply, react and info.\n"
            + "Behind your own messages:  ..       waits in this board\n"
            + "                           ✓        the broker has it\n"
            + "                           ✓✓       the other board has it; of a group: every member's\n"
            + "                           ✓✓ read  it was shown there\n"
            + "                           ✗        given up, with the reason\n"
            + "  read bob\n"
            + "  read team 30\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, false);
        if (conversation < 0) return;
        string word = C.Line.NextWord();
        int count = word == null ? UsualCount : CommandLine.ToNumber(word);
        if (count <= 0)
        {
            C.Fail("bad-number", "read: count \"" + word + "\": expected a number from 1 on, such as 20");
            return;
        }

        if (!C.IsJson) WriteHeading(conversation);
        int message = C.Messenger.Newest(conversation);
        int shown = message < 0 ? 0 : 1;
        for (int older = message; shown < count && shown > 0 && (older = C.Messenger.Older(message)) >= 0; shown++) message = older;
        for (int left = shown; left > 0; left--)
        {
            MessagePrinter.Write(C, conversation, message);
            message = C.Messenger.Newer(message);
        }

        C.Messenger.MarkShown(conversation, C.NowMs);
        C.EndList(shown);
    }

    private void WriteHeading(int conversation)
    {
        TerminalWriter o = C.Out;
        Messenger m = C.Messenger;
        o.Style(TextStyle.Strong);
        o.WriteSafe(m.NameOf(conversation));
        o.Style(TextStyle.Plain);
        if (m.IsGroup(conversation))
        {
            o.Write(", ");
            o.Write(m.MemberCountOf(conversation));
            o.Write(m.MemberCountOf(conversation) == 1 ? " member" : " members");
            if (!m.CanWrite(conversation)) o.Write("; you are not in it any more");
        }
        else
        {
            int place = m.Presence.Find(m.IdOf(conversation));
            if (place >= 0)
            {
                o.Write(", ");
                ContactCommand.WritePresence(C, place);
            }
        }

        o.EndLine();
    }
}
