namespace EdgeChat.Tests.Fleet;

/// <summary>Broker, network or recipient are away for a while: nothing is lost, nothing comes twice.</summary>
[TestClass]
public sealed class OutageTests
{
    private static readonly string[] Texts = ["first", "second", "third"];

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task What_is_written_while_the_broker_is_away_goes_out_in_order_when_it_is_back(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        await fleet.Broker.StopAsync();
        await fleet.Until("both waiting", () =>
            new[] { alice, bob }.All(b => b.Console.Events("session").Any(e => ConsoleTap.Is(e, "session", "waiting"))));
        foreach (string text in Texts) await alice.SendAsync("bob", text);
        Assert.IsTrue((await alice.ReadAsync("bob")).All(l => l.Tick == "waiting"), "nobody has it but alice");

        (int alices, int bobs) = (alice.Births, bob.Births);
        await fleet.Broker.StartAsync();
        await Task.WhenAll(alice.BornAsync(alices), bob.BornAsync(bobs));
        await alice.TickAsync("bob", 3, "received");
        CollectionAssert.AreEqual(Texts, (await bob.ReadAsync("alice")).Select(l => l.Text).ToArray());
        await alice.TickAsync("bob", 3, "read");

        CollectionAssert.AreEqual(Texts, bob.Arrived("alice").ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, Order(alice, "sent"));
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, Order(alice, "read"));
    }

    [TestMethod]
    [DataRow(IBroker.Embedded, false)]
    [DataRow(IBroker.Embedded, true)]
    [DataRow(IBroker.Mosquitto, false)]
    [DataRow(IBroker.Mosquitto, true)]
    public async Task Who_was_switched_off_gets_everything_in_order(string broker, bool restartsBroker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        await bob.StopAsync();
        foreach (string text in Texts) await alice.SendAsync("bob", text);
        await alice.TickAsync("bob", 3, "sent");
        if (restartsBroker)
        {
            int births = alice.Births;
            await fleet.Broker.RestartAsync();
            await alice.BornAsync(births);
        }

        await bob.OnlineAsync();
        await alice.TickAsync("bob", 3, "received");
        CollectionAssert.AreEqual(Texts, (await bob.ReadAsync("alice")).Select(l => l.Text).ToArray());
        await alice.TickAsync("bob", 3, "read");
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, Order(alice, "read"));
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task What_is_written_without_Wifi_goes_out_when_it_is_back(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        alice.Board.Wifi.IsUp = false;
        await fleet.Until("no network", () => alice.Console.Events("session").Any(e => ConsoleTap.Is(e, "session", "no-network")));
        foreach (string text in Texts) await alice.SendAsync("bob", text);
        int births = alice.Births;
        alice.Board.Wifi.IsUp = true;
        await alice.BornAsync(births);
        await alice.TickAsync("bob", 3, "received");
        CollectionAssert.AreEqual(Texts, (await bob.ReadAsync("alice")).Select(l => l.Text).ToArray());
        await alice.TickAsync("bob", 3, "read");
    }

    // the numbers of the messages in the order in which they had a tick
    private static int[] Order(FleetBoard board, string tick) =>
        [.. board.Console.Events("tick").Where(e => ConsoleTap.Is(e, "tick", tick)).Select(e => e.GetProperty("n").GetInt32())];
}
