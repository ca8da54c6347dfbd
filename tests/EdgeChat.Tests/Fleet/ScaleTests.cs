using System.Diagnostics;

namespace EdgeChat.Tests.Fleet;

/// <summary>Many whole boards in one process.</summary>
[TestClass]
public sealed class ScaleTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public Task Twenty_boards_in_one_process_connect_and_a_text_crosses() => RunAsync(20);

    /// <summary>A measurement rather than a test: tools/test leaves it out.</summary>
    [TestMethod]
    [TestCategory("Scale")]
    public Task Three_hundred_boards_in_one_process_connect_and_a_text_crosses() => RunAsync(300);

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
        Assert.IsTrue(fleet.Boards.All(b => b.Board.IsOn && b.Board.FirmwareFault is null && b.Births == 1));
        using var self = Process.GetCurrentProcess();
        TestContext.WriteLine($"{count} boards: online after {online.TotalSeconds:0.0} s, text shown after {time.Elapsed.TotalSeconds:0.0} s, " +
            $"{self.Threads.Count} threads and {self.WorkingSet64 >> 20} MiB in the process");
    }
}
