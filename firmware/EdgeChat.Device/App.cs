using EdgeChat.Cli;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Ui;

namespace EdgeChat.Device;

/// <summary>The whole messenger of one board: composes engine, screens and console for a host.</summary>
/// <remarks>No I/O and no clock. The host calls one of the <c>On...</c> methods for each event or <see cref="OnTime"/> when
/// <see cref="NextTickMs"/> has come, then drains <see cref="NextLinkAction"/>, <see cref="NextBoardRequest"/> and the changes of
/// <see cref="Frame"/>. All calls come from one thread.</remarks>
public sealed partial class App
{
    /// <summary>For how long at most <see cref="HoldsPaste"/> waits for the broker to confirm one more message, in milliseconds.</summary>
    public const int PasteWaitMs = 15000;

    private const string ItWorks = "The broker was reached with what you have set, and it is kept.";

    // yes or no, in one field: each would take 12 bytes of the heap
    private const int Recovering = 1;
    private const int HasNetwork = 2;
    private const int News = 4;

    // what a person has just done and waits for; stays when it was not done to its end
    private const int KeyInHand = 8;
    private const int LineInHand = 16;

    // what a long message leaves to the next turns, so that a key does not wait for all of it
    private const int OwesConsole = 32;
    private const int OwesScreens = 64;
    private const int Owes = OwesConsole | OwesScreens;

    private readonly Identity _me;
    private readonly IFlash _flash;
    private readonly ITerminal _terminal;
    private readonly DeviceStatus _status;
    private readonly EventLog _log = new EventLog();
    private readonly OwnSettings _settings;
    private readonly IRandomSource _random;
    private readonly KeyMap _keys;
    private readonly BoardRequests _requests;
    private Splash _splash; // while the flash is read at a start
    private Engine _engine;
    private Shell _shell;
    private Screens _screens;
    private SessionState _lastState;
    private int _flags;
    private long _networkDueMs = Deadline.Never; // when the core that has begun again is told of the network
    private long _recoveredMs;
    private int _unsent;
    private long _progressMs;

    /// <summary>Makes the messenger of a board.</summary>
    /// <param name="me">Who the board is.</param>
    /// <param name="flash">Where it keeps everything.</param>
    /// <param name="random">Randomness for back-off.</param>
    /// <param name="terminal">Where the console writes.</param>
    /// <param name="status">What only the host knows.</param>
    /// <param name="width">Columns of the display.</param>
    /// <param name="height">Rows of the display.</param>
    /// <param name="buttons">Buttons of the board, 0 to 3; <see cref="KeyMap"/> says what each does.</param>
    /// <param name="hasColours">Whether the display has colours.</param>
    /// <param name="hasBuzzer">Whether there is a buzzer for new messages.</param>
    public App(Identity me, IFlash flash, IRandomSource random, ITerminal terminal, DeviceStatus status, int width, int height, int buttons,
        bool hasColours = false, bool hasBuzzer = false)
    {
        _me = me;
        _flash = flash;
        _terminal = terminal;
        _status = status;
        _random = random;
        _settings = new OwnSettings(flash, me);
        Frame = new Frame(width, height, hasColours);
        _keys = new KeyMap(buttons);
        _requests = new BoardRequests(hasBuzzer);
    }

    /// <summary>What changes the configuration, or null when the flash lets nobody do so.</summary>
    public Reconfiguration Changes { get; set; }

    /// <summary>What the display is to show.</summary>
    public Frame Frame { get; }

    /// <summary>The screens; null while <see cref="IsLoading"/>.</summary>
    public Screens Screens { get { return _screens; } }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs
    {
        get
        {
            if (IsLoading || Has(Owes)) return 0;
            long next = _engine.NextTickMs;
            long due = _screens.NextTickMs;
            if (due < next) next = due;
            due = _keys.NextTickMs;
            if (due < next) next = due;
            if (_networkDueMs < next) next = _networkDueMs;
            if (Changes != null && Changes.NextTickMs < next) next = Changes.NextTickMs;
            due = _shell.NextTickMs;
            return due < next ? due : next;
        }
    }

    /// <summary>Whether the flash is being read. Until <see cref="OnTime"/> has done that and drawn the first screen, the host keeps back
    /// what happens and calls nothing but what it calls in each turn: <see cref="NextTickMs"/>, <see cref="OnTime"/>, <see cref="Stop"/>
    /// and what it drains.</summary>
    public bool IsLoading { get { return _shell == null; } }

    private bool Has(int flag) { return (_flags & flag) != 0; }

    private void Set(int flag, bool value) { _flags = value ? _flags | flag : _flags & ~flag; }

    /// <summary>Takes what happened to the link.</summary>
    public void OnLink(LinkEvent e, long nowMs)
    {
        if (e.Kind == LinkEventKind.NetworkUp || e.Kind == LinkEventKind.NetworkDown)
        {
            Set(HasNetwork, e.Kind == LinkEventKind.NetworkUp);
            _networkDueMs = Deadline.Never;
        }

        _log.AddLink(e, nowMs);
        _engine.OnLink(e, nowMs);
        if (e.Kind == LinkEventKind.Received && e.Body != null && e.Body.Length > Limits.BodyBytesOfTurn) Set(OwesConsole, true);
        After(nowMs);
    }

    /// <summary>Takes the level of a button, already debounced.</summary>
    /// <param name="button">Its number, from 0; <see cref="KeyMap"/> says what it does.</param>
    /// <param name="isDown">Whether it is pressed now.</param>
    /// <param name="atMs">When it went there, which may be a while ago.</param>
    /// <param name="nowMs">Milliseconds since boot.</param>
    public void OnLevel(int button, bool isDown, long atMs, long nowMs)
    {
        int press = _keys.OnLevel(button, isDown, atMs, _screens.IsChoosing);
        if (press != KeyMap.None) OnPress(press, nowMs);
    }

    /// <summary>Takes a key press; <paramref name="isLong"/> after 600 ms held.</summary>
    public void OnKey(Key key, bool isLong, long nowMs)
    {
        Set(KeyInHand, true);
        _screens.OnKey(key, isLong, nowMs);
        Set(KeyInHand | LineInHand, false);
        After(nowMs);
    }

    /// <summary>Takes bytes typed on the console.</summary>
    public void OnSerial(byte[] buffer, int index, int count, long nowMs)
    {
        Set(LineInHand, true);
        _shell.OnBytes(buffer, index, count, nowMs);
        Set(KeyInHand | LineInHand, false);
        After(nowMs);
    }

    /// <summary>Whether a paste is to be left unread for now, because the broker has not confirmed what it has sent so far; otherwise its
    /// next lines would be refused. Ends when that gets less, when the session ends, and when there is no progress for
    /// <see cref="PasteWaitMs"/>.</summary>
    public bool HoldsPaste(long nowMs)
    {
        int unsent = _engine.Session.IsOnline ? _engine.Messenger.UnsentCount : 0;
        if (unsent < _unsent || _unsent < Limits.UnsentOfPaste) _progressMs = nowMs;
        _unsent = unsent;
        return unsent >= Limits.UnsentOfPaste && nowMs - _progressMs < PasteWaitMs;
    }

    /// <summary>The clock was set: <paramref name="unixSeconds"/> is the time at <paramref name="nowMs"/>.</summary>
    public void OnClock(long unixSeconds, long nowMs)
    {
        _log.Add(EventKind.ClockSet, null, 0, 0, nowMs);
        _engine.OnClock(unixSeconds, nowMs);
        After(nowMs);
    }

    /// <summary>The Wi-Fi's signal was measured: 0 to 100 percent, or -1 when it is not known (any more).</summary>
    public void OnSignal(int percent, long nowMs)
    {
        _status.SignalPercent = percent;
        _screens.OnSignal();
        _shell.OnSignal(nowMs);
        After(nowMs);
    }

    /// <summary>The battery was measured: see <see cref="DeviceStatus.Battery"/>.</summary>
    public void OnBattery(int battery, long nowMs)
    {
        bool wasLow = _status.IsBatteryLow;
        bool isSame = battery == _status.Battery;
        _status.Battery = battery;
        if (isSame || IsLoading) return;
        if (!wasLow && _status.IsBatteryLow) Tell("Battery low", "Charge the board.", nowMs);
        _screens.Context.Stack.Change();
        After(nowMs);
    }

    /// <summary>Does what is due.</summary>
    /// <param name="nowMs">Milliseconds since boot.</param>
    /// <param name="hasAllLevels">Whether no level of a button waits in the host's queue. While one may, no hold is told: a press that was
    /// let go in time is none the longer for a host that is late.</param>
    public void OnTime(long nowMs, bool hasAllLevels = true)
    {
        if (IsLoading)
        {
            Load(nowMs);
            return;
        }

        if (Has(Owes))
        {
            bool isConsole = Has(OwesConsole);
            Set(Owes, false);
            Set(OwesScreens, isConsole);
            if (isConsole) _shell.OnEvents(nowMs);
            else _screens.OnTime(nowMs);
            return;
        }

        if (nowMs >= _networkDueMs) OnLink(new LinkEvent { Kind = LinkEventKind.NetworkUp }, nowMs);
        _engine.OnTime(nowMs);
        _shell.OnTime(nowMs);
        After(nowMs);
        if (!hasAllLevels) return;
        int press;
        while ((press = _keys.OnTime(nowMs, _screens.IsChoosing)) != KeyMap.None) OnPress(press, nowMs);
    }

    /// <summary>What <see cref="BoardRequest.Brightness"/> asks for: the display driver's contrast, 0 to 255.</summary>
    public byte Contrast { get { return _screens.Context.Settings.Contrast; } }

    /// <summary>For how long the last <see cref="BoardRequest.Sleep"/> is, in seconds.</summary>
    public int SleepSeconds { get { return _shell.SleepSeconds; } }

    /// <summary>Where the session stands in words, when that has changed since this was asked last; else null.</summary>
    public string TakeNews()
    {
        if (!Has(News)) return null;
        Set(News, false);
        string words = "session: " + SessionWords.For(_lastState);
        return _engine.Session.Problem == null ? words : words + ": " + _engine.Session.Problem;
    }

    /// <summary>Ends the session cleanly: presence <c>off</c>, or <c>sleep</c> when <paramref name="wakeAfterSeconds"/> is above 0, then
    /// DISCONNECT. The host drains actions until <see cref="LinkActionKind.Disconnect"/> came.</summary>
    public void Stop(int wakeAfterSeconds, long nowMs)
    {
        if (IsLoading) return; // there is no session yet
        _engine.Stop(wakeAfterSeconds, nowMs);
        After(nowMs);
    }

    /// <summary>The next thing to do with the MQTT client, or null.</summary>
    public LinkAction NextLinkAction() { return IsLoading ? null : _engine.NextLinkAction(); }

    /// <summary>The next thing to do with the board, or <see cref="BoardRequest.None"/>.</summary>
    public BoardRequest NextBoardRequest()
    {
        if (IsLoading) return BoardRequest.None;
        if (Changes != null && Changes.TakeReboot()) return BoardRequest.Reboot;
        BoardRequest request = _shell.TakeRequest();
        return request != BoardRequest.None ? request : _screens.NextBoardRequest();
    }

    private void Reconfigure(long nowMs)
    {
        string order = _requests.TakeOrder();
        if (Changes == null)
        {
            if (order != null) Tell("Not changed", "The flash cannot be written.", nowMs);
            return;
        }

        Changes.After(_engine, nowMs);
        string words = order == null ? null : Changes.Try(order);
        if (words != null) Tell("Not changed", words, nowMs);
        words = Changes.TakeOutcome();
        if (words == null) return;
        if (words.Length == 0) _screens.Context.Stack.Notice("It works", ItWorks, nowMs, true);
        else Tell("As before", words, nowMs);
    }

    private void Tell(string title, string text, long nowMs) { _screens.Context.Stack.Notice(title, text, nowMs); }

    private void OnPress(int press, long nowMs)
    {
        bool isLong = press >= KeyMap.Long;
        OnKey((Key)(isLong ? press - KeyMap.Long : press), isLong, nowMs);
    }

    // what one event may have changed for the others
    private void After(long nowMs)
    {
        Reconfigure(nowMs);
        _engine.Wake(nowMs);
        SessionState state = _engine.Session.State;
        if (state != _lastState)
        {
            _lastState = state;
            Set(News, true);
            bool isDenied = state == SessionState.Degraded || state == SessionState.Refused;
            _log.Add(EventKind.Session, isDenied ? _engine.Session.Problem : null, 0, (int)state, nowMs);
        }

        if (Has(Owes)) return;
        _shell.OnEvents(nowMs);
        _screens.OnTime(nowMs);
    }
}
