using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>Writes one message for people or for programs; what others wrote cannot steer the terminal.</summary>
internal sealed class MessagePrinter
{
    private const int Indent = 4;

    private readonly ShellContext _c;

    public MessagePrinter(ShellContext context)
    {
        _c = context;
    }

    /// <summary>Writes the message as lines of a conversation.</summary>
    public void WriteLines(int conversation, int message)
    {
        Messenger m = _c.Messenger;
        TerminalWriter o = _c.Out;
        MessageKind kind = m.KindOf(message);
        o.Style(TextStyle.Faint);
        if (m.NumberOf(message) > 0)
        {
            o.Raw((byte)'[');
            _c.Target.WriteReference(conversation, message);
            o.Write("] ");
        }

        long now = m.UnixAt(_c.NowMs);
        if (m.TimeOf(message) > 0)
        {
            _c.Time.Write(m.TimeOf(message), now);
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

        WriteText(message, isNote);
        if (m.IsMine(message) && !isNote) WriteTick(message);
        o.EndLine();
        WriteNote("reply to ", m.ReplyQuoteOf(message));
        WriteNote("", m.ReactionsOf(message));
    }

    /// <summary>Writes the text of the message, its line ends indented.</summary>
    public void WriteText(int message, bool isNote)
    {
        int count = _c.Messenger.ReadText(message, _c.Text);
        if (isNote) _c.Out.Write("-- ");
        _c.Out.WriteSafe(_c.Text, 0, count, Indent);
        if (isNote) _c.Out.Write(" --");
    }

    /// <summary>Adds the message's keys to an open JSON object.</summary>
    public void AddKeys(int conversation, int message)
    {
        Messenger m = _c.Messenger;
        JsonLineWriter j = _c.Json;
        j.Add("who", m.IdOf(conversation));
        j.Add("group", m.IsGroup(conversation));
        j.Add("kind", ShellContext.WordFor(m.KindOf(message)));
        j.Add("from", m.IsMine(message) ? _c.Me.DeviceId : m.SenderOf(message));
        if (m.NumberOf(message) > 0) j.Add("n", m.NumberOf(message));
        if (m.TimeOf(message) > 0) j.Add("t", m.TimeOf(message));
        j.Add("text", _c.Text, 0, m.ReadText(message, _c.Text));
        j.Add("re", m.ReplyQuoteOf(message));
        j.Add("reactions", m.ReactionsOf(message));
        if (!m.IsMine(message)) return;
        j.Add("tick", ShellContext.WordFor(m.TickOf(message)));
        j.Add("failure", m.FailureOf(message));
    }

    /// <summary>Whether it is about messages, or about the group, and not from somebody.</summary>
    public static bool IsNote(MessageKind kind) { return kind == MessageKind.Missing || kind == MessageKind.Lost || kind == MessageKind.Event; }

    /// <summary>Writes what a tick means, as read shows it.</summary>
    public static string MarkFor(Tick tick)
    {
        switch (tick)
        {
            case Tick.Clock: return "..";
            case Tick.One: return "✓";
            case Tick.Two: return "✓✓";
            case Tick.Shown: return "✓✓ read";
            case Tick.Failed: return "✗";
            default: return "";
        }
    }

    private void WriteTick(int message)
    {
        Tick tick = _c.Messenger.TickOf(message);
        _c.Out.Write("  ");
        _c.Out.Style(tick == Tick.Failed ? TextStyle.Bad : tick == Tick.Shown ? TextStyle.Good : TextStyle.Faint);
        _c.Out.Write(MarkFor(tick));
        string failure = _c.Messenger.FailureOf(message);
        if (failure == null) return;
        _c.Out.Raw((byte)' ');
        _c.Out.WriteSafe(failure);
    }

    private void WriteNote(string before, string text)
    {
        if (text == null) return;
        _c.Out.Raw((byte)' ', Indent);
        _c.Out.Style(TextStyle.Faint);
        _c.Out.Write(before);
        _c.Out.WriteSafe(text);
        _c.Out.EndLine();
    }
}
