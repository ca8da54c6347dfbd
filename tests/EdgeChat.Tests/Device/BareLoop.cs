using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The loop of a board with display and three buttons, started but not turning, and without console, network and broker. Made on a board.</summary>
internal sealed class BareLoop
{
    public BareLoop(params string[] contacts)
    {
        var config = new DeviceConfig { Id = "alice", Contacts = contacts };
        var status = new DeviceStatus();
        App = new App(config.ToIdentity(), new FileFlash("I:\\"), new SeededRandom("alice"), new NoTerminal(), status, 128, 64, 3);
        App.Start(Clock.NowMs);
        var wifi = new WifiLink(Events, Clock, new SeededRandom("alice"), status, false);
        Loop = new BoardLoop(App, Events, Clock, Displays.Make(new DisplayConfig()), null, new MqttLink(config, Events), wifi, status);
    }

    public EventRing Events { get; } = new(BoardLoop.QueueSlots);

    public EdgeChat.Device.Clock Clock { get; } = new();

    public App App { get; }

    public BoardLoop Loop { get; }
}
