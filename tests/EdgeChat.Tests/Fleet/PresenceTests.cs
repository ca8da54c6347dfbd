using System.Text.Json;

namespace EdgeChat.Tests.Fleet;

/// <summary>What boards know of each other's presence, with births and wills of a real broker.</summary>
[TestClass]
public sealed class PresenceTests
{
    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_board_that_another_device_of_its_id_pushes_off_says_so_and_does_not_fight(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        FleetBoard alice = fleet.Add("alice");
        await alice.OnlineAsync();
        await fleet.Until("alice's own birth", () => alice.Packets.Any(p => p is { Sent: false, Topic: "ec1/p/alice" }));
        await alice.AskAsync("wifi"); // what came before it is in
        byte[] before = alice.Board.Display.Snapshot();
        PlainClient other = await fleet.ConnectAsync("alice");
        await other.PublishAsync("ec1/p/alice", """{"s":"on","b":99,"c":1}""", retain: true);
        await fleet.Until("refused", () => alice.SaysLast("refused"));
        string problem = (await alice.AskAsync("status")).Result.GetProperty("problem").GetString()!;
        Assert.Contains("pushed off: another device uses the id alice", problem);
        await fleet.Until("the sign of it on the display", () => !alice.Board.Display.Snapshot().SequenceEqual(before));
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task Presence_follows_power_and_network_and_a_late_will_changes_nothing(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        PlainClient watcher = await fleet.ConnectAsync("watcher", "ec1/p/bob");
        await Becomes("online");

        await bob.StopAsync();
        await Becomes("offline");
        await bob.OnlineAsync();
        await Becomes("online");

        bob.Board.PowerOff();
        await Becomes("lost");
        await bob.OnlineAsync();
        await Becomes("online");

        int births = bob.Births;
        bob.Board.Wifi.IsUp = false;
        await Becomes("lost");
        bob.Board.Wifi.IsUp = true;
        await bob.BornAsync(births);
        await Becomes("online");

        int before = alice.Console.Count;
        births = bob.Births;
        await watcher.PublishAsync("ec1/p/bob", """{"s":"lost","b":1,"c":1}""", retain: true);
        await fleet.Until("bob's birth once more", () => bob.Births > births);
        await fleet.Until("the birth as what is retained", () => ConsoleTap.Is(watcher.On("ec1/p/bob")[^1], "s", "on"));
        // a message behind it on the same connection: then alice has seen the will
        await watcher.PublishAsync("ec1/i/alice/watcher", """{"c":"marker"}""");
        await fleet.Until("the marker", () => alice.Arrived("watcher").Count > 0);
        CollectionAssert.DoesNotContain(alice.PresenceOf("bob", before).ToArray(), "lost");
        JsonElement contact = (await alice.AskAsync("contact list")).Items.Single(i => ConsoleTap.Is(i, "device", "bob"));
        Assert.AreEqual("online", contact.GetProperty("presence").GetString());

        Task Becomes(string state) => fleet.UntilAsked($"bob \"{state}\" in alice's contacts", async () =>
            (await alice.AskAsync("contact list"))
                .Items.Any(i => ConsoleTap.Is(i, "device", "bob") && ConsoleTap.Is(i, "presence", state)));
    }
}
