using System.Text;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>Two whole boards and a real broker: from the console of one to the console of the other, and the ticks back.</summary>
[TestClass]
public sealed class TwoBoardsTests
{
    private const int MostBytesOfText = 80;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_message_lights_the_light_of_a_board_until_a_key_is_pressed()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = fleet.Add("alice", "bob");
        FleetBoard bob = fleet.Add("bob", "alice");
        await alice.OnlineAsync();
        await bob.OnlineAsync();
        const int Light = 2; // of the board file
        Assert.IsFalse(bob.Board.Pins.Level(Light));
        await alice.SendAsync("bob", "Hello");
        await fleet.Until("the light", () => bob.Board.Pins.Level(Light));
        await bob.PressAsync("down");
        await fleet.Until("no light", () => !bob.Board.Pins.Level(Light));
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_text_arrives_once_and_its_ticks_come_one_after_the_other(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync("alice-01", "bobby-02");
        const string text = "Meet you at the gate?";
        Assert.AreEqual(21, text.Length);

        Answer taken = await alice.AskAsync($"send bobby-02 {text}");
        Assert.AreEqual("waiting", taken.Result.GetProperty("tick").GetString(), "the answer comes from the flash, before any broker");
        await alice.TickAsync("bobby-02", 1, "received");
        CollectionAssert.AreEqual(new[] { "sent", "received" }, alice.Ticks("bobby-02", 1).ToArray());
        await fleet.Until("the text on bob's console", () => bob.Arrived("alice-01").Count > 0);

        IReadOnlyList<Line> read = await bob.ReadAsync("alice-01");
        Assert.AreEqual(1, read.Count);
        Assert.AreEqual(text, read[0].Text);
        await alice.TickAsync("bobby-02", 1, "read");
        CollectionAssert.AreEqual(new[] { "sent", "received", "read" }, alice.Ticks("bobby-02", 1).ToArray());
        CollectionAssert.AreEqual(new[] { text }, bob.Arrived("alice-01").ToArray());

        Packet publish = alice.Packets.Single(p => p is { Sent: true, Topic: "ec1/i/bobby-02/alice-01" });
        Report("text of 21 characters", publish);
        Report("receipt", bob.Packets.Last(p => p is { Sent: true, Topic: "ec1/i/alice-01/bobby-02" }));
        Report("birth", alice.Packets.First(p => p is { Sent: true, Topic: "ec1/p/alice-01" }));
        Report("CONNECT with its will", alice.Packets.First(p => p is { Sent: true, Kind: "CONNECT" }));
        Assert.IsTrue(publish.Length <= MostBytesOfText,
            $"the PUBLISH of a text of 21 characters takes {publish.Length} bytes, at most {MostBytesOfText}");
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task Both_write_at_the_same_time_and_each_has_all_in_the_order_of_the_other(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        string[] fromAlice = [.. Enumerable.Range(1, 10).Select(i => $"a{i} grün")];
        string[] fromBob = [.. Enumerable.Range(1, 10).Select(i => $"b{i} Ωmega")];
        await Task.WhenAll(SendAllAsync(alice, "bob", fromAlice), SendAllAsync(bob, "alice", fromBob));
        await alice.TickAsync("bob", 10, "received");
        await bob.TickAsync("alice", 10, "received");
        CollectionAssert.AreEqual(fromBob, (await alice.ReadAsync("bob")).Where(l => l.From == "bob").Select(l => l.Text).ToArray());
        CollectionAssert.AreEqual(fromAlice, (await bob.ReadAsync("alice")).Where(l => l.From == "alice").Select(l => l.Text).ToArray());
        await alice.TickAsync("bob", 10, "read");
        await bob.TickAsync("alice", 10, "read");
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_text_is_ink_on_the_other_display_and_opening_it_with_a_key_fills_the_ticks(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        byte[] before = bob.Board.Display.Snapshot();
        int n = await alice.SendAsync("bob", "Do you see this?");
        await alice.TickAsync("bob", n, "received");
        await fleet.Until("another picture on bob's display", () => !bob.Board.Display.Snapshot().SequenceEqual(before));
        CollectionAssert.DoesNotContain(alice.Ticks("bob", n).ToArray(), "read", "a line in the list is not the message");

        await bob.PressAsync("ok");
        await alice.TickAsync("bob", n, "read");
        byte[] list = alice.Board.Display.Snapshot();
        await alice.PressAsync("ok");
        await fleet.Until("the thread on alice's display", () => !alice.Board.Display.Snapshot().SequenceEqual(list));
        TestContext.WriteLine("alice\n" + Picture.Of(alice.Board.Display) + "bob\n" + Picture.Of(bob.Board.Display));
    }

    private static async Task SendAllAsync(FleetBoard board, string who, string[] texts)
    {
        foreach (string text in texts) await board.SendAsync(who, text);
    }

    private void Report(string what, Packet packet) =>
        TestContext.WriteLine(
            $"{what}: {packet.Length} bytes, {(packet.Payload is { } body ? Encoding.UTF8.GetString(body) : packet.Kind)}");
}
