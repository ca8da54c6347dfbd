using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Commands;
using Spectre.Console;

namespace EdgeChat.Tool.Chat;

/// <summary>A conversation in a person's terminal: messages scroll by above a line to type in.</summary>
public sealed class ChatTerminal
{
    private const int HistoryLines = 20;

    private readonly Peer _peer;
    private readonly ChatSettings _settings;
    private readonly ToolHost _host;
    private readonly ChatView _view;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _with;

    /// <summary>Makes the conversation; it begins with <see cref="RunAsync"/>.</summary>
    public ChatTerminal(Peer peer, ChatSettings settings, ToolHost host)
    {
        _peer = peer;
        _settings = settings;
        _host = host;
        _with = settings.To;
        _view = new ChatView(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Out) }), settings.As);
    }

    /// <summary>Talks until <c>/quit</c>, the end of the input or Ctrl-C.</summary>
    public async Task<int> RunAsync()
    {
        _view.Title(_settings.As, _settings.Broker.ToString());
        _peer.Start();
        if (_with == null) await _peer.DoAsync(List);
        else await _peer.DoAsync(engine => Choose(engine, _with));
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
        if (_view.Type(key) is not { } line) return;
        if (line.StartsWith("//", StringComparison.Ordinal)) Send(engine, line[1..]); // a text that begins with a slash
        else if (line.StartsWith('/')) Command(engine, line);
        else if (!string.IsNullOrWhiteSpace(line)) Send(engine, line);
    }

    private void Send(Engine engine, string line)
    {
        int conversation = _with == null ? -1 : Conversations.Of(engine.Messenger, _with);
        if (conversation < 0)
        {
            _view.Hint(_with == null ? "to whom? /to ID" : SendErrors.WordsFor(engine.Messenger.LastError));
            return;
        }

        byte[] text = Encoding.UTF8.GetBytes(line);
        SendError error = engine.Messenger.SendText(conversation, text, text.Length, -1, _peer.NowMs);
        if (error != SendError.None) _view.Hint(SendErrors.WordsFor(error));
        engine.Wake(_peer.NowMs);
    }

    private void Command(Engine engine, string line)
    {
        string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        switch (words[0])
        {
            case "/quit" or "/q":
                _left.TrySetResult();
                break;
            case "/to" when words.Length == 2 && Topics.IsDeviceId(words[1]):
                Choose(engine, words[1]);
                break;
            case "/to":
                _view.Hint("/to ID: a device id is 1 to 16 characters of a-z 0-9 -");
                break;
            case "/list":
                List(engine);
                break;
            case "/status":
                _view.Hint(ChatView.StateOf(engine));
                break;
            default:
                if (words[0] != "/help") _view.Hint($"unknown command {words[0]}");
                _view.Hint("/to ID  chat with a device or group      /list  conversations      /status  connection      /quit  end      "
                    + "anything else is sent");
                break;
        }
    }

    private void Choose(Engine engine, string id)
    {
        int conversation = Conversations.Of(engine.Messenger, id);
        if (conversation < 0)
        {
            _view.Hint(id + ": " + SendErrors.WordsFor(engine.Messenger.LastError));
            return;
        }

        _with = id;
        _view.Open(engine, conversation, HistoryLines, _peer.NowMs);
    }

    private void List(Engine engine)
    {
        Messenger messenger = engine.Messenger;
        if (messenger.ConversationCount == 0) _view.Hint("no conversations yet: /to ID begins one");
        for (int i = 0; i < messenger.ConversationCount; i++)
        {
            int conversation = messenger.ConversationAt(i);
            string members = messenger.IsGroup(conversation) ? $"  group of {messenger.MemberCountOf(conversation)}" : "";
            _view.Hint($"{messenger.IdOf(conversation)}{members}  {messenger.UnreadOf(conversation)} unread");
        }
    }
}
