using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>list</c>: the conversations.</summary>
internal sealed class ListCommand : Command
{
    public const string Word = "list";

    public ListCommand()
        : base(Word, "", "list the conversations, newest first")
    {
        OtherNames = "ls dir chats";
        Details = "A line has: id, unread messages, time and beginning of the newest message.\n";
    }

    public override void Run()
    {
        int count = C.Messenger.ConversationCount;
        for (int i = 0; i < count; i++)
        {
            int conversation = C.Messenger.ConversationAt(i);
            if (C.IsJson) WriteItem(conversation);
            else WriteLine(conversation);
        }

        if (count == 0) C.Done("no conversations yet. To begin one: send <device> <text>");
        C.EndList(count);
    }

    private void WriteLine(int conversation)
    {
        TerminalWriter o = C.Out;
        Messenger m = C.Messenger;
        int unread = m.UnreadOf(conversation);
        o.Style(unread > 0 ? TextStyle.Strong : TextStyle.Plain);
        o.WritePadded(Target.NameFor(C, conversation), IdColumns);
        o.Style(TextStyle.Plain);
        if (unread > 0)
        {
            o.Style(TextStyle.Good);
            o.Write(unread);
            o.Write(" new  ");
            o.Style(TextStyle.Plain);
        }

        if (m.IsMuted(conversation)) o.Write("(silent)  ");
        if (m.IsBlocked(conversation)) o.Write("(blocked)  ");
        if (m.HasKeys) o.Write(m.IsSealed(conversation) ? "(sealed)  " : "(open)  ");
        if (m.IsInvited(conversation))
        {
            o.Write("(" + StateWords.Invited + ")  ");
            Target.WriteInvitation(C, conversation);
            o.EndLine();
            return;
        }

        int newest = m.Newest(conversation);
        if (newest >= 0)
        {
            o.Style(TextStyle.Faint);
            TimeText.Write(C, m.TimeOf(newest));
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
        if (count > Limits.PreviewBytes)
        {
            shown = Limits.PreviewBytes;
            while (shown > 0 && (C.Text[shown] & 0xC0) == 0x80) shown--;
        }

        C.Out.WriteSafe(C.Text, 0, shown, -1);
        if (shown < count) C.Out.Write("…");
    }

    private void WriteItem(int conversation)
    {
        Messenger m = C.Messenger;
        C.Json.Begin("item", "conversation");
        C.Json.Add("who", m.IdOf(conversation));
        C.Json.Add("group", m.IsGroup(conversation));
        C.Json.Add("name", m.NameOf(conversation));
        C.Json.Add("unread", m.UnreadOf(conversation));
        C.Json.Add("muted", m.IsMuted(conversation));
        C.Json.Add("writable", m.CanWrite(conversation));
        if (m.HasKeys) C.Json.Add("sealed", m.IsSealed(conversation));
        if (m.IsBlocked(conversation)) C.Json.Add("blocked", true);
        if (m.IsInvited(conversation)) C.Json.Add(StateWords.Invited, m.InviterOf(conversation));
        C.Json.End();
    }
}
