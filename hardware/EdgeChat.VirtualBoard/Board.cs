namespace EdgeChat.VirtualBoard;

/// <summary>One virtual board: the unchanged firmware on a PC, with everything that is soldered to it.</summary>
/// <remarks>
/// The nanoFramework API that the firmware calls acts on the board whose thread calls, so a process holds as many boards as it likes. The
/// members here are the other side: what a person, a power supply or a test does to the board. They may be called from any thread.
/// </remarks>
public sealed class Board : IDisposable
{
    private static readonly TimeSpan PatienceWithThreads = TimeSpan.FromSeconds(5);

    private readonly BoardOptions _options;
    private readonly Lock _power = new();
    private PowerCycle? _cycle;
    private Task _stopped = Task.CompletedTask;
    private int _request;
    private bool _isDisposed;

    /// <summary>Makes a board without power.</summary>
    /// <exception cref="IOException">The flash folder cannot be made or written; the message names it.</exception>
    public Board(BoardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Clock = new BoardClock(this);
        Sntp = new VirtualSntp(this);
        Pins = new VirtualPins(this);
        I2c = new I2cBuses(this);
        Spi = new SpiBuses(this);
        Flash = new VirtualFlash(this, options.FlashFolder, options.FlashWriteDelay);
        Wifi = new VirtualWifi(this);
        Console = new VirtualSerial(this, options.WithPty);
        Display = VirtualDisplay.Attach(this);
        Functions = new PinFunctions();
        Sleep = new DeepSleep(this);
    }

    /// <summary>The board whose thread calls, or null on a thread of the PC. It flows to threads, timers and events that the firmware
    /// starts.</summary>
    public static Board? Current => PowerCycle.Current?.Board;

    /// <summary>The board's name.</summary>
    public string Name => _options.Name;

    /// <summary>What is wired where.</summary>
    public BoardHardware Hardware => _options.Hardware;

    /// <summary>How long it may stand still in a native call before a watchdog resets it; null for no watchdog.</summary>
    internal TimeSpan? Watchdog => _options.Watchdog;

    /// <summary>True while the board has power.</summary>
    public bool IsOn => Cycle is not null;

    /// <summary>How many times power came or a reset happened.</summary>
    public int Boots { get; private set; }

    /// <summary>Completes when this boot's Main has returned or thrown, or was ended by a power cut.</summary>
    public Task Stopped => Volatile.Read(ref _stopped);

    /// <summary>True while the firmware's deep sleep waits for its wake-up.</summary>
    public bool IsSleeping => Sleep.IsSleeping;

    /// <summary>The first exception of this boot that left Main or another thread of the firmware, or null.</summary>
    public Exception? FirmwareFault { get; private set; }

    /// <summary>The display.</summary>
    public VirtualDisplay Display { get; }

    /// <summary>The pins and the buttons on them.</summary>
    public VirtualPins Pins { get; }

    /// <summary>The console UART.</summary>
    public VirtualSerial Console { get; }

    /// <summary>What is heard of the buzzer, when the board has one.</summary>
    public VirtualBuzzer Buzzer { get; } = new();

    /// <summary>The Wi-Fi network around the board.</summary>
    public VirtualWifi Wifi { get; }

    /// <summary>The drive <c>I:\</c>.</summary>
    public VirtualFlash Flash { get; }

    /// <summary>The I2C buses.</summary>
    public I2cBuses I2c { get; }

    /// <summary>The SPI buses.</summary>
    public SpiBuses Spi { get; }

    /// <summary>The time server that the board asks.</summary>
    public VirtualSntp Sntp { get; }

    /// <summary>Every MQTT packet that the board sends or receives.</summary>
    public PacketLog Packets { get; } = new();

    /// <summary>What the firmware writes to <c>Debug</c> and <c>Console</c>, line by line as it comes; on the firmware's thread.</summary>
    public event Action<string>? DebugOutput;

    /// <summary>Raised when the power has come or gone, with <see cref="IsOn"/>; on whatever thread did it.</summary>
    public event Action<bool>? PowerChanged;

    /// <summary>What the board's clock is ahead of the PC's, or null while it is not set and counts from 1970.</summary>
    public TimeSpan? ClockOffset => Clock.Offset;

    internal BoardClock Clock { get; }

    internal PinFunctions Functions { get; }

    internal DeepSleep Sleep { get; }

    internal PowerCycle? Cycle
    {
        get
        {
            PowerCycle? cycle = Volatile.Read(ref _cycle);
            return cycle is null || cycle.IsOff ? null : cycle;
        }
    }

    internal RebootHandlers Reboot { get; } = new();

    /// <summary>Gives the board power: runs Main on a thread of its own. Does nothing when it has power.</summary>
    public void PowerOn()
    {
        Bury();
        lock (_power)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (Cycle is not null) return;
            _request++;
            Sleep.Forget();
            Boot();
        }

        PowerChanged?.Invoke(true);
    }

    /// <summary>
    /// Cuts the power: sockets die without DISCONNECT, files that were not closed keep their last closed content, the display forgets.
    /// Returns when no thread of the firmware can touch the platform any more.
    /// </summary>
    public void PowerOff()
    {
        PowerCycle? cycle;
        lock (_power)
        {
            _request++;
            Sleep.Forget();
            cycle = _cycle;
        }

        Clock.Forget();
        if (cycle is null) return;
        Cut(cycle);
        cycle.Join(PatienceWithThreads);
    }

    /// <summary>
    /// Asks the firmware to stop cleanly, by <c>Power.OnRebootEvent</c>, and takes the power when its handlers have returned. Returns at
    /// once; <see cref="Stopped"/> tells when Main has ended.
    /// </summary>
    public void RequestStop()
    {
        PowerCycle? cycle = Cycle;
        if (cycle is null) return;
        try
        {
            cycle.Start("stop", () =>
            {
                Reboot.Raise();
                PowerOff();
            });
        }
        catch (BoardOffException)
        {
            // The power went in the same moment: there is nothing left to stop.
        }
    }

    /// <summary>Has the board's time since boot jump ahead, so that nobody has to wait for what is due after minutes. What waits already
    /// sees it when it wakes: type something.</summary>
    public void Skip(TimeSpan time) => Cycle?.Skip((long)time.TotalMilliseconds);

    /// <summary>Takes the power and closes what the board holds on the PC.</summary>
    public void Dispose()
    {
        PowerOff();
        lock (_power) _isDisposed = true;
        Console.Dispose();
        Sleep.Dispose();
    }

    internal void Write(string text) => DebugOutput?.Invoke(text);

    internal void Report(Exception fault) => FirmwareFault ??= fault;

    /// <summary>Takes the power of one life; whatever its devices held in RAM is gone. May be called from inside, and more than
    /// once.</summary>
    internal void Cut(PowerCycle cycle)
    {
        cycle.End();
        lock (_power)
        {
            if (!cycle.Drop()) return;
            // Each takes its own lock, so an operation that was under way has ended when this returns.
            Flash.PowerLost();
            Display.PowerLost();
            Console.PowerLost();
            Pins.PowerLost();
            Wifi.PowerLost();
            Functions.Reset();
            Reboot.Clear();
        }

        PowerChanged?.Invoke(false);
    }

    /// <summary>The firmware restarts its own board: ends the calling thread. The clock goes on, as the RTC does.</summary>
    /// <param name="cycle">The life that ends.</param>
    /// <param name="isSleep">True to wait for what <see cref="Sleep"/> was told to wake by.</param>
    internal void Restart(PowerCycle cycle, bool isSleep)
    {
        Reset(cycle, isSleep);
        cycle.Check();
    }

    /// <summary>A life ends by itself, and the next one begins.</summary>
    /// <param name="cycle">The life that ends.</param>
    /// <param name="isSleep">True to wait for what <see cref="Sleep"/> was told to wake by.</param>
    internal void Reset(PowerCycle cycle, bool isSleep)
    {
        int request;
        lock (_power) request = _request;
        cycle.End();
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                Cut(cycle);
                if (!isSleep) Wake(request);
                else Begin(request);
            },
            null);
    }

    private void Begin(int request)
    {
        lock (_power)
            if (!_isDisposed && _request == request) Sleep.Begin(() => Wake(request));
    }

    // Somebody may have taken the power, or given it, since the firmware asked.
    private void Wake(int request)
    {
        Bury();
        lock (_power)
        {
            if (_isDisposed || _request != request || Cycle is not null) return;
            Boot();
        }

        PowerChanged?.Invoke(true);
    }

    // What the last life left behind is gone before the next begins. Without the lock: its threads may need it to end.
    private void Bury()
    {
        if (Volatile.Read(ref _cycle) is not { IsOff: true } last) return;
        Cut(last);
        last.Join(PatienceWithThreads);
    }

    private void Boot()
    {
        Flash.PowerCame();
        var cycle = new PowerCycle(this);
        Boots++;
        FirmwareFault = null;
        Volatile.Write(ref _cycle, cycle);
        Wifi.PowerCame();
        Volatile.Write(ref _stopped, cycle.Start("main", _options.Main).Ended);
    }
}
