using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The console of a board: typed bytes in, commands done, answers and news out, for a person or for a program.</summary>
/// <remarks>
/// <para>A line is done as soon as its end comes, so a paste of any length is done line by line. Nothing here waits: <c>search</c>
/// goes on in <see cref="OnTime"/>, <c>wifi</c> answers in <see cref="OnSignal"/>, and the next line finishes either first.</para>
/// <para>Text mode echoes and edits; a message that comes stands above the line that is typed. JSON mode echoes nothing. Both are in
/// docs/console.md.</para>
/// <para>What only somebody who types needs is made at the first byte; until then what is written needs no more than a buffer, for as long
/// as it is written.</para>
/// </remarks>
public sealed class Shell
{
    private readonly ShellContext _c = new ShellContext();
    private Dialog _dialog;

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
    public Shell(Identity me, Messenger messenger, Session session, DeviceStatus status, EventLog log, OwnSettings settings,
        ITerminal terminal, IFlash flash, Settings screenSettings, QuickReplies replies, LongText text)
    {
        _c.Me = me;
        _c.Messenger = messenger;
        _c.Session = session;
        _c.Status = status;
        _c.Log = log;
        _c.Settings = settings;
        _c.Terminal = terminal;
        _c.Flash = flash;
        _c.ScreenSettings = screenSettings;
        _c.Replies = replies;
        _c.LongText = text;
    }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs { get { return _c.Job == null ? Deadline.Never : _c.Job.DueMs; } }

    /// <summary>For how long the last request to sleep is, in seconds.</summary>
    public int SleepSeconds { get { return _c.SleepSeconds; } }

    /// <summary>Shows who is there and the prompt.</summary>
    public void Start(long nowMs)
    {
        _c.NowMs = nowMs;
        Announcer.Skip(_c);
        _c.Out.EndLine(); // what stands there may be of the time before a restart
        _c.Out.Write("EdgeChat ");
        _c.Out.Write(DeviceStatus.Version);
        if (_c.Me.DeviceId == null)
        {
            _c.Out.Write(": this board is not provisioned. ");
            if (_c.Status.Mac != null) _c.Out.Write("Its MAC is " + _c.Status.Mac + "; run edgechat provision on the PC. ");
            _c.Out.WriteLine("Type help.");
        }
        else _c.Out.WriteLine(", board " + _c.Me.DeviceId + ". Type help, or: send <device> <text>");
        TellUnread();
        _c.ShowLine();
        _c.Flush();
    }

    /// <summary>Goes on in the same mode after the heap was too short for the console before this one.</summary>
    /// <param name="isLineLost">Whether it was doing what was typed: then somebody waits for the answer.</param>
    /// <param name="nowMs">Milliseconds since boot.</param>
    public void Recover(bool isLineLost, long nowMs)
    {
        _c.NowMs = nowMs;
        Announcer.Skip(_c);
        if (!_c.IsJson) _c.Out.EndLine();
        if (isLineLost) _c.Fail("out-of-memory", "out of memory: what was typed last may not be done. See status, and type it again.");
        _c.ShowLine();
        _c.Flush();
    }

    /// <summary>Takes bytes that were typed.</summary>
    public void OnBytes(byte[] buffer, int index, int count, long nowMs)
    {
        _c.NowMs = nowMs;
        if (_dialog == null) _dialog = new Dialog(_c);
        _dialog.Take(buffer, index, count);
        Announcer.Tell(_c);
        _c.Flush();
    }

    /// <summary>Tells what the event log has that is new; to be called after everything that the board did.</summary>
    public void OnEvents(long nowMs)
    {
        _c.NowMs = nowMs;
        Announcer.Tell(_c);
        _c.Flush();
    }

    /// <summary>Goes on with what takes long.</summary>
    public void OnTime(long nowMs)
    {
        _c.NowMs = nowMs;
        if (nowMs < NextTickMs) return;
        _c.HideLine();
        _c.Job.GoOn();
        _c.ShowLine();
        _c.Flush();
    }

    /// <summary>The Wi-Fi's signal was measured, or is not known any more.</summary>
    public void OnSignal(long nowMs)
    {
        _c.NowMs = nowMs;
        WifiCommand waiting = _c.Job as WifiCommand;
        if (waiting == null) return;
        _c.HideLine();
        waiting.OnSignal();
        _c.ShowLine();
        _c.Flush();
    }

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
}
