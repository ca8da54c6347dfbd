using System.Diagnostics;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tests.Delivery;

namespace EdgeChat.Tests.Fleet;

/// <summary>Many boards in one process: whole ones on a broker with its sockets, and the core alone on an exchange in memory and in virtual time.</summary>
/// <remarks>Those of category Scale are measurements rather than tests: tools/test leaves them out, and nothing runs beside them.</remarks>
[TestClass]
public sealed class ScaleTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public Task Twenty_boards_in_one_process_connect_and_a_text_crosses() => RunAsync(20);

    [TestMethod]
    [TestCategory("Scale")]
    [DoNotParallelize]
    public Task Three_hundred_boards_in_one_process_connect_and_a_text_crosses() => RunAsync(300);

    [TestMethod]
    public void Two_hundred_core_boards_write_to_their_neighbours_and_each_has_its_second_tick() => Run(200);

    [TestMethod]
    [TestCategory("Scale")]
    [DoNotParallelize]
    public void Ten_thousand_core_boards_write_to_their_neighbours_and_each_has_its_second_tick()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        const int count = 10_000;
        FaultyNetwork network = Run(count);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        int flash = network.Peers.Sum(p => p.Flash.List().Sum(p.Flash.Size));
        TestContext.WriteLine($"{(after - before) / count} bytes of memory a board, {flash / count} of them its files; {self.PeakWorkingSet64 >> 20} MiB in the process at most");
        GC.KeepAlive(network);
    }

    private async Task RunAsync(int count)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        for (int i = 0; i < count; i++) fleet.Add($"board-{i}", $"board-{(i + 1) % count}");
        var time = Stopwatch.StartNew();
        await Task.WhenAll(fleet.Boards.Select(b => b.OnlineAsync()));
        TimeSpan online = time.Elapsed;
        FleetBoard first = fleet.Boards[0];
        FleetBoard last = fleet.Boards[^1];
        int n = await last.SendAsync(first.Id, "from one end to the other");
        await last.TickAsync(first.Id, n, "two");
        await first.ReadAsync(last.Id);
        await last.TickAsync(first.Id, n, "shown");
        Assert.IsTrue(fleet.Boards.All(b => b.Board.IsOn && b.Board.FirmwareFault is null && b.Births > 0));
        using var self = Process.GetCurrentProcess();
        TestContext.WriteLine($"{count} boards: online after {online.TotalSeconds:0.0} s, text shown after {time.Elapsed.TotalSeconds:0.0} s, " +
            $"{self.Threads.Count} threads and {self.WorkingSet64 >> 20} MiB in the process");
    }

    private FaultyNetwork Run(int count)
    {
        long packets = 0;
        long bytes = 0;
        var network = new FaultyNetwork(1)
        {
            Listener = (topic, body) =>
            {
                packets++;
                bytes += topic.Length + body.Length;
            },
        };
        var time = Stopwatch.StartNew();
        for (int i = 0; i < count; i++) network.Peers.Add(new FaultyPeer(network, $"board-{i}"));
        foreach (FaultyPeer peer in network.Peers) peer.PowerOn();
        network.Settle();
        Assert.IsTrue(network.Peers.All(p => p.Engine!.Session.State == SessionState.Online));
        TimeSpan online = time.Elapsed;
        for (int i = 0; i < count; i++) Write(network.Peers[i], network.Peers[(i + 1) % count].Id);
        network.Pass(2 * Limits.ReceiptDelayMs);
        TimeSpan ticked = time.Elapsed;
        for (int i = 0; i < count; i++) Check(network.Peers[i], network.Peers[(i + 1) % count]);
        TestContext.WriteLine($"{count} core boards: online after {online.TotalSeconds:0.0} s, all texts with two ticks after {ticked.TotalSeconds:0.0} s, " +
            $"{(double)packets / count:0.0} publishes a board of {bytes / packets} bytes, topic and body");
        return network;
    }

    private static void Write(FaultyPeer from, string to) => Assert.IsTrue(from.Try(e =>
    {
        byte[] text = Encoding.UTF8.GetBytes($"from {from.Id} to {to}");
        Assert.AreEqual(SendError.None, e.Messenger.SendText(e.Messenger.OpenDirect(to), text, text.Length, -1, from.NowMs));
    }));

    private static void Check(FaultyPeer from, FaultyPeer to)
    {
        Messenger mine = from.Engine!.Messenger;
        Assert.AreEqual(Tick.Two, mine.TickOf(mine.Newest(mine.Find(to.Id, isGroup: false))), from.Id);
        Messenger other = to.Engine!.Messenger;
        int arrived = other.Newest(other.Find(from.Id, isGroup: false));
        byte[] text = new byte[Body.MaxContentBytes];
        Assert.AreEqual($"from {from.Id} to {to.Id}", Encoding.UTF8.GetString(text, 0, other.ReadText(arrived, text)));
        Assert.AreEqual(-1, other.Older(arrived), to.Id);
    }
}
