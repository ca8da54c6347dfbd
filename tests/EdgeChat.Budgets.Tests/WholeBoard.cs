using System.Text;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Metering;
using EdgeChat.TestKit;

namespace EdgeChat.Budgets.Tests;

/// <summary>A board's whole core, with screens and console, in virtual time; like the board's loop it lets the core begin again when the
/// heap was short. The meter counts what this board does and nothing else.</summary>
internal sealed class WholeBoard(VirtualBroker broker, string id) : BoardHost(broker, id), IRandomSource, ITerminal
{
    private readonly StringBuilder _console = new();

    /// <summary>The core; null while the power is off.</summary>
    public App? App { get; private set; }

    /// <summary>What stands on its screen.</summary>
    public ChatReader Chats => new(App!.Screens.Context.Messenger);

    /// <summary>Bytes of all objects that the core holds now.</summary>
    public int HeapBytes => BoardHeap.Bytes(App!, each => each is MemoryFlash or WholeBoard or VirtualBroker);

    public DeviceStatus Status { get; } = new();

    /// <summary>What its picture is sent to after each turn, or null.</summary>
    public IDisplay? Display { get; set; }

    /// <summary>Where it keeps its files; <see cref="BoardHost.Flash"/> unless a test has others.</summary>
    public IFlash? Files { get; set; }

    /// <summary>Instructions of the longest turn since a test has set it: what a key that is pressed meanwhile waits for.</summary>
    public long LongestTurn { get; set; }

    private long _turnBegan;

    /// <summary>What the console has shown.</summary>
    public string Console => _console.ToString();

    protected override long NextTickMs => App!.NextTickMs;

    public int Next(int bound) => 0;

    public void Write(byte[] buffer, int index, int count) => _console.Append(Encoding.UTF8.GetString(buffer, index, count));

    public WholeBoard Online()
    {
        SwitchOn();
        JoinNetwork();
        Broker.Settle();
        return this;
    }

    /// <summary>Presses a button and lets it go, then lets the world settle.</summary>
    public void Press(Key key, bool isLong = false)
    {
        Guard(() => App!.OnKey(key, isLong, NowMs));
        Broker.Settle();
    }

    /// <summary>Types a line on the console, then lets the world settle.</summary>
    public void Type(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\r");
        Guard(() => App!.OnSerial(bytes, 0, bytes.Length, NowMs));
        Broker.Settle();
    }

    protected override void Start(long nowMs)
    {
        App = new App(Me, Files ?? Flash, this, this, Status, 128, 64, 3);
        Guard(App.Start);
        while (App.IsLoading) Guard(() => App.OnTime(nowMs));
    }

    protected override void Halt() => App = null;

    protected override void OnLink(LinkEvent e, long nowMs) => Guard(() => App!.OnLink(e, nowMs));

    protected override void OnClock(long unixSeconds, long nowMs) => Guard(() => App!.OnClock(unixSeconds, nowMs));

    protected override void OnTime(long nowMs) => Guard(() => App!.OnTime(nowMs));

    protected override LinkAction NextLinkAction()
    {
        LinkAction? action = null;
        Meter.IsOn = true;
        try
        {
            action = App!.NextLinkAction();
        }
        catch (OutOfMemoryException)
        {
            Recover();
        }
        finally
        {
            EndTurn();
        }

        return action!;
    }

    // what the board's loop does with one event: the core takes it, and the display is brought up to date
    private void Guard(Action step)
    {
        try
        {
            Turn(step);
        }
        catch (OutOfMemoryException)
        {
            Recover();
        }
    }

    private void Turn(Action step)
    {
        _turnBegan = Meter.Instructions;
        Meter.IsOn = true;
        try
        {
            step();
            Display?.Show(App!.Frame);
        }
        finally
        {
            EndTurn();
        }
    }

    private void Recover()
    {
        App!.Recover();
        while (App.IsLoading) Turn(() => App.OnTime(NowMs));
        if (HasClock) App.OnClock(Broker.UnixSeconds, NowMs);
    }

    // what is asked for after an event is part of its turn
    private void EndTurn()
    {
        Meter.IsOn = false;
        LongestTurn = Math.Max(LongestTurn, Meter.Instructions - _turnBegan);
    }
}
