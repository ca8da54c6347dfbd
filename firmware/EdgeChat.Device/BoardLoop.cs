using System;
using System.Diagnostics;
using System.Threading;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Drivers;
using EdgeChat.Ui;

namespace EdgeChat.Device;

/// <summary>The one loop that owns the core: takes what the other threads noticed, gives it to the core, and does what the core
/// asks.</summary>
/// <remarks>An idle turn allocates nothing: it waits for the next event or for the time that the core has named.</remarks>
public sealed class BoardLoop : IButtonListener, ISerialListener
{
    /// <summary>How long a clean end may take, in milliseconds.</summary>
    public const int StopMs = 3000;

    /// <summary>How often in a row the core may fail to begin again before the board restarts.</summary>
    public const int MostRecoveries = 3;

    private const int StopSlackMs = 500;
    private const int BurstEvents = 8;   // then the display is brought up to date, however much still waits
    private const int SerialChunk = 128;
    private const int PasteAgainMs = 1000;
    private const int DisplayAgainMs = 2000;
    private const int HeapAgainMs = 60000;
    private const int LongestWaitMs = 3600000; // a wait takes an int

    private const int Paste = 1; // the last read left more to read
    private const int RecoveryDue = 2;
    private const int Over = 4;

    private readonly App _app;
    private readonly EventRing _events;
    private readonly Clock _clock;
    private readonly IDisplay _display;
    private readonly MqttLink _link;
    private readonly WifiLink _wifi;
    private readonly SerialLine _serial;
    private readonly DeviceStatus _status;
    private byte[] _typed; // once something was
    private readonly ManualResetEvent _ended = new ManualResetEvent(false);
    private long _displayDueMs;
    private long _heapDueMs;
    private long _stopDueMs = Deadline.Never;
    private long _pasteDueMs = Deadline.Never;
    private bool _isStopWanted;
    private int _failedRecoveries; // or 1 from when the first is due until the flash has been read again
    private int _flags; // Paste, RecoveryDue, Over

    /// <summary>Makes the loop of a board; <paramref name="serial"/> is null when it has no console.</summary>
    public BoardLoop(App app, EventRing events, Clock clock, IDisplay display, SerialLine serial, MqttLink link, WifiLink wifi,
        DeviceStatus status)
    {
        _app = app;
        _events = events;
        _clock = clock;
        _display = display;
        _serial = serial;
        _link = link;
        _wifi = wifi;
        _status = status;
    }

    /// <summary>The light for new messages, or null.</summary>
    public ILight Light { get; set; }

    /// <summary>The buzzer for new messages, or null.</summary>
    public Buzzer Buzzer { get; set; }

    /// <summary>What is to be done after the loop has ended: nothing, a reboot, a shutdown, a sleep or a factory reset.</summary>
    public BoardRequest Last { get; private set; }

    /// <summary>Turns until <see cref="RequestStop"/> or until the core asks for an end, and the session has been ended.</summary>
    public void Run()
    {
        try
        {
            while (!Has(Over)) Turn();
        }
        finally
        {
            _events.Close();
            _ended.Set();
        }
    }

    /// <summary>One turn: does what is due, shows it, waits for something to happen, and takes it.</summary>
    /// <remarks>Whatever finds the heap too small, the board goes on: the core begins again from its flash.</remarks>
    /// <exception cref="OutOfMemoryException">The heap has no room for the core, <see cref="MostRecoveries"/> times in a row.</exception>
    public void Turn()
    {
        try
        {
            if (Has(RecoveryDue)) Recover();
            else TakeTurn();
        }
        catch (OutOfMemoryException)
        {
            if (_failedRecoveries == MostRecoveries) throw;
            _failedRecoveries++;
            _flags |= RecoveryDue;
        }
    }

    private bool Has(int flag) { return (_flags & flag) != 0; }

    private void Recover()
    {
        _app.Recover();
        _flags &= ~RecoveryDue;
    }

    private void EndRecovery(long now)
    {
        _failedRecoveries = 0;
        if (_clock.IsSet) _app.OnClock(_clock.UnixSeconds, now);
    }

    private void TakeTurn()
    {
        long now = _clock.NowMs;
        DoDue(now);
        Drain(now);
        Show(now);
        if (Has(Over) || _app.IsLoading) return; // what happens meanwhile waits
        if (_failedRecoveries > 0) EndRecovery(now);
        int waitMs = WaitMs(now);
        if (waitMs > 0) _events.Wait(waitMs);
        for (int i = 0; i < BurstEvents && _events.Take(); i++)
        {
            now = _clock.NowMs;
            Handle(now);
            Drain(now);
        }

        ReadSerial();
    }

    /// <summary>Asks for a clean end: presence <c>off</c>, then DISCONNECT. From any thread.</summary>
    public void RequestStop()
    {
        _isStopWanted = true;
        _events.Wake();
    }

    /// <summary>Before a restart, on another thread: asks for a clean end, and waits for <see cref="Run"/> to end.</summary>
    public void OnReboot()
    {
        RequestStop();
        _ended.WaitOne(StopMs + StopSlackMs, false);
    }

    /// <inheritdoc/>
    public void OnLevel(int button, bool isDown) { _events.TryAdd(BoardEvent.Level, isDown ? button : -1 - button, _clock.NowMs, null); }

    /// <inheritdoc/>
    public void OnInput() { _events.Wake(); }

    private void DoDue(long now)
    {
        _status.LostKeys = _events.Dropped;
        if (_isStopWanted) BeginStop(BoardRequest.None, now);
        if (now >= _app.NextTickMs) _app.OnTime(now, _events.Count == 0);
        if (now >= _heapDueMs)
        {
            _status.FreeHeapBytes = (int)nanoFramework.Runtime.Native.GC.Run(false);
            _heapDueMs = now + HeapAgainMs;
            Axp192 power = Displays.PowerOf(_display);
            if (power != null) _app.OnBattery(power.ReadBattery(), now);
        }
    }

    private void Handle(long now)
    {
        switch (_events.Kind)
        {
            case BoardEvent.Level:
                int argument = _events.Argument;
                bool isDown = argument >= 0;
                _app.OnLevel(isDown ? argument : -1 - argument, isDown, _events.AtMs, now);
                break;
            case BoardEvent.Link:
                var happened = _events.Payload;
                if (happened.Kind == LinkEventKind.Connected) _status.Broker = _link.AddressAt(happened.Code);
                _app.OnLink(happened, now);
                break;
            case BoardEvent.Clock:
                _app.OnClock(_clock.UnixSeconds, now);
                break;
            case BoardEvent.Signal:
                _app.OnSignal(_events.Argument, now);
                break;
        }
    }

    private void ReadSerial()
    {
        _pasteDueMs = Deadline.Never;
        if (_serial == null || !_serial.HasInput) return;
        long now = _clock.NowMs;
        if (Has(Paste) && _app.HoldsPaste(now))
        {
            _pasteDueMs = now + PasteAgainMs;
            return;
        }

        if (_typed == null) _typed = new byte[SerialChunk];
        int count = _serial.Read(_typed, SerialChunk);
        _flags = count == SerialChunk ? _flags | Paste : _flags & ~Paste;
        if (count == 0) return;
        _app.OnSerial(_typed, 0, count, now);
        Drain(now);
    }

    private void Drain(long now)
    {
        while (_link.HasRoom)
        {
            LinkAction action = _app.NextLinkAction();
            if (action == null) break;
            _link.Execute(action);
        }

        string news = _app.TakeNews();
        if (news != null) Debug.WriteLine(news);
        BoardRequest request;
        while ((request = _app.NextBoardRequest()) != BoardRequest.None)
        {
            if (request == BoardRequest.DisplayOff) _display.SetPower(false);
            else if (request == BoardRequest.DisplayOn) _display.SetPower(true);
            else if (request == BoardRequest.Brightness) _display.SetContrast(_app.Contrast);
            else if (request == BoardRequest.LightOn || request == BoardRequest.LightOff) SetLight(request == BoardRequest.LightOn);
            else if (request == BoardRequest.Sound) Buzzer.Sound();
            else if (request == BoardRequest.MeasureSignal) _wifi.MeasureSignal();
            else BeginStop(request, now);
        }

        if (_stopDueMs != Deadline.Never && (_link.IsIdle || now >= _stopDueMs)) _flags |= Over;
    }

    private void SetLight(bool on)
    {
        if (Light != null) Light.Set(on);
    }

    private void BeginStop(BoardRequest then, long now)
    {
        _isStopWanted = false;
        if (_stopDueMs != Deadline.Never) return;
        Last = then;
        _stopDueMs = now + StopMs;
        _app.Stop(then == BoardRequest.Sleep ? _app.SleepSeconds : 0, now);
    }

    private void Show(long now)
    {
        if (now < _displayDueMs) return;
        _displayDueMs = _display.Show(_app.Frame) ? 0 : now + DisplayAgainMs;
    }

    private int WaitMs(long now)
    {
        if (_isStopWanted || _events.Count > 0 || (_serial != null && _serial.HasInput && _pasteDueMs == Deadline.Never)) return 0;
        long due = _app.NextTickMs;
        if (_displayDueMs != 0 && _displayDueMs < due) due = _displayDueMs;
        if (_heapDueMs < due) due = _heapDueMs;
        if (_stopDueMs < due) due = _stopDueMs;
        if (_pasteDueMs < due) due = _pasteDueMs;
        long wait = due - now;
        if (wait <= 0) return 0;
        return wait > LongestWaitMs ? LongestWaitMs : (int)wait;
    }
}
