using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>Writes one message for people or for programs; what others wrote cannot steer the terminal.</summary>
internal static class MessagePrinter
{
    private const int Indent = 4;
    private const int Unread = -1;

    /// <summary>Writes the message as lines of a conversation, or as an item. Whoever has just read its text into the shell's says how long
    /// it is, so that it is not read twice.</summary>
    public static void Write(ShellContext c, int conversation, int message, int count = Unread)
    {
        if (!c.IsJson)
        {
            WriteLines(c, conversation, message, count);
            return;
        }

        c.Json.Begin("item", "message");
        AddKeys(c, conversation, message, count);
        c.Json.End();
    }

    /// <summary>Writes the message as lines of a conversation.</summary>
    public static void WriteLines(ShellContext c, int conversation, int message, int count = Unread)
    {
        Messenger m = c.Messenger;
        TerminalWriter o = c.Out;
        MessageKind kind = m.KindOf(message);
        o.Style(TextStyle.Faint);
        if (m.NumberOf(message) > 0)
        {
            o.Raw((byte)'[');
            Target.WriteReference(c, conversation, message);
            o.Write("] ");
        }

        if (m.TimeOf(message) > 0)
        {
            TimeText.Write(c, m.TimeOf(message));
            o.Raw((byte)' ');
        }

        o.Style(TextStyle.Plain);
        bool isNote = IsNote(kind);
        if (!isNote)
        {
            o.Style(TextStyle.Name);
            o.WriteSafe(m.IsMine(message) ? "me" : m.SenderNameOf(message));
            o.Style(TextStyle.Plain);
            o.Write(": ");
        }

        WriteText(c, message, isNote, count);
        if (m.IsMine(message) && !isNote) WriteTick(c, message);
        o.EndLine();
        if (m.IsMarked(message)) WriteMarks(c, message);
        WriteNote(c, "reply to ", m.ReplyQuoteOf(message));
        WriteNote(c, "", m.ReactionsOf(message));
    }

    private static void WriteMarks(ShellContext c, int message)
    {
        if (c.Messenger.IsForwarded(message)) WriteNote(c, "forwarded", "");
        if (c.Messenger.IsEdited(message)) WriteNote(c, "edited", "");
        if (c.Messenger.IsStarred(message)) WriteNote(c, "starred", "");
    }

    /// <summary>Writes the text of the message, its line ends indented.</summary>
    public static void WriteText(ShellContext c, int message, bool isNote, int count = Unread)
    {
        if (count == Unread) count = c.Messenger.ReadText(message, c.Text);
        if (isNote) c.Out.Write("-- ");
        c.Out.WriteSafe(c.Text, 0, count, Indent);
        if (isNote) c.Out.Write(" --");
    }

    /// <summary>Adds the message's keys to an open JSON object.</summary>
    public static void AddKeys(ShellContext c, int conversation, int message, int count = Unread)
    {
        Messenger m = c.Messenger;
        JsonLineWriter j = c.Json;
        j.Add("who", m.IdOf(conversation));
        j.Add("group", m.IsGroup(conversation));
        j.Add("kind", ProgramWords.For(m.KindOf(message)));
        j.Add("from", m.IsMine(message) ? c.Me.DeviceId : m.SenderOf(message));
        if (m.NumberOf(message) > 0) j.Add("n", m.NumberOf(message));
        if (m.TimeOf(message) > 0) j.Add("t", m.TimeOf(message));
        j.Add("text", c.Text, 0, count == Unread ? m.ReadText(message, c.Text) : count);
        if (m.IsForwarded(message)) j.Add("forwarded", true);
        if (m.IsEdited(message)) j.Add("edited", true);
        if (m.IsStarred(message)) j.Add("starred", true);
        j.Add("re", m.ReplyQuoteOf(message));
        j.Add("reactions", m.ReactionsOf(message));
        if (!m.IsMine(message)) return;
        j.Add("tick", StateWords.For(m.TickOf(message)));
        if (m.IsEdited(message)) j.Add("edit", StateWords.For(m.EditTickOf(message)));
        j.Add("failure", m.FailureOf(message));
    }

    /// <summary>Whether it is about messages, or about the group, and not from somebody.</summary>
    public static bool IsNote(MessageKind kind)
    {
        return kind == MessageKind.Missing || kind == MessageKind.Lost || kind == MessageKind.Event;
    }

    private static void WriteTick(ShellContext c, int message)
    {
        Tick tick = c.Messenger.TickOf(message);
        if (tick == Tick.None) return;
        c.Out.Write("  ");
        c.Out.Style(tick == Tick.Failed ? TextStyle.Bad : tick == Tick.Shown ? TextStyle.Good : TextStyle.Faint);
        switch (tick)
        {
            case Tick.Clock:
                c.Out.Write("..");
                break;
            case Tick.One:
                c.Out.Write("✓");
                break;
            case Tick.Two:
                c.Out.Write("✓✓");
                break;
            case Tick.Shown:
                c.Out.Write("✓✓ ");
                c.Out.Write(StateWords.For(tick));
                break;
            case Tick.Failed:
                c.Out.Write("✗");
                break;
        }

        string failure = c.Messenger.FailureOf(message);
        if (failure == null) return;
        c.Out.Raw((byte)' ');
        c.Out.WriteSafe(failure);
    }

    private static void WriteNote(ShellContext c, string before, string text)
    {
        if (text == null) return;
        c.Out.Raw((byte)' ', Indent);
        c.Out.Style(TextStyle.Faint);
        c.Out.Write(before);
        c.Out.WriteSafe(text);
        c.Out.EndLine();
    }
}
