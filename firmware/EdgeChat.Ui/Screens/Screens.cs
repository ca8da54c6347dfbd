using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The screens of a board as its core sees them: takes keys and time, says when something is drawn, and when the display
/// sleeps.</summary>
/// <remarks>Draws when a key was pressed, and otherwise when the messenger's revision, the session's state or the minute has changed. Sends
/// nothing to the display itself: its host takes the changes of the frame and <see cref="NextBoardRequest"/>.</remarks>
public sealed class Screens
{
    private const int NotificationMs = 6000; // of a line, and between two tones
    private const int RedrawGapMs = 150; // a burst of messages is drawn a few times, not for each

    private readonly ScreenContext _ui;
    private bool _isAwake = true;
    private bool _hasNews; // since the last key
    private long _notifyUntilMs; // a line stands until then, and none is heard
    private long _sleepMs = Deadline.Never;
    private long _drawnMs;
    private long _nextMinuteMs = Deadline.Never;
    private int _drawnRevision = -1;
    private int _drawnDay;
    private Screen _drawnTop; // what the picture shows; null when a notification lies over it
    private int _seenRevision = -1;
    private SessionState _drawnState;

    /// <summary>Makes the screens of a board.</summary>
    public Screens(ScreenContext ui)
    {
        _ui = ui;
        ui.Stack.Begin(ui.Me.DeviceId == null ? new FirstRunScreen(ui) : new ConversationsScreen(ui));
    }

    /// <summary>What the screens work with.</summary>
    public ScreenContext Context { get { return _ui; } }

    /// <summary>Whether the keys choose among groups now, so that a board with fewer than three buttons offers two.</summary>
    public bool IsChoosing { get { return _ui.Stack.Top.IsChoosing; } }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs
    {
        get
        {
            if (!_isAwake) return Deadline.Never;
            if (_ui.Stack.MustDraw) return _drawnMs;
            long due = _ui.Stack.Top.NextTickMs;
            if (_sleepMs < due) due = _sleepMs;
            if (_nextMinuteMs < due) due = _nextMinuteMs;
            if (_ui.Chrome.IsNotifying && _notifyUntilMs < due) due = _notifyUntilMs;
            if (HasChanged && _drawnMs + RedrawGapMs < due) due = _drawnMs + RedrawGapMs;
            return due;
        }
    }

    // whether Ok only opens something: nothing is sent, changed or told to anybody, as a thread tells what was read
    private bool IsOkHarmless
    {
        get
        {
            Screen top = _ui.Stack.Top;
            if (top is ThreadScreen || top is MainMenuScreen || top is InvitationScreen || top is FirstRunScreen) return true;
            if (!_ui.Stack.IsHome) return false;
            Messenger messenger = _ui.Messenger;
            int row = ((ListScreen)top).Selected;
            return row == messenger.ConversationCount || messenger.UnreadOf(messenger.ConversationAt(row)) == 0;
        }
    }

    private bool HasChanged { get { return _drawnRevision != _ui.Messenger.Revision || _drawnState != _ui.Session.State; } }

    /// <summary>Reads what was kept and draws the first screen. Throws <see cref="FlashException"/> when the flash cannot be
    /// read.</summary>
    public void Start(long nowMs)
    {
        Messenger messenger = _ui.Messenger;
        _ui.Settings.Load();
        Drafts.OpenAll(_ui.Flash, messenger);
        _seenRevision = messenger.Revision;
        messenger.TakeArrival();
        StayAwake(nowMs);
        Draw(nowMs);
    }

    /// <summary>Takes a key press. One that wakes the display does what it is for only where that merely shows something else: the
    /// keys of writing, and Ok where it does more than open something, do nothing more.</summary>
    public void OnKey(Key key, bool isLong, long nowMs)
    {
        _hasNews = false;
        if (!_isAwake)
        {
            Wake(nowMs);
            Draw(nowMs);
            if (IsChoosing || (key == Key.Ok && !IsOkHarmless)) return;
        }

        StayAwake(nowMs);
        if (_ui.Chrome.IsNotifying) EndNotification();
        try
        {
            Route(key, isLong, nowMs);
        }
        catch (FlashException e)
        {
            TellFlash(e, nowMs);
        }

        StayAwake(nowMs); // the key may have changed how long that is
        if (HasChanged) _ui.Stack.Change();
        if (_ui.Stack.MustDraw) Draw(nowMs);
    }

    /// <summary>Does what is due; to be called after everything that happened on the board.</summary>
    public void OnTime(long nowMs)
    {
        if (_seenRevision != _ui.Messenger.Revision)
        {
            _seenRevision = _ui.Messenger.Revision;
            int arrival = _ui.Messenger.TakeArrival();
            if (arrival >= 0) Notify(arrival, nowMs);
        }

        if (!_isAwake) return;
        try
        {
            _ui.Stack.Top.OnTime(nowMs);
            if (nowMs >= _sleepMs)
            {
                _isAwake = false;
                _ui.Chrome.EndNotification();
                _ui.Stack.Top.Keep(nowMs);
                return;
            }
        }
        catch (FlashException e)
        {
            TellFlash(e, nowMs);
        }

        if (_ui.Chrome.IsNotifying && nowMs >= _notifyUntilMs) EndNotification();
        if (HasChanged && nowMs - _drawnMs >= RedrawGapMs) _ui.Stack.Change();
        if (nowMs >= _nextMinuteMs) DrawMinute(nowMs);
        if (_ui.Stack.MustDraw) Draw(nowMs);
    }

    /// <summary>The next thing that the board is to do, or <see cref="BoardRequest.None"/>.</summary>
    public BoardRequest NextBoardRequest()
    {
        if (_ui.Painter.UseTheme(_ui.Settings)) _ui.Stack.MustDraw = true;
        return _ui.Requests.Take(_isAwake, _hasNews, _ui.Settings.Contrast);
    }

    /// <summary>The Wi-Fi's signal was measured, or is not known any more.</summary>
    public void OnSignal()
    {
        _ui.Requests.OnSignal();
        if (_ui.Stack.Top is DeviceScreen || _ui.Stack.Top is NetworkScreen) _ui.Stack.Change();
    }

    private void Route(Key key, bool isLong, long nowMs)
    {
        Screen top = _ui.Stack.Top;
        if (!isLong) top.OnKey(key, nowMs);
        else if (key == Key.Ok) top.OnMenuKey(nowMs);
        else if (key == Key.Up)
        {
            if (!top.OnBack(nowMs)) _ui.Stack.Back(nowMs);
        }
        else if (!top.OnEnd(nowMs)) _ui.Stack.Home(nowMs);
    }

    private void TellFlash(FlashException e, long nowMs) { _ui.Stack.Notice("Flash error", e.Message, nowMs); }

    private void StayAwake(long nowMs)
    {
        long after = _ui.Settings.SleepAfterMs;
        if (after < _ui.Stack.Top.LeastAwakeMs) after = _ui.Stack.Top.LeastAwakeMs;
        _sleepMs = after == Deadline.Never ? Deadline.Never : nowMs + after;
    }

    private void Wake(long nowMs)
    {
        _isAwake = true;
        StayAwake(nowMs);
        _ui.Stack.Change();
    }

    private void EndNotification()
    {
        _ui.Chrome.EndNotification();
        _ui.Stack.MustDraw = true;
    }

    private void Notify(int conversation, long nowMs)
    {
        if (_ui.Messenger.IsMuted(conversation) || !_ui.Settings.IsNotifying) return;
        _hasNews = true;
        bool isThread = _ui.Stack.Top is ThreadScreen;
        bool isShown = isThread ? conversation == _ui.Stack.Conversation : _ui.Stack.IsHome;
        bool isSeen = isThread && isShown && _isAwake;
        if (!isSeen && nowMs >= _notifyUntilMs && _ui.Settings.IsSounding)
        {
            _ui.Requests.Sound();
            _notifyUntilMs = nowMs + NotificationMs;
        }

        if (!_isAwake) Wake(nowMs);
        if (isShown) return;
        _ui.Chrome.BeginNotification(conversation);
        _notifyUntilMs = nowMs + NotificationMs;
        _ui.Stack.MustDraw = true;
    }

    private void DrawMinute(long nowMs)
    {
        bool isSameDay = _ui.Chrome.Today(nowMs) == _drawnDay;
        _nextMinuteMs = _ui.Chrome.NextMinuteMs(nowMs);
        if (_ui.Stack.MustDraw) return;
        if (isSameDay && !_ui.Chrome.IsNotifying && _ui.Stack.Top.DrawMinute(_ui.Painter, nowMs)) _ui.Painter.Show();
        else _ui.Stack.Change();
    }

    private void Draw(long nowMs)
    {
        if (_ui.Painter.Fit(_ui.Settings))
        {
            _ui.Stack.Refit();
            _drawnTop = null;
        }

        Screen top = _ui.Stack.Top;
        int today = _ui.Chrome.Today(nowMs);
        bool isNotifying = _ui.Chrome.IsNotifying;
        bool isShown = _drawnTop == top && _drawnDay == today && !isNotifying;
        _ui.Stack.MustDraw = false;
        _drawnMs = nowMs;
        _drawnState = _ui.Session.State;
        _drawnDay = today;
        _nextMinuteMs = _ui.Chrome.NextMinuteMs(nowMs);
        if (!isShown || !top.Update(_ui.Painter, nowMs))
        {
            _ui.Painter.Clear();
            top.Draw(_ui.Painter, nowMs);
        }

        _drawnTop = isNotifying ? null : top;
        if (isNotifying) _ui.Chrome.DrawNotification();
        _ui.Painter.Show();
        if (top is ThreadScreen) ((ThreadScreen)top).MarkShown(nowMs);
        _drawnRevision = _ui.Messenger.Revision; // that messages were shown changes nothing on the screen that shows them
    }
}
