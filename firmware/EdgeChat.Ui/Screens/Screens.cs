using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The screens of a board: which one is open, where keys go, when something is drawn, and when the display sleeps.</summary>
/// <remarks>Draws when a key was pressed, and otherwise when the messenger's revision, the session's state or the minute has changed. Sends
/// nothing to the display itself: its host takes the changes of <see cref="Frame"/> and <see cref="NextBoardRequest"/>.</remarks>
public sealed partial class Screens
{
    private const int NotificationMs = 6000;
    private const int RedrawGapMs = 150; // a burst of messages is drawn a few times, not for each

    private readonly NoticeScreen _error;
    private bool _isAwake = true;
    private bool _isHostAwake = true;
    private bool _mustDraw = true;
    private bool _isNotifying;
    private long _notifyUntilMs;
    private long _sleepMs = Deadline.Never;
    private long _drawnMs;
    private long _nextMinuteMs = Deadline.Never;
    private int _drawnRevision = -1;
    private int _seenRevision = -1;
    private SessionState _drawnState;
    private BoardRequest _request;
    private bool _isSignalWanted;
    private byte _hostContrast = Settings.DefaultContrast;

    /// <summary>Makes the screens of a board.</summary>
    /// <param name="me">Who the board is.</param>
    /// <param name="messenger">What is shown and what sends.</param>
    /// <param name="session">How the board reaches the broker.</param>
    /// <param name="status">What only the host knows.</param>
    /// <param name="flash">Where settings, quick replies and drafts are kept.</param>
    /// <param name="frame">What is drawn on.</param>
    /// <param name="buttons">Buttons of the board, 0 to 3; the hints of a board that has none are those for three.</param>
    public Screens(Identity me, Messenger messenger, Session session, DeviceStatus status, IFlash flash, Frame frame, int buttons)
    {
        Buttons = buttons == 0 ? 3 : buttons;
        Me = me;
        Messenger = messenger;
        Session = session;
        Status = status;
        Flash = flash;
        Frame = frame;
        Painter = new Painter(frame);
        Settings = new Settings(flash);
        Replies = new QuickReplies(flash);
        Drafts = new Drafts(flash);
        Thread = new ThreadScreen(this);
        Compose = new ComposeScreen(this);
        RepliesList = new RepliesScreen(this);
        Menu = new MenuScreen(this);
        Main = new MainMenuScreen(this);
        Details = new DetailsScreen(this);
        Contacts = new ContactsScreen(this);
        Members = new MembersScreen(this);
        SettingsList = new SettingsScreen(this);
        Device = new DeviceScreen(this);
        Label = new LabelScreen(this);
        _error = new NoticeScreen(this);
        _stack[0] = me.DeviceId == null ? new FirstRunScreen(this) : new ConversationsScreen(this);
        _depth = 1;
    }

    /// <summary>Who the board is.</summary>
    public Identity Me { get; }

    /// <summary>What is shown and what sends.</summary>
    public Messenger Messenger { get; }

    /// <summary>How the board reaches the broker.</summary>
    public Session Session { get; }

    /// <summary>What only the host knows.</summary>
    public DeviceStatus Status { get; }

    /// <summary>Where things are kept.</summary>
    public IFlash Flash { get; }

    /// <summary>What is drawn on.</summary>
    public Frame Frame { get; }

    /// <summary>What draws on it.</summary>
    public Painter Painter { get; }

    /// <summary>What the person has set.</summary>
    public Settings Settings { get; }

    /// <summary>The quick replies.</summary>
    public QuickReplies Replies { get; }

    /// <summary>The text of the page that is open, or of the message that is drawn or printed at the moment.</summary>
    public LongText LongText { get; } = new LongText();

    /// <summary>The drafts.</summary>
    public Drafts Drafts { get; }

    /// <summary>How many buttons the hints speak of: 3, 2 or 1.</summary>
    public int Buttons { get; }

    /// <summary>Whether the keys choose among groups now, so that a board with fewer than three buttons offers two.</summary>
    public bool IsChoosing { get { return Top.IsChoosing; } }

    /// <summary>The thread.</summary>
    public ThreadScreen Thread { get; }

    /// <summary>Writing.</summary>
    public ComposeScreen Compose { get; }

    /// <summary>The quick replies, to send or to change.</summary>
    public RepliesScreen RepliesList { get; }

    /// <summary>The menu; serves all screens.</summary>
    public MenuScreen Menu { get; }

    /// <summary>The way to everything that is no conversation.</summary>
    public MainMenuScreen Main { get; }

    /// <summary>All about a message.</summary>
    public DetailsScreen Details { get; }

    /// <summary>The contacts.</summary>
    public ContactsScreen Contacts { get; }

    /// <summary>The members of the open group.</summary>
    public MembersScreen Members { get; }

    /// <summary>The settings.</summary>
    public SettingsScreen SettingsList { get; }

    /// <summary>How the board is.</summary>
    public DeviceScreen Device { get; }

    /// <summary>The device id as a QR code.</summary>
    public LabelScreen Label { get; }

    /// <summary>Whether the frame holds the open screen as drawn last, so that a part of it may be changed.</summary>
    public bool CanPatch { get { return !_mustDraw && !_isNotifying; } }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs
    {
        get
        {
            if (!_isAwake) return Deadline.Never;
            if (_mustDraw) return _drawnMs;
            long due = Top.NextTickMs;
            if (_sleepMs < due) due = _sleepMs;
            if (_nextMinuteMs < due) due = _nextMinuteMs;
            if (_isNotifying && _notifyUntilMs < due) due = _notifyUntilMs;
            if (HasChanged && _drawnMs + RedrawGapMs < due) due = _drawnMs + RedrawGapMs;
            return due;
        }
    }

    private bool HasChanged { get { return _drawnRevision != Messenger.Revision || _drawnState != Session.State; } }

    /// <summary>Reads what was kept and draws the first screen. Throws <see cref="FlashException"/> when the flash cannot be read.</summary>
    public void Start(long nowMs)
    {
        Settings.Load();
        Replies.Load();
        Drafts.OpenAll(Messenger);
        _seenRevision = Messenger.Revision;
        Messenger.TakeArrival();
        StayAwake(nowMs);
        Draw(nowMs);
    }

    /// <summary>Takes a key press. On a display that sleeps it only wakes it.</summary>
    public void OnKey(Key key, bool isLong, long nowMs)
    {
        if (!_isAwake)
        {
            Wake(nowMs);
            Draw(nowMs);
            return;
        }

        StayAwake(nowMs);
        if (_isNotifying) EndNotification();
        try
        {
            Route(key, isLong, nowMs);
        }
        catch (FlashException e)
        {
            Notice("Flash error", e.Message, nowMs);
        }

        StayAwake(nowMs); // the key may have changed how long that is
        if (HasChanged) Change();
        if (_mustDraw) Draw(nowMs);
    }

    /// <summary>Does what is due; to be called after everything that happened on the board.</summary>
    public void OnTime(long nowMs)
    {
        if (_seenRevision != Messenger.Revision)
        {
            _seenRevision = Messenger.Revision;
            int arrival = Messenger.TakeArrival();
            if (arrival >= 0) Notify(arrival, nowMs);
        }

        if (!_isAwake) return;
        try
        {
            Top.OnTime(nowMs);
            if (nowMs >= _sleepMs)
            {
                Sleep(nowMs);
                return;
            }
        }
        catch (FlashException e)
        {
            Notice("Flash error", e.Message, nowMs);
        }

        if (_isNotifying && nowMs >= _notifyUntilMs) EndNotification();
        if (HasChanged && nowMs - _drawnMs >= RedrawGapMs) Change();
        if (nowMs >= _nextMinuteMs) Change();
        if (_mustDraw) Draw(nowMs);
    }

    /// <summary>The next thing that the board is to do, or <see cref="BoardRequest.None"/>.</summary>
    public BoardRequest NextBoardRequest()
    {
        if (_isHostAwake != _isAwake)
        {
            _isHostAwake = _isAwake;
            return _isAwake ? BoardRequest.DisplayOn : BoardRequest.DisplayOff;
        }

        if (_hostContrast != Settings.Contrast)
        {
            _hostContrast = Settings.Contrast;
            return BoardRequest.Brightness;
        }

        if (_isSignalWanted)
        {
            _isSignalWanted = false;
            return BoardRequest.MeasureSignal;
        }

        BoardRequest request = _request;
        _request = BoardRequest.None;
        return request;
    }

    /// <summary>Has the Wi-Fi's signal measured; <see cref="OnSignal"/> tells that it is.</summary>
    public void MeasureSignal() { _isSignalWanted = true; }

    /// <summary>The signal was measured, or is not known any more.</summary>
    public void OnSignal()
    {
        Device.OnSignal();
        if (Top == Device) Change();
    }

    /// <summary>Asks the board for something.</summary>
    public void Request(BoardRequest request) { _request = request; }

    /// <summary>The open screen wants to be drawn.</summary>
    public void Redraw() { _mustDraw = true; }

    /// <summary>The open screen changed a part of its picture itself.</summary>
    public void Patched() { Frame.Dirty = true; }

    private void Route(Key key, bool isLong, long nowMs)
    {
        Screen top = Top;
        if (!isLong) top.OnKey(key, nowMs);
        else if (key == Key.Ok) top.OnMenuKey(nowMs);
        else if (key == Key.Up)
        {
            if (!top.OnBack(nowMs)) Back(nowMs);
        }
        else if (!top.OnEnd(nowMs)) Home(nowMs);
    }

    private void StayAwake(long nowMs)
    {
        long after = Settings.SleepAfterMs;
        _sleepMs = after == Deadline.Never ? Deadline.Never : nowMs + after;
    }

    private void Wake(long nowMs)
    {
        _isAwake = true;
        StayAwake(nowMs);
        Change();
    }

    private void Sleep(long nowMs)
    {
        _isAwake = false;
        _isNotifying = false;
        Top.Keep(nowMs);
    }

    private void EndNotification()
    {
        _isNotifying = false;
        _mustDraw = true;
    }

    private void Notify(int conversation, long nowMs)
    {
        if (Messenger.IsMuted(conversation) || !Settings.Is(Settings.Notify)) return;
        if (!_isAwake) Wake(nowMs);
        bool isShown = Top == Thread ? conversation == Conversation : IsHome;
        if (isShown) return;
        WriteNotification(conversation);
        _isNotifying = true;
        _notifyUntilMs = nowMs + NotificationMs;
        _mustDraw = true;
    }

    private void Draw(long nowMs)
    {
        _mustDraw = false;
        _drawnMs = nowMs;
        _drawnRevision = Messenger.Revision;
        _drawnState = Session.State;
        _nextMinuteMs = NextMinuteMs(nowMs);
        Painter.Clear();
        Top.Draw(Painter, nowMs);
        if (_isNotifying) DrawNotification();
        Frame.Dirty = true;
        if (Top == Thread && Thread.ShowsNewest && Conversation >= 0 && Messenger.UnreadOf(Conversation) > 0) Messenger.MarkShown(Conversation, nowMs);
    }
}
