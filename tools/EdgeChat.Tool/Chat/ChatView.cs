using System.Runtime.CompilerServices;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Commands;
using Spectre.Console;

namespace EdgeChat.Tool.Chat;

/// <summary>Draws one conversation in a scrolling terminal: each message once, the growth of its ticks, and the line being typed.</summary>
public sealed class ChatView(IAnsiConsole console, string me)
{
    private const string EraseLine = "\r\u001b[2K";
    private const int Indent = 6; // the width of a time

    private readonly ChatInput _typed = new();
    private readonly Dictionary<int, Tick> _ticks = [];
    private readonly Dictionary<(string Sender, int Number, long Time), string?> _reactions = [];
    private readonly HashSet<(string Sender, int Number, long Time)> _takenBack = []; // of which that was said
    private readonly Dictionary<(string Sender, int Number, long Time), string> _edited = []; // and how it was shown
    private readonly Dictionary<int, Tick> _editTicks = [];
    private readonly HashSet<(string Sender, int Number, long Time, string? Text)> _shown = [];
    private string? _with;
    private int _revision = -1;
    private string? _state;

    /// <summary>The connection in words.</summary>
    public static string StateOf(Engine engine) =>
        engine.Session.Problem is { } problem
        ? $"{SessionWords.For(engine.Session.State)}: {problem}" : SessionWords.For(engine.Session.State);

    /// <summary>The first lines.</summary>
    public void Title(string id, string broker)
    {
        console.Write(new Rule($"[bold]{Plain(id)}[/] on {Plain(broker)}") { Justification = Justify.Left });
        console.MarkupLine("[grey]/help lists the commands, Ctrl-D ends[/]");
    }

    /// <summary>Shows a conversation from now on, beginning with its newest messages.</summary>
    public void Open(Engine engine, int conversation, int lines, long nowMs)
    {
        _with = Conversations.NameOf(engine.Messenger, conversation);
        _shown.Clear();
        _ticks.Clear();
        _editTicks.Clear();
        _reactions.Clear();
        _takenBack.Clear();
        _edited.Clear();
        Above(() => console.Write(new Rule(Plain(engine.Messenger.NameOf(conversation)))
        {
            Justification = Justify.Left,
            Style = Style.Parse("grey")
        }));
        int message = engine.Messenger.Newest(conversation);
        for (int older; lines > 1 && message >= 0 && (older = engine.Messenger.Older(message)) >= 0; lines--) message = older;
        for (int older = message; older >= 0 && (older = engine.Messenger.Older(older)) >= 0;)
            _shown.Add(Place(engine.Messenger, older));
        for (; message >= 0; message = engine.Messenger.Newer(message)) Print(engine.Messenger, conversation, message);
        engine.Messenger.MarkShown(conversation, nowMs);
    }

    /// <summary>Shows what has come or changed; called in the peer's loop.</summary>
    public void Follow(Engine engine, long nowMs)
    {
        string state = StateOf(engine);
        if (state != _state)
        {
            _state = state;
            Hint(state);
        }

        Messenger messenger = engine.Messenger;
        if (messenger.Revision == _revision) return;
        _revision = messenger.Revision;
        int arrival = messenger.TakeArrival();
        if (arrival >= 0 && messenger.IsInvited(arrival)) HintInvitation(messenger, arrival);
        else if (arrival >= 0 && Conversations.NameOf(messenger, arrival) != _with)
            Hint($"new from {messenger.NameOf(arrival)}: /to {messenger.IdOf(arrival)}");
        int conversation = _with == null ? -1 : Conversations.Of(messenger, _with);
        if (conversation < 0) return;
        Stack<int> unseen = Unseen(messenger, conversation);
        bool hasNew = unseen.Count > 0;
        while (unseen.TryPop(out int message)) Print(messenger, conversation, message);
        ShowChanges(messenger, conversation);
        if (!hasNew) return;
        messenger.MarkShown(conversation, nowMs);
        engine.Wake(nowMs);
    }

    /// <summary>What is being typed.</summary>
    public string Typed => _typed.Text;

    /// <summary>Takes a key; gives the line when it is complete.</summary>
    public string? Type(ConsoleKeyInfo key)
    {
        string? line = _typed.Type(key);
        DrawTyped();
        return line;
    }

    /// <summary>Puts a line there to be gone on with.</summary>
    public void Fill(string line)
    {
        _typed.Fill(line);
        DrawTyped();
    }

    /// <summary>One quiet line.</summary>
    public void Hint(string text) => Above(() => Say($"[grey]{text}[/]"));

    /// <summary>A QR code.</summary>
    public void ShowCode(string text) => Above(() =>
    {
        foreach (string line in QrText.Lines(text)) console.Write(new Text(line + "\n", new Style(Color.White, Color.Black)));
    });

    /// <summary>Who invites to a group, who is in it, and how to answer.</summary>
    public void HintInvitation(Messenger messenger, int group)
    {
        string id = messenger.IdOf(group);
        var members = Enumerable.Range(0, messenger.MemberCountOf(group)).Select(i => messenger.MemberOf(group, i)).Where(m => m != me);
        string who = messenger.DisplayNameOf(messenger.InviterOf(group));
        Hint($"{who} invites you to {messenger.NameOf(group)} ({string.Join(", ", members)}): /accept {id} or /decline {id}");
    }

    /// <summary>Leaves the terminal as it should be found.</summary>
    public void End() => console.Profile.Out.Writer.Write(EraseLine);

    // Messages that have come late stand before some that are shown. Of holes only a new one is news.
    private Stack<int> Unseen(Messenger messenger, int conversation)
    {
        var unseen = new Stack<int>();
        bool isNewest = true;
        for (int m = messenger.Newest(conversation); m >= 0; m = messenger.Older(m))
        {
            if (_shown.Contains(Place(messenger, m))) isNewest = false;
            else if (isNewest || !MessageText.IsNote(messenger, m)) unseen.Push(m);
        }

        return unseen;
    }

    private void Print(Messenger messenger, int conversation, int message)
    {
        _shown.Add(Place(messenger, message));
        bool isMine = messenger.IsMine(message);
        Tick tick = messenger.TickOf(message);
        if (isMine) _ticks[messenger.NumberOf(message)] = tick;
        string read = tick == Tick.Shown ? " " + StateWords.For(tick) : "";
        string? quote = messenger.ReplyQuoteOf(message);
        string? reactions = _reactions[Key(messenger, message)] = messenger.ReactionsOf(message);
        string text = MessageText.Of(messenger, message);
        string time = MessageText.TimeOf(messenger, message);
        if (messenger.KindOf(message) == MessageKind.TakenBack) _takenBack.Add(Key(messenger, message));
        if (messenger.IsEdited(message)) _edited[Key(messenger, message)] = text;
        if (isMine) _editTicks[messenger.NumberOf(message)] = messenger.EditTickOf(message);
        if (MessageText.NameOf(messenger, conversation, message) is { Length: > 0 } name) time = $"[{name}] {time}";
        Above(() =>
        {
            if (MessageText.IsNote(messenger, message))
                Say($"[grey]{time}[/] [yellow]{text}[/]");
            else if (isMine)
                Say($"[grey]{time}[/] [green]{me}[/]: {text} [grey]{Mark(tick)}{read}[/]");
            else Say($"[grey]{time}[/] [blue]{messenger.SenderNameOf(message)}[/]: {text}");
            if (messenger.IsForwarded(message)) Say($"      [grey]forwarded[/]");
            if (messenger.IsEdited(message)) Say($"      [grey]edited[/]");
            if (quote != null) Say($"      [grey]reply to {quote}[/]");
            if (reactions != null) Say($"      {reactions}");
        });
    }

    // a line that has scrolled away cannot be mended, so what a person waits for is said once more
    private void ShowChanges(Messenger messenger, int conversation)
    {
        for (int m = messenger.Newest(conversation), looked = 0; m >= 0
            && looked < Limits.MessagesOfConversation; m = messenger.Older(m), looked++)
        {
            if (messenger.KindOf(m) == MessageKind.TakenBack) ShowTakenBack(messenger, m);
            if (messenger.IsEdited(m)) ShowEdited(messenger, m);
            if (messenger.IsMine(m)) ShowTick(messenger, m);
            if (messenger.IsMine(m) && messenger.IsEdited(m)) ShowEditTick(messenger, m);
            ShowReactions(messenger, m);
        }
    }

    private void ShowTick(Messenger messenger, int message)
    {
        Tick tick = messenger.TickOf(message);
        if (!HasGrown(_ticks, messenger.NumberOf(message), tick)) return;
        string what = tick == Tick.Failed ? messenger.FailureOf(message) ?? StateWords.For(tick) : StateWords.For(tick);
        Above(() => Say($"      [grey]{Mark(tick)} {what}: {MessageText.BeginningOf(messenger, message)}[/]"));
    }

    private void ShowEditTick(Messenger messenger, int message)
    {
        Tick tick = messenger.EditTickOf(message);
        if (!HasGrown(_editTicks, messenger.NumberOf(message), tick)) return;
        Above(() => Say($"      [grey]{Mark(tick)} edit {StateWords.For(tick)}: {MessageText.BeginningOf(messenger, message)}[/]"));
    }

    // whether a tick has changed to one that a person waits for
    private static bool HasGrown(Dictionary<int, Tick> ticks, int number, Tick tick)
    {
        if (!ticks.TryGetValue(number, out Tick before) || before == tick) return false;
        ticks[number] = tick;
        return tick is Tick.Two or Tick.Shown or Tick.Failed;
    }

    private void ShowTakenBack(Messenger messenger, int message)
    {
        if (!_takenBack.Add(Key(messenger, message))) return;
        string whose = messenger.IsMine(message) ? me : messenger.SenderNameOf(message);
        string time = MessageText.TimeOf(messenger, message);
        Above(() => Say($"      [grey]{whose} took the message of {time} back[/]"));
    }

    private void ShowEdited(Messenger messenger, int message)
    {
        string text = MessageText.Of(messenger, message);
        if (_edited.TryGetValue(Key(messenger, message), out string? before) && before == text) return;
        _edited[Key(messenger, message)] = text;
        string whose = messenger.IsMine(message) ? me : messenger.SenderNameOf(message);
        string time = MessageText.TimeOf(messenger, message);
        Above(() => Say($"      [grey]{whose} edited the message of {time}:[/] {text}"));
    }

    private void ShowReactions(Messenger messenger, int message)
    {
        string? reactions = messenger.ReactionsOf(message);
        if (!_reactions.TryGetValue(Key(messenger, message), out string? before) || before == reactions) return;
        _reactions[Key(messenger, message)] = reactions;
        string what = reactions ?? "no reaction any more", whose = messenger.SenderNameOf(message);
        Above(() => Say($"      [grey]{what} to {whose}: {MessageText.BeginningOf(messenger, message)}[/]"));
    }

    private static (string Sender, int Number, long Time) Key(Messenger messenger, int message) =>
        (messenger.SenderOf(message) ?? "", messenger.NumberOf(message), messenger.TimeOf(message));

    // of several without a number the text tells them apart
    private static (string Sender, int Number, long Time, string? Text) Place(Messenger messenger, int message)
    {
        (string sender, int number, long time) = Key(messenger, message);
        return (sender, number, time, number == 0 ? MessageText.Of(messenger, message) : null);
    }

    private static string Mark(Tick tick) => tick switch
    {
        Tick.Clock => "…",
        Tick.One => "✓",
        Tick.Two or Tick.Shown => "✓✓",
        Tick.Failed => "✗",
        _ => "",
    };

    // Everything that is shown goes through here, or through Plain: what others wrote is no markup, and none of it steers the terminal.
    private void Say(FormattableString line)
    {
        object[] parts = [.. line.GetArguments().Select(part => (object)SafeText.Paragraph(part?.ToString() ?? "", Indent))];
        console.MarkupLineInterpolated(FormattableStringFactory.Create(line.Format, parts));
    }

    private static string Plain(string text) => Markup.Escape(SafeText.Line(text));

    private void Above(Action draw)
    {
        console.Profile.Out.Writer.Write(EraseLine);
        draw();
        DrawTyped();
    }

    private void DrawTyped()
    {
        if (_typed.IsHalf) return;
        string typed = TextColumns.End(SafeText.Line(_typed.Text), Math.Max(10, console.Profile.Width - 4));
        console.Profile.Out.Writer.Write(EraseLine + "> " + typed);
    }
}
