using System.Diagnostics;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Fleet;

/// <summary>Many boards in one process: whole ones on a broker with its sockets, and the core alone on an exchange in memory and in virtual
/// time.</summary>
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
        IReadOnlyList<CoreBoard> boards = Run(count);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        int flash = boards.Sum(b => b.Flash.UsedBytes);
        TestContext.WriteLine(
            $"{(after - before) / count} bytes of memory a board, {flash / count} of them its files; "
            + $"{self.PeakWorkingSet64 >> 20} MiB in the process at most");
        GC.KeepAlive(boards);
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
        await last.TickAsync(first.Id, n, "received");
        await first.ReadAsync(last.Id);
        await last.TickAsync(first.Id, n, "read");
        Assert.IsTrue(fleet.Boards.All(b => b.Board.IsOn && b.Board.FirmwareFault is null && b.Births > 0));
        using var self = Process.GetCurrentProcess();
        TestContext.WriteLine(
            $"{count} boards: online after {online.TotalSeconds:0.0} s, text shown after {time.Elapsed.TotalSeconds:0.0} s, " +
            $"{self.Threads.Count} threads and {self.WorkingSet64 >> 20} MiB in the process");
    }

    private IReadOnlyList<CoreBoard> Run(int count)
    {
        var broker = new VirtualBroker();
        var time = Stopwatch.StartNew();
        CoreBoard[] boards = [.. Enumerable.Range(0, count).Select(i => broker.Board($"board-{i}"))];
        foreach (CoreBoard board in boards)
        {
            board.JoinNetwork();
            board.SwitchOn();
        }

        broker.Settle();
        Assert.IsTrue(boards.All(b => b.IsOnline));
        TimeSpan online = time.Elapsed;
        for (int i = 0; i < count; i++) Write(boards[i], boards[(i + 1) % count].Id);
        broker.Pass(2 * Limits.ReceiptDelayMs);
        TimeSpan ticked = time.Elapsed;
        for (int i = 0; i < count; i++) Check(boards[i], boards[(i + 1) % count]);
        int packets = broker.Log.Count;
        long bytes = Enumerable.Range(0, packets).Sum(i => (long)broker.Log.TopicAt(i).Length + broker.Log.BodyAt(i).Length);
        TestContext.WriteLine(
            $"{count} core boards: online after {online.TotalSeconds:0.0} s, all texts with two ticks after {ticked.TotalSeconds:0.0} s, " +
            $"{(double)packets / count:0.0} publishes a board of {bytes / packets} bytes, topic and body");
        return boards;
    }

    private static void Write(CoreBoard from, string to) => Assert.IsTrue(from.Try(m =>
    {
        byte[] text = Encoding.UTF8.GetBytes($"from {from.Id} to {to}");
        Assert.AreEqual(SendError.None, m.SendText(m.OpenDirect(to), text, text.Length, -1, from.NowMs));
    }));

    private static void Check(CoreBoard from, CoreBoard to)
    {
        Assert.AreEqual(Tick.Two, from.TickOf($"from {from.Id} to {to.Id}"), from.Id);
        Assert.AreEqual($"from {from.Id} to {to.Id}", to.Shows(from.Id));
    }
}
