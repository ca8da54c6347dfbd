using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The console of a board: typed bytes in, commands done, answers and news out, for a person or for a program.</summary>
/// <remarks>
/// <para>A line is done as soon as its end comes, so a paste of any length is done line by line. Nothing here waits: <c>search</c>
/// goes on in <see cref="OnTime"/>, <c>wifi</c> answers in <see cref="OnSignal"/>, and the next line finishes either first.</para>
/// <para>Text mode echoes and edits; a message that comes stands above the line that is typed. JSON mode echoes nothing. Both are in
/// docs/console.md.</para>
/// </remarks>
public sealed class Shell
{
    private readonly ShellContext _c = new ShellContext();
    private readonly LineEditor _editor;
    private readonly Completer _completer;
    private readonly Announcer _announcer;
    private readonly SearchJob _search;
    private readonly WifiCommand _wifi;
    private readonly Commands _commands;
    private bool _hasAsked;

    /// <summary>Makes a console; <see cref="Start"/> shows it.</summary>
    /// <param name="me">Who the board is.</param>
    /// <param name="messenger">What the commands work with.</param>
    /// <param name="session">For <c>status</c> and <c>wifi</c>.</param>
    /// <param name="status">What only the host knows.</param>
    /// <param name="log">What <c>log</c> shows, and what is told when it happens.</param>
    /// <param name="settings">What <c>set</c> changes.</param>
    /// <param name="terminal">Where the console writes.</param>
    /// <param name="flash">For its free bytes.</param>
    /// <param name="screenSettings">Settings of the screens, or null when there are none.</param>
    /// <param name="replies">What the keys offer, or null when there are none.</param>
    /// <param name="text">Room for the text of one message.</param>
    public Shell(Identity me, Messenger messenger, Session session, DeviceStatus status, EventLog log, ConsoleSettings settings, ITerminal terminal,
        IFlash flash, Settings screenSettings, QuickReplies replies, LongText text)
    {
        _c.Me = me;
        _c.Messenger = messenger;
        _c.Session = session;
        _c.Status = status;
        _c.Log = log;
        _c.Settings = settings;
        _c.Flash = flash;
        _c.LongText = text;
        _c.Out = new TerminalWriter(terminal) { HasColor = settings.Color == ColorChoice.On };
        _c.Json = new JsonLineWriter(_c.Out);
        _c.Time = new TimeText(_c.Out, me);
        _editor = new LineEditor(_c.Out) { Prompt = (me.DeviceId == null ? "edgechat" : me.DeviceId) + "> " };
        _c.Target = new Target(_c);
        var printer = new MessagePrinter(_c);
        var set = new SetCommand(_c, screenSettings);
        _completer = new Completer(_c, set);
        _announcer = new Announcer(_c, printer, _editor);
        _search = new SearchJob(_c, printer);
        var sessionPrinter = new SessionPrinter(_c);
        _wifi = new WifiCommand(_c, sessionPrinter);
        _commands = new Commands(_c, printer, sessionPrinter, _search, _wifi, set, replies);
    }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs { get { return _search.IsRunning ? _c.NowMs : _wifi.DueMs; } }

    /// <summary>Shows who is there and the prompt.</summary>
    public void Start(long nowMs)
    {
        _c.NowMs = nowMs;
        _announcer.Skip();
        if (!_c.IsJson)
        {
            _c.Out.EndLine(); // what stands there may be of the time before a restart
            _c.Out.Write("EdgeChat ");
            _c.Out.Write(_c.Status.Version);
            if (_c.Me.DeviceId == null) _c.Out.WriteLine(": this board is not provisioned. Type help.");
            else _c.Out.WriteLine(", board " + _c.Me.DeviceId + ". Type help, or: send <device> <text>");
            TellUnread();
        }

        _editor.Begin();
        _c.Out.Flush();
    }

    /// <summary>Takes bytes that were typed.</summary>
    public void OnBytes(byte[] buffer, int index, int count, long nowMs)
    {
        _c.NowMs = nowMs;
        bool hadTerminal = _editor.HasTerminal;
        for (int end = index + count; index < end; index++)
        {
            switch (_editor.Take(buffer[index]))
            {
                case EditResult.Line:
                    EndLine();
                    break;
                case EditResult.Complete:
                    Complete();
                    break;
                case EditResult.ClearScreen:
                    if (!_c.IsJson) _c.Out.ClearScreen();
                    _editor.Show();
                    break;
                case EditResult.Interrupt:
                    _search.Stop();
                    if (_wifi.IsRunning) _wifi.Finish(false);
                    _c.Asked = null;
                    _editor.Begin();
                    break;
            }
        }

        if (!hadTerminal && _editor.HasTerminal) ChooseColor();
        _announcer.Tell();
        _c.Out.Flush();
    }

    /// <summary>Tells what the event log has that is new; to be called after everything that the board did.</summary>
    public void OnEvents(long nowMs)
    {
        _c.NowMs = nowMs;
        _announcer.Tell();
        _c.Out.Flush();
    }

    /// <summary>Goes on with what takes long.</summary>
    public void OnTime(long nowMs)
    {
        _c.NowMs = nowMs;
        if (!_search.IsRunning && nowMs < _wifi.DueMs) return;
        _editor.Hide();
        if (_search.IsRunning) _search.Step();
        else _wifi.Finish(false);
        _editor.Show();
        _c.Out.Flush();
    }

    /// <summary>The Wi-Fi's signal was measured, or is not known any more.</summary>
    public void OnSignal(long nowMs)
    {
        _c.NowMs = nowMs;
        if (!_wifi.IsRunning) return;
        _editor.Hide();
        _wifi.Finish(true);
        _editor.Show();
        _c.Out.Flush();
    }

    /// <summary>For how long the last request to sleep is, in seconds.</summary>
    public int SleepSeconds { get { return _c.SleepSeconds; } }

    /// <summary>What the board itself is to do, or <see cref="BoardRequest.None"/>; asked once, it is gone.</summary>
    public BoardRequest TakeRequest()
    {
        BoardRequest request = _c.Request;
        _c.Request = BoardRequest.None;
        return request;
    }

    private void TellUnread()
    {
        int unread = 0;
        for (int i = _c.Messenger.ConversationCount - 1; i >= 0; i--) unread += _c.Messenger.UnreadOf(_c.Messenger.ConversationAt(i));
        if (unread == 0) return;
        _c.Out.Write(unread);
        _c.Out.WriteLine(unread == 1 ? " message is new: list" : " messages are new: list");
    }

    private void EndLine()
    {
        while (_search.IsRunning) _search.Step();
        if (_wifi.IsRunning) _wifi.Finish(false);
        ChooseColor();
        _c.Command = CommandId.None;
        LineBuffer line = _editor.Line;
        if (line.Refused > 0)
        {
            int bytes = line.Count + line.Refused;
            _c.Fail("line-too-long", "a line of " + bytes.ToString() + " bytes is too long, at most " + Limits.LineBytes.ToString() + ": nothing of it was done");
        }
        else if (StrictUtf8.Check(line.Bytes, line.Count) != BodyError.None)
        {
            _c.Fail("not-utf8", "the line is not UTF-8, nothing of it was done: set the terminal to UTF-8");
        }
        else if (_c.Asked != null)
        {
            TakeAnswer(line);
        }
        else
        {
            _c.Line.Load(line.Bytes, line.Count);
            Execute();
        }

        _editor.Begin();
    }

    private void TakeAnswer(LineBuffer line)
    {
        string asked = _c.Asked;
        _c.Asked = null;
        _c.Line.Load(line.Bytes, line.Count);
        if (_c.Line.RestAsText() != _c.AnswerWanted)
        {
            _c.Out.WriteLine("stopped, nothing was done");
            return;
        }

        byte[] whole = Encoding.UTF8.GetBytes(asked + " " + _c.AnswerWanted);
        _c.Line.Load(whole, whole.Length);
        Execute();
    }

    private void Execute()
    {
        string name = _c.Line.NextWord();
        if (name == null) AskTerminal();
        if (name == null || CommandLine.Begins(name, "#")) return;
        _commands.Run(name);
        ChooseColor();
        _c.Out.HasCarriageReturn = !_c.IsJson;
        _editor.HasEcho = !_c.IsJson;
        _editor.HasHistory = !_c.IsJson;
        _c.EndResult();
    }

    private void ChooseColor()
    {
        ColorChoice choice = _c.Settings.Color;
        _c.Out.HasColor = !_c.IsJson && (choice == ColorChoice.On || (choice == ColorChoice.Auto && _editor.HasTerminal));
    }

    // an empty line is what people type first, to see whether somebody is there
    private void AskTerminal()
    {
        if (_hasAsked || _c.IsJson || _editor.HasTerminal || _c.Settings.Color != ColorChoice.Auto) return;
        _hasAsked = true;
        _c.Out.AskWho();
    }

    private void Complete()
    {
        if (!_completer.Look(_editor.Line))
        {
            _editor.InsertTab();
            return;
        }

        string common = _completer.Common(out bool isOnlyOne);
        if (common == null)
        {
            _editor.Ring();
            return;
        }

        byte[] rest = Encoding.UTF8.GetBytes(common.Substring(_completer.Start.Length) + (isOnlyOne ? " " : ""));
        if (rest.Length > 0)
        {
            _editor.Insert(rest, 0, rest.Length);
            return;
        }

        _editor.Hide();
        int at = 0;
        for (string word = _completer.Next(ref at); word != null; word = _completer.Next(ref at))
        {
            _c.Out.Write(word);
            _c.Out.Write("  ");
        }

        _c.Out.EndLine();
        _editor.Show();
    }
}
