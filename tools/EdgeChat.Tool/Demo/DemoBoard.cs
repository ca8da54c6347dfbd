using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo;

/// <summary>One board of the demo: the virtual board, and what was seen of it for whoever looks later.</summary>
/// <remarks>Everything here may be called from any thread. <see cref="Changed"/> comes on the firmware's threads, so handlers only take
/// note.</remarks>
public sealed class DemoBoard : IDisposable
{
    // Longer than the firmware's debouncing, and than the 600 ms that it takes for a long press.
    private static readonly TimeSpan ShortPress = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan LongPress = TimeSpan.FromMilliseconds(800);

    // what the firmware says of its session on the debug port
    private const string SessionNews = "session: ";

    private readonly Board _board;
    private readonly ButtonLine _buttons;
    private readonly SemaphoreSlim _powerGate = new(1);
    private readonly SemaphoreSlim _pressGate = new(1);
    private volatile string? _session;
    private int _tones;

    /// <summary>Makes the board without power, with its flash in <paramref name="flashFolder"/>; <paramref name="rosters"/> are those that
    /// the broker retains, and <paramref name="keys"/> open what the boards seal.</summary>
    public DemoBoard(string id, BoardModel model, string flashFolder, RosterBook rosters, DemoKeys keys, Action main)
    {
        Id = id;
        Model = model;
        FlashFolder = flashFolder;
        Packets = new PacketList(id, rosters, keys);
        _board = new Board(new BoardOptions
        {
            Name = id,
            FlashFolder = flashFolder,
            Main = main,
            Hardware = BoardHardware.Load(model.Json),
        });
        _buttons = new ButtonLine(_board.Pins);
        _board.Console.Output += bytes =>
        {
            Console.Append(bytes);
            Changed?.Invoke();
        };
        _board.Packets.Logged += packet =>
        {
            Packets.Add(packet);
            Changed?.Invoke();
        };
        _board.DebugOutput += text =>
        {
            if (text.StartsWith(SessionNews, StringComparison.Ordinal))
            {
                _session = text[SessionNews.Length..].TrimEnd();
                Changed?.Invoke();
            }

            DebugOutput?.Invoke(this, text);
        };
        _board.Display.Changed += () => Changed?.Invoke();
        _board.PowerChanged += _ => Changed?.Invoke();
        _board.Buzzer.Sounded += _ =>
        {
            Interlocked.Increment(ref _tones);
            Changed?.Invoke();
        };
    }

    /// <summary>The device id.</summary>
    public string Id { get; }

    /// <summary>What kind of board it is.</summary>
    public BoardModel Model { get; }

    /// <summary>The folder that is its flash.</summary>
    public string FlashFolder { get; }

    /// <summary>What the board wrote to its serial console.</summary>
    public ConsoleTape Console { get; } = new();

    /// <summary>The board's MQTT packets.</summary>
    public PacketList Packets { get; }

    /// <summary>The display, decoded from the bytes on the bus.</summary>
    public VirtualDisplay Display => _board.Display;

    /// <summary>True while the board has power.</summary>
    public bool IsOn => _board.IsOn;

    /// <summary>Where its session stands, in the firmware's own words, with the problem and its cure; null without power.</summary>
    public string? Session => IsOn ? _session : null;

    /// <summary>How often it has started.</summary>
    public int Boots => _board.Boots;

    /// <summary>How often its buzzer was heard.</summary>
    public int Tones => Volatile.Read(ref _tones);

    /// <summary>True while the board's Wi-Fi network is there.</summary>
    public bool HasWifi
    {
        get => _board.Wifi.IsUp;
        set
        {
            _board.Wifi.IsUp = value;
            Changed?.Invoke();
        }
    }

    /// <summary>The exception that ended the firmware, or null.</summary>
    public Exception? Fault => _board.FirmwareFault;

    /// <summary>Something that can be seen here has changed.</summary>
    public event Action? Changed;

    /// <summary>The firmware ended with an exception.</summary>
    public event Action<DemoBoard, Exception>? Faulted;

    /// <summary>The firmware wrote to its debug output: an exception that it survives, for example.</summary>
    public event Action<DemoBoard, string>? DebugOutput;

    /// <summary>Gives or cuts the power; returns when that is done.</summary>
    public async Task SetPowerAsync(bool on)
    {
        await _powerGate.WaitAsync();
        try
        {
            if (on == _board.IsOn)
                return;
            if (!on)
            {
                // A power cut waits for the firmware's threads to end.
                await Task.Run(_board.PowerOff);
                return;
            }

            _board.PowerOn();
            _ = _board.Stopped.ContinueWith(_ => OnStopped(), TaskScheduler.Default);
        }
        finally
        {
            _powerGate.Release();
            Changed?.Invoke();
        }
    }

    /// <summary>Presses the button <paramref name="name"/> down, or lets it go; a name that the board has not does nothing.</summary>
    public void SetButton(string name, bool isDown)
    {
        var button = Model.Buttons.FirstOrDefault(b => b.Name == name);
        if (button is not null)
            _buttons.Set(button.Pin, isDown);
    }

    /// <summary>Presses a button for a moment, or long enough to count as a long press; presses of one board come one after the
    /// other.</summary>
    public async Task PressAsync(string name, bool isLong)
    {
        await _pressGate.WaitAsync();
        try
        {
            SetButton(name, true);
            await Task.Delay(isLong ? LongPress : ShortPress);
            SetButton(name, false);
            await Task.Delay(ShortPress);
        }
        finally
        {
            _pressGate.Release();
        }
    }

    /// <summary>Types on the serial console.</summary>
    public void Type(ReadOnlySpan<byte> bytes) => _board.Console.Type(bytes);

    /// <summary>Asks the firmware to say goodbye and end; completes when it has, or after <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!_board.IsOn)
            return;
        var stopped = _board.Stopped;
        _board.RequestStop();
        await Task.WhenAny(stopped, Task.Delay(patience));
    }

    /// <summary>Cuts the power for good.</summary>
    public void Dispose()
    {
        _buttons.Dispose();
        _board.Dispose();
        _powerGate.Dispose();
    }

    private void OnStopped()
    {
        if (_board.FirmwareFault is { } fault)
            Faulted?.Invoke(this, fault);
        Changed?.Invoke();
    }
}
