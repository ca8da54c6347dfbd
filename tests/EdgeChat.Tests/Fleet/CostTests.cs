using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>What a board costs: writes of its flash, and bytes on an idle line.</summary>
[TestClass]
public sealed class CostTests
{
    private const int EraseBlock = 4096;
    private const int TcpIpHeader = 40; // RFC 791 and RFC 9293, without options
    private const int MostBytesOfPeriod = 130;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_sent_message_is_one_append_and_a_block_is_erased_at_most_once_for_each_4_KiB()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = fleet.Add("alice", "bob");
        alice.Board.Wifi.IsUp = false;
        await alice.PowerOnAsync();
        await alice.SendAsync("bob", "opens the conversation");
        VirtualFlash flash = alice.Board.Flash;
        (long appends, long replaces, long bytes) = (flash.Appends, flash.Replaces, flash.BytesWritten);
        int segments = Segments();

        const int messages = 50;
        string text = new('x', 200);
        for (int i = 0; i < messages; i++) await alice.SendAsync("bob", text);
        long blocks = Segments() - segments + flash.Replaces - replaces;
        TestContext.WriteLine(
            $"{messages} messages of {text.Length} bytes: {flash.Appends - appends} appends, "
            + $"{blocks} blocks begun, {flash.BytesWritten - bytes} bytes");
        Assert.AreEqual(messages, flash.Appends - appends);
        Assert.IsTrue(blocks > 0 && blocks <= (flash.BytesWritten - bytes) / EraseBlock + 1,
            $"{blocks} blocks were begun for {flash.BytesWritten - bytes} bytes");

        int Segments() => Directory.GetFiles(flash.Folder).Length;
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task An_idle_board_sends_nothing_but_its_keep_alive(string broker)
    {
        const int shortest = 5; // seconds
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        FleetBoard alice = fleet.Add("alice", shortest, ["bob"]);
        await alice.OnlineAsync();
        await fleet.Until("two keep-alive periods", () => Pings(alice) >= 3);
        // from one PINGREQ to the next, when what the start has to say was said
        Packet[] period = [.. alice.Packets.SkipWhile(p => p.Kind != "PINGREQ").Skip(1).SkipWhile(p => p.Kind != "PINGREQ")
            .TakeWhile((p, i) => i == 0 || p.Kind != "PINGREQ")];
        CollectionAssert.AreEqual(new[] { "PINGREQ", "PINGRESP" }, period.Select(p => p.Kind).ToArray());
        // the PINGRESP carries the acknowledgement of the PINGREQ; its own is a segment without data
        int bytes = period.Sum(p => p.Length + TcpIpHeader) + TcpIpHeader;
        TestContext.WriteLine($"{bytes} bytes of TCP/IP in a keep-alive period");
        Assert.IsTrue(bytes <= MostBytesOfPeriod, $"{bytes} bytes in a keep-alive period, at most {MostBytesOfPeriod}");
    }

    private static int Pings(FleetBoard board) => board.Packets.Count(p => p.Kind == "PINGREQ");
}
