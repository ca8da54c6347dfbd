using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;
using Spectre.Console;

namespace EdgeChat.Tool.Chat;

/// <summary>A conversation in a person's terminal: messages scroll by above a line to type in.</summary>
public sealed class ChatTerminal
{
    private const int HistoryLines = 20;

    private static readonly string[] Words =
        ["/to", "/list", .. MessageCommands.Words, "/accept", "/decline", "/key", "/status", "/help", "/quit"];

    private readonly Peer _peer;
    private readonly ChatSettings _settings;
    private readonly ToolHost _host;
    private readonly ChatView _view;
    private readonly People _people;
    private readonly MessageCommands _messages;
    private readonly ChatCompletion _completion;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _with;

    /// <summary>Makes the conversation; it begins with <see cref="RunAsync"/>. The broker has <paramref name="told"/> of these
    /// devices.</summary>
    public ChatTerminal(Peer peer, ChatSettings settings, ToolHost host, IReadOnlyCollection<string> told)
    {
        _peer = peer;
        _settings = settings;
        _host = host;
        _people = new People(settings.As, told);
        _messages = new MessageCommands(_people);
        _completion = new ChatCompletion(_people, Words);
        _view = new ChatView(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Screen) }), settings.As);
    }

    /// <summary>Talks until <c>/quit</c>, the end of the input or Ctrl-C.</summary>
    public async Task<int> RunAsync()
    {
        _view.Title(_settings.As, _settings.Broker.ToString());
        _peer.Start();
        await _peer.DoAsync(engine =>
        {
            if (_settings.To is { } id) Choose(engine, id);
            else List(engine);
        });
        _peer.Changed = engine => _view.Follow(engine, _peer.NowMs);
        var keys = new Thread(ReadKeys) { IsBackground = true, Name = "keys" };
        keys.Start();
        await Task.WhenAny(_left.Task, Task.Delay(Timeout.Infinite, _host.Stop));
        _peer.Changed = null;
        _view.End();
        return ExitCode.Success;
    }

    private void ReadKeys()
    {
        try
        {
            while (!_left.Task.IsCompleted)
            {
                ConsoleKeyInfo key = _host.ReadKey();
                if (key.Key == ConsoleKey.D && key.Modifiers == ConsoleModifiers.Control) _left.TrySetResult();
                else _peer.DoAsync(engine => Take(engine, key)).Wait();
            }
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or OperationCanceledException)
        {
            _left.TrySetResult(); // the terminal is gone, or the loop has ended
        }
    }

    // in the peer's loop
    private void Take(Engine engine, ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            Complete(engine);
            return;
        }

        if (_view.Type(key) is not { } line) return;
        if (string.IsNullOrWhiteSpace(line)) _view.Hint(StateOf(engine));
        else if (line.StartsWith("//", StringComparison.Ordinal)) Send(engine, line[1..], line); // a text that begins with a slash
        else if (line.StartsWith('/')) Command(engine, line);
        else Send(engine, line, line);
    }

    // what cannot be sent stays in the line
    private void Send(Engine engine, string message, string typed)
    {
        string? refusal = Refusal(engine, message);
        if (refusal != null)
        {
            _view.Hint(refusal);
            _view.Fill(typed);
        }

        engine.Wake(_peer.NowMs);
    }

    private string? Refusal(Engine engine, string message)
    {
        if (_with == null) return "not sent: to whom? /to ID first; Tab shows who there is";
        int conversation = Conversations.Of(engine.Messenger, _with);
        if (conversation < 0) return "not sent: " + SendErrors.WordsFor(engine.Messenger.LastError);
        if (!People.IsAnybodyIn(engine.Messenger, conversation)) return "not sent: " + People.NobodyIn(_with);
        byte[] text = Encoding.UTF8.GetBytes(message);
        SendError error = engine.Messenger.SendText(conversation, text, text.Length, -1, _peer.NowMs);
        return error == SendError.None ? null : "not sent: " + SendErrors.WordsFor(error);
    }

    private string StateOf(Engine engine) => $"{_settings.Broker}: {ChatView.StateOf(engine)}";

    private void Complete(Engine engine)
    {
        int conversation = _with == null ? -1 : Conversations.Of(engine.Messenger, _with);
        (string? line, string? hint) = _completion.Of(engine.Messenger, conversation, _view.Typed);
        if (hint != null) _view.Hint(hint);
        if (line != null) _view.Fill(line);
    }

    private void Command(Engine engine, string line)
    {
        if (MessageCommands.Has(line))
        {
            DoWithMessage(engine, line);
            return;
        }

        string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        switch (words[0])
        {
            case "/quit" or "/q":
                _left.TrySetResult();
                break;
            case "/to" when words.Length == 2 && Topics.IsDeviceId(words[1].TrimStart('@', '#')):
                Choose(engine, words[1]);
                break;
            case "/to":
                _view.Hint("/to ID: an id is 1 to 16 characters of a-z 0-9 -; Tab shows who there is");
                break;
            case "/list":
                List(engine);
                break;
            case "/accept" or "/decline":
                Answer(engine, words.Length == 2 ? words[1] : _with, words[0] == "/accept");
                break;
            case "/key":
                ShowCode(engine);
                break;
            case "/status":
                _view.Hint(StateOf(engine));
                break;
            default:
                if (words[0] != "/help")
                {
                    string near = Nearest.Of(words[0], Words) is { } word ? $": did you mean {word}?" : "";
                    _view.Hint($"unknown command {words[0]}{near}");
                }

                _view.Hint("/to ID  chat with a device or group (Tab completes)      /list  conversations      "
                    + "/accept ID, /decline ID  answer the invitation to a group      /key  security code      "
                    + "/status  connection      /quit  end      anything else is sent; write // for a text that begins with /");
                _view.Hint(MessageCommands.Help);
                break;
        }
    }

    // what cannot be done stays in the line, or what was probably meant
    private void DoWithMessage(Engine engine, string line)
    {
        int conversation = _with == null ? -1 : Conversations.Of(engine.Messenger, _with);
        ChatResult result = conversation < 0
            ? new(Why: "with whom? /to ID first; Tab shows who there is")
            : _messages.Do(engine, conversation, line, _peer.NowMs);
        foreach (string said in result.Says ?? []) _view.Hint(said);
        engine.Wake(_peer.NowMs);
        if (result.Why == null) return;
        _view.Hint("not done: " + result.Why);
        _view.Fill(result.Meant ?? line);
    }

    // as a board shows it: one phone reads both
    private void ShowCode(Engine engine)
    {
        if (_with == null || engine.Messenger.SecurityCodeOf(_with) is not { } code)
        {
            _view.Hint("not sealed");
            return;
        }

        _view.ShowCode(code);
        _view.Hint($"sealed; {_with} must show the same code: {code}");
    }

    private void Choose(Engine engine, string id)
    {
        if (_people.Meant(engine.Messenger, id) is { } meant)
        {
            _view.Hint($"no {id} is known: did you mean {meant}? Enter: yes. /to @{id}: no");
            _view.Fill("/to " + meant);
            return;
        }

        int conversation = Conversations.Of(engine.Messenger, id);
        if (conversation < 0)
        {
            string why = id.StartsWith('#') ? "you are in no group of that id" : SendErrors.WordsFor(engine.Messenger.LastError);
            _view.Hint($"{id}: {why}");
            return;
        }

        _with = id;
        _view.Open(engine, conversation, HistoryLines, _peer.NowMs);
        if (engine.Messenger.IsInvited(conversation)) _view.HintInvitation(engine.Messenger, conversation);
        if (!People.IsAnybodyIn(engine.Messenger, conversation)) _view.Hint("nobody else is in this group");
    }

    private void Answer(Engine engine, string? id, bool accepts)
    {
        Messenger messenger = engine.Messenger;
        int group = id == null ? -1 : messenger.Find(id.TrimStart('#'), true);
        if (group < 0)
        {
            _view.Hint(id == null ? "which group? /accept ID or /decline ID; /list shows who invites"
                : $"{id}: nobody has invited you to a group of that id");
            return;
        }

        SendError error = messenger.Answer(group, accepts, _peer.NowMs);
        engine.Wake(_peer.NowMs);
        if (error != SendError.None) _view.Hint($"{id}: {SendErrors.WordsFor(error)}");
        else if (accepts) Choose(engine, "#" + id!.TrimStart('#'));
        else _view.Hint($"{id} is declined");
    }

    private void List(Engine engine)
    {
        Messenger messenger = engine.Messenger;
        if (messenger.ConversationCount == 0) _view.Hint("no conversations yet: /to ID begins one");
        for (int i = 0; i < messenger.ConversationCount; i++)
        {
            int conversation = messenger.ConversationAt(i);
            string members = messenger.IsGroup(conversation) ? $"  group of {messenger.MemberCountOf(conversation)}" : "";
            string state = messenger.IsInvited(conversation) ? $"{StateWords.Invited} by {messenger.InviterOf(conversation)}"
                : $"{messenger.UnreadOf(conversation)} unread";
            _view.Hint($"{messenger.IdOf(conversation)}{members}  {state}");
        }
    }
}
