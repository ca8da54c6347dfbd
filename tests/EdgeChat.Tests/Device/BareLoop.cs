using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The loop of a board with display and three buttons, started but not turning, and without console, network and broker. Made on a
/// board.</summary>
internal sealed class BareLoop
{
    public BareLoop(params string[] contacts)
        : this(contacts, true)
    {
    }

    private BareLoop(string[] contacts, bool isLoaded)
    {
        var config = new DeviceConfig { Me = { DeviceId = "alice", Contacts = contacts } };
        App = new App(config.Me, new FileFlash(), new SeededRandom("alice"), new NoTerminal(), Status, 128, 64, 3);
        App.Changes = new Reconfiguration();
        App.Start();
        while (isLoaded && App.IsLoading) App.OnTime(Clock.NowMs);
        var wifi = new WifiLink(Events, Clock, new SeededRandom("alice"), Status, false);
        Loop = new BoardLoop(App, Events, Clock, Displays.Make(new DisplayConfig()), null, new MqttLink(config, Events), wifi, Status);
    }

    /// <summary>One that has not read its flash.</summary>
    public static BareLoop Loading() => new([], false);

    public DeviceStatus Status { get; } = new();

    public EventRing Events { get; } = new(Limits.QueuedEvents);

    public EdgeChat.Device.Clock Clock { get; } = new();

    public App App { get; }

    public BoardLoop Loop { get; }
}
