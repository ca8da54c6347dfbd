using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Device;
using EdgeChat.TestKit;

namespace EdgeChat.Tests;

/// <summary>A board of the test kit whose core is all of it: messenger, session, screens and console, on no hardware.</summary>
internal sealed class AppBoard : BoardHost
{
    private const int FlashBytes = 256 * 1024; // as many as the smallest board has

    private readonly ITerminal _terminal;
    private readonly int _width;
    private readonly int _height;
    private readonly int _buttons;
    private readonly bool _hasColours;
    private readonly bool _hasBuzzer;

    public AppBoard(VirtualBroker broker, string? id, ITerminal terminal, int width, int height, int buttons, bool hasColours = false,
        bool hasBuzzer = false)
        : base(broker, id)
    {
        _terminal = terminal;
        _width = width;
        _height = height;
        _buttons = buttons;
        _hasColours = hasColours;
        _hasBuzzer = hasBuzzer;
        Flash = new MemoryFlash { CapacityBytes = FlashBytes };
        HasClock = false; // it comes with the network
    }

    /// <summary>The core; the power is on.</summary>
    public App App { get; private set; } = null!;

    public Messenger Messenger => App.Screens.Context.Messenger;

    /// <summary>What its host knows.</summary>
    public DeviceStatus Status { get; } = new()
    {
        BoardName = "esp32-devkit",
        Broker = "192.168.1.10:1883",
        FreeHeapBytes = 61_000,
    };

    /// <summary>What it asked its hardware for.</summary>
    public List<BoardRequest> Requests { get; } = [];

    /// <summary>What a measurement of the Wi-Fi's signal gives, -1 for nothing found; null when none ends.</summary>
    public int? Signal { get; set; }

    protected override long NextTickMs => App.NextTickMs;

    /// <summary>Gives it network and clock.</summary>
    public void Connect()
    {
        Status.Network = "Workshop";
        JoinNetwork();
        SetClock(0);
        Broker.Settle();
    }

    /// <summary>Types on its console.</summary>
    public void Type(string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        App.OnSerial(bytes, 0, bytes.Length, NowMs);
        Broker.Settle();
    }

    protected override void Start(long nowMs)
    {
        App = new App(Me, Flash, Dice, _terminal, Status, _width, _height, _buttons, _hasColours, _hasBuzzer);
        App.Start();
        while (App.IsLoading) App.OnTime(nowMs);
        App.OnTime(nowMs);
    }

    protected override void Halt() => App = null!;

    protected override void OnLink(LinkEvent e, long nowMs) => App.OnLink(e, nowMs);

    protected override void OnClock(long unixSeconds, long nowMs) => App.OnClock(unixSeconds, nowMs);

    protected override void OnTime(long nowMs) => App.OnTime(nowMs);

    protected override LinkAction NextLinkAction() => App.NextLinkAction();

    protected override bool DoRequest()
    {
        BoardRequest request = App.NextBoardRequest();
        if (request == BoardRequest.None) return false;
        Requests.Add(request);
        if (request == BoardRequest.MeasureSignal && Signal is { } percent) App.OnSignal(percent, NowMs);
        return true;
    }
}
