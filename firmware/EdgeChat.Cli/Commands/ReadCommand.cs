using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>read</c>: the messages of a conversation, many of them a few at a time.</summary>
/// <remarks>From one step to the next messages may come, give way or be deleted with their conversation, so the next one is looked for
/// again.</remarks>
internal sealed class ReadCommand : LongCommand
{
    public const string Word = "read";

    private const int UsualCount = 10;

    private string _who;
    private int _left;
    private int _shown;
    private int _message; // the next one, with its number and time
    private int _number;
    private long _time;

    public ReadCommand()
        : base(Word, "<who> [count]", "show the last messages of a conversation and mark them as read")
    {
        OtherNames = "show open cat";
        First = Completion.Conversation;
        Details = "Shows 10 messages, or [count]. What stands in brackets names a message for reply, react and info.\n"
            + "Behind your own messages:  ..       waiting: in this board alone\n"
            + "                           ✓        sent: the broker has it\n"
            + "                           ✓✓       received: the other board has it; of a group: every member's\n"
            + "                           ✓✓ read  it was shown there\n"
            + "                           ✗        failed: given up, with the reason\n"
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
        _left = message < 0 ? 0 : 1;
        for (int older = message; _left < count && _left > 0 && (older = C.Messenger.Older(message)) >= 0; _left++) message = older;
        WriteSome(conversation, message);
        if (_left == 0) Finish(conversation);
        else
        {
            _who = Target.NameFor(C, conversation);
            Begin();
        }
    }

    /// <summary>Shows a few more messages.</summary>
    public override void GoOn()
    {
        int conversation = Target.Find(C, _who);
        if (conversation >= 0) WriteSome(conversation, Next(conversation));
        if (conversation >= 0 && _left > 0) return;
        End();
        Finish(conversation);
        C.EndResult();
    }

    private void WriteSome(int conversation, int message)
    {
        for (int i = 0; i < MessagesOfStep && message >= 0 && _left > 0; i++)
        {
            MessagePrinter.Write(C, conversation, message);
            _shown++;
            _left--;
            message = C.Messenger.Newer(message);
        }

        if (message < 0) _left = 0;
        if (_left == 0) return;
        _message = message;
        _number = C.Messenger.NumberOf(message);
        _time = C.Messenger.TimeOf(message);
    }

    // the one that was to come next, or the oldest when that has given way
    private int Next(int conversation)
    {
        int oldest = -1;
        for (int message = C.Messenger.Newest(conversation); message >= 0; message = C.Messenger.Older(message))
        {
            if (message == _message && C.Messenger.NumberOf(message) == _number && C.Messenger.TimeOf(message) == _time) return message;
            oldest = message;
        }

        return oldest;
    }

    private void Finish(int conversation)
    {
        if (conversation >= 0) C.Messenger.MarkShown(conversation, C.NowMs);
        C.EndList(_shown);
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
            if (m.IsInvited(conversation))
            {
                o.Write("; ");
                Target.WriteInvitation(C, conversation);
            }
            else if (!m.CanWrite(conversation)) o.Write("; you are not in it any more");
        }
        else
        {
            int place = m.Presence.Find(m.IdOf(conversation));
            if (place >= 0)
            {
                o.Write(", ");
                ContactCommand.WritePresence(C, place);
                if (m.IsBlocked(conversation)) o.Write(", blocked");
            }
        }

        o.EndLine();
    }
}
