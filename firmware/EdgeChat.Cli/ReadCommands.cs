using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>Commands that show and manage conversations: <c>list</c>, <c>read</c>, <c>info</c>, <c>mute</c>, <c>unmute</c>, <c>delete</c>.</summary>
internal sealed class ReadCommands : CommandFamily
{
    private const int UsualCount = 10;
    private const int PreviewBytes = 40;

    private readonly MessagePrinter _printer;

    public ReadCommands(ShellContext context, MessagePrinter printer)
        : base(context)
    {
        _printer = printer;
    }

    public override void Run()
    {
        if (C.Command == CommandId.List)
        {
            List();
            return;
        }

        int conversation = C.Target.Conversation(false);
        if (conversation < 0) return;
        switch (C.Command)
        {
            case CommandId.Read:
                Read(conversation);
                break;
            case CommandId.Info:
                int message = C.Target.Message(conversation, true);
                if (message >= 0) Info(conversation, message);
                break;
            case CommandId.Delete:
                Delete(conversation);
                break;
            default:
                bool isMuted = C.Command == CommandId.Mute;
                C.Messenger.SetMuted(conversation, isMuted);
                C.Done(C.Target.NameFor(conversation) + (isMuted ? " is silent now" : " is heard again"));
                break;
        }
    }

    private void List()
    {
        int count = C.Messenger.ConversationCount;
        for (int i = 0; i < count; i++)
        {
            int conversation = C.Messenger.ConversationAt(i);
            if (C.IsJson) ListJson(conversation);
            else ListLine(conversation);
        }

        if (count == 0) C.Done("no conversations yet. To begin one: send <device> <text>");
        C.EndList(count);
    }

    private void ListLine(int conversation)
    {
        TerminalWriter o = C.Out;
        Messenger m = C.Messenger;
        int unread = m.UnreadOf(conversation);
        o.Style(unread > 0 ? TextStyle.Strong : TextStyle.Plain);
        o.WritePadded(C.Target.NameFor(conversation), IdColumns);
        o.Style(TextStyle.Plain);
        if (unread > 0)
        {
            o.Style(TextStyle.Good);
            o.Write(unread);
            o.Write(" new  ");
            o.Style(TextStyle.Plain);
        }

        if (m.IsMuted(conversation)) o.Write("(silent)  ");
        int newest = m.Newest(conversation);
        if (newest >= 0)
        {
            o.Style(TextStyle.Faint);
            C.Time.Write(m.TimeOf(newest), m.UnixAt(C.NowMs));
            if (m.TimeOf(newest) > 0) o.Write("  ");
            o.Style(TextStyle.Plain);
            bool isNote = MessagePrinter.IsNote(m.KindOf(newest));
            if (m.IsMine(newest) && !isNote) o.Write("me: ");
            else if (m.IsGroup(conversation) && !isNote) o.WriteSafe(m.SenderNameOf(newest) + ": ");
            WritePreview(newest);
        }

        o.EndLine();
    }

    private void WritePreview(int message)
    {
        int count = C.Messenger.ReadText(message, C.Text);
        int shown = count;
        if (count > PreviewBytes)
        {
            shown = PreviewBytes;
            while (shown > 0 && (C.Text[shown] & 0xC0) == 0x80) shown--;
        }

        C.Out.WriteSafe(C.Text, 0, shown, -1);
        if (shown < count) C.Out.Write("…");
    }

    private void ListJson(int conversation)
    {
        Messenger m = C.Messenger;
        C.Json.Begin("item", "conversation");
        C.Json.Add("who", m.IdOf(conversation));
        C.Json.Add("group", m.IsGroup(conversation));
        C.Json.Add("name", m.NameOf(conversation));
        C.Json.Add("unread", m.UnreadOf(conversation));
        C.Json.Add("muted", m.IsMuted(conversation));
        C.Json.Add("writable", m.CanWrite(conversation));
        C.Json.End();
    }

    private void Read(int conversation)
    {
        string word = C.Line.NextWord();
        int count = word == null ? UsualCount : CommandLine.ToNumber(word);
        if (count <= 0)
        {
            C.Fail("bad-number", "read: count \"" + word + "\": expected a number from 1 on, such as 20");
            return;
        }

        if (!C.IsJson) Heading(conversation);
        int message = C.Messenger.Newest(conversation);
        int shown = message < 0 ? 0 : 1;
        for (int older = message; shown < count && shown > 0 && (older = C.Messenger.Older(message)) >= 0; shown++) message = older;
        for (int left = shown; left > 0; left--)
        {
            if (C.IsJson)
            {
                C.Json.Begin("item", "message");
                _printer.AddKeys(conversation, message);
                C.Json.End();
            }
            else
            {
                _printer.WriteLines(conversation, message);
            }

            message = C.Messenger.Newer(message);
        }

        C.Messenger.MarkShown(conversation, C.NowMs);
        C.EndList(shown);
    }

    private void Heading(int conversation)
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
                ContactCommands.WritePresence(C, place);
            }
        }

        o.EndLine();
    }

    private void Info(int conversation, int message)
    {
        Messenger m = C.Messenger;
        bool isMine = m.IsMine(message);
        int recipients = isMine ? m.RecipientsOf(message) : 0;
        if (C.IsJson)
        {
            for (int i = 0; i < recipients; i++)
            {
                C.Json.Begin("item", "recipient");
                C.Json.Add("device", m.RecipientOf(message, i));
                C.Json.Add("tick", ShellContext.WordFor(m.RecipientTickOf(message, i)));
                C.Json.End();
            }

            C.Result();
            _printer.AddKeys(conversation, message);
            return;
        }

        _printer.WriteLines(conversation, message);
        if (isMine) C.Done("  " + WordsFor(m.TickOf(message)));
        for (int i = 0; i < recipients; i++)
        {
            C.Out.Write("  ");
            C.Out.WritePadded(m.RecipientOf(message, i), IdColumns);
            C.Out.WriteLine(WordsFor(m.RecipientTickOf(message, i)));
        }
    }

    private void Delete(int conversation)
    {
        string name = C.Target.NameFor(conversation);
        if (C.Line.NextWord() != "yes")
        {
            C.Ask("This deletes all messages with " + name + " on this board.", "delete " + name, "yes");
            return;
        }

        if (C.FailWhen(new Drafts(C.Flash).Delete(C.Messenger, conversation))) return;
        C.Done("deleted " + name);
    }

    private static string WordsFor(Tick tick)
    {
        switch (tick)
        {
            case Tick.Clock: return "waits in this board";
            case Tick.One: return "the broker has it";
            case Tick.Two: return "received";
            case Tick.Shown: return "read";
            case Tick.Failed: return "given up";
            default: return "";
        }
    }
}
