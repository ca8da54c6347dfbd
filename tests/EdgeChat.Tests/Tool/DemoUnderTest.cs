using System.Collections.Concurrent;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Demo;
using EdgeChat.Tool.Demo.Terminal;
using EdgeChat.Tool.Web;
using Microsoft.Playwright;

namespace EdgeChat.Tests.Tool;

/// <summary>The demo's parts in this process: broker, boards, page server.</summary>
internal sealed class DemoUnderTest : IAsyncDisposable
{
    public static readonly TimeSpan Limit = Waiting.Longest;

    private readonly DataFolder _data;
    private readonly ConcurrentDictionary<string, string[]> _screens = new();

    private DemoUnderTest(DataFolder data, EmbeddedBroker broker, DemoFleet fleet)
    {
        _data = data;
        Broker = broker;
        Fleet = fleet;
        Room = new DemoRoom(fleet, broker.Address, broker);
        foreach (var board in fleet.Boards)
        {
            board.Changed += () =>
            {
                // A display that sleeps tells nothing.
                if (board.Display.Snapshot().Any(b => b != 0))
                    _screens[board.Id] = ScreenText.Braille(board.Display);
            };
        }
    }

    public EmbeddedBroker Broker { get; }

    public DemoFleet Fleet { get; }

    public DemoRoom Room { get; }

    public LocalServer Server { get; private set; } = null!;

    /// <summary>What went wrong in the page's scripts.</summary>
    public List<string> PageErrors { get; } = [];

    /// <summary>The pages that are open. One that has lost its server looks for it for ever, and the port may be another test's by
    /// then.</summary>
    public List<IPage> Pages { get; } = [];

    public DemoBoard Alice => Fleet.Boards[0];

    public DemoBoard Bob => Fleet.Boards[1];

    public static async Task<DemoUnderTest> StartAsync(Action firmware, int boards = 2, string model = "esp32-devkit")
    {
        var data = DataFolder.Open(null);
        var settings = new DemoSettings { Boards = boards, Model = model };
        IReadOnlyList<string> ids = DemoFleet.Ids(settings);
        var access = new BrokerAccess(TopicRights.Of(ids), admitsGuests: true);
        IReadOnlyDictionary<string, string> passwords = DemoRun.Admit(ids, data, access);
        var broker = new EmbeddedBroker(access);
        await broker.StartAsync();
        var fleet = new DemoFleet(settings, data, broker.Address, id => passwords[id], ca: null, firmware);
        foreach (DemoBoard board in fleet.Boards) StayAwake(board.FlashFolder);
        broker.RetainedChanged += fleet.TakeRetained;
        var demo = new DemoUnderTest(data, broker, fleet);
        demo.Server = await DemoRun.ServeAsync(demo.Room, 0);
        await fleet.PowerOnAsync();
        return demo;
    }

    /// <summary>Sets a board up so that its display never sleeps: on a busy PC it would before the test presses a key, which then only
    /// wakes it.</summary>
    public static void StayAwake(string flashFolder) =>
        File.WriteAllText(Path.Combine(flashFolder, Drivers.FileFlash.Prefix + "settings"), "sleep=never\n");

    /// <summary>Returns when <paramref name="condition"/> holds; it is tried at each change in the room.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var changed = new Signal();
        Room.Changed += changed.Set;
        try
        {
            var end = DateTime.UtcNow + Limit;
            while (!condition())
            {
                if (DateTime.UtcNow > end)
                    Assert.Fail($"not within {Limit.TotalSeconds:0} s: {what}\n{Describe()}");
                await changed.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
        finally
        {
            Room.Changed -= changed.Set;
        }
    }

    /// <summary>All that a board wrote to its console.</summary>
    public static string ConsoleOf(DemoBoard board)
    {
        long from = 0;
        return System.Text.Encoding.UTF8.GetString(board.Console.Read(ref from));
    }

    /// <summary>The messages that a board sent to another, with their ticks, in order.</summary>
    public static IReadOnlyList<PacketRow> Sent(DemoBoard board)
    {
        long from = 0;
        return [.. board.Packets.Since(ref from).Where(r => r.Tick != Tick.None)];
    }

    public async ValueTask DisposeAsync()
    {
        // Before the page loses its server, which it reports too.
        var errors = string.Join('\n', PageErrors);
        foreach (IPage page in Pages) await page.CloseAsync();
        await Fleet.StopAsync();
        await Server.DisposeAsync();
        Fleet.Dispose();
        await Broker.DisposeAsync();
        _data.Dispose();
        Assert.AreEqual("", errors, "errors of the page");
    }

    /// <summary>What each board showed last and says, for the message of a test that fails.</summary>
    public string Describe()
        => string.Join('\n',
            Fleet.Boards.Select(b => $"{b.Id}: {b.Fault}\n{ConsoleOf(b)}\n{string.Join('\n', _screens.GetValueOrDefault(b.Id, []))}"));
}
