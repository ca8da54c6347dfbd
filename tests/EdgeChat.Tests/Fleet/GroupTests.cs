using System.Text;
using System.Text.Json;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>A group of three whole boards: its ticks are those of the one who has it last.</summary>
[TestClass]
public sealed class GroupTests
{
    private const string Group = "#team";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task The_ticks_of_a_group_wait_for_the_last_member(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob, FleetBoard carol) = await TrioAsync(fleet);
        await carol.StopAsync();

        int n = await alice.SendAsync(Group, "Dinner at eight?");
        await fleet.Until("the text at bob", () => bob.Arrived("team").Contains("Dinner at eight?"));
        await bob.ReadAsync(Group);
        await fleet.Until("bob's receipt \"shown\"", () => alice.Packets.Any(p => IsReceipt(p, "ec1/i/alice/bob", "s", n)));
        Assert.AreEqual("sent", (await alice.ReadAsync(Group)).Single(l => l is { From: "alice", Kind: "text" }).Tick,
            "carol does not have it");

        await carol.OnlineAsync();
        await alice.TickAsync("team", n, "received");
        CollectionAssert.DoesNotContain(alice.Ticks("team", n).ToArray(), "read", "carol has not looked at it");
        CollectionAssert.AreEqual(new[] { "Dinner at eight?" }, Texts(await carol.ReadAsync(Group)));
        await alice.TickAsync("team", n, "read");
        CollectionAssert.AreEqual(new[] { "sent", "received", "read" }, alice.Ticks("team", n).ToArray());

        Report("group text of 16 characters", alice.Packets.Single(p => p is { Sent: true, Topic: "ec1/g/team/alice" }));
        Report("its receipt", bob.Packets.Last(p => p.Sent && IsReceipt(p, "ec1/i/alice/bob", "s", n)));
        Report("roster of three", alice.Packets.Last(p => p is { Sent: true, Topic: "ec1/r/team" }));
        Report("invitation", alice.Packets.First(p => p is { Sent: true, Topic: "ec1/i/bob/alice" }));
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task Who_was_removed_sees_why_and_gets_nothing_more(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob, FleetBoard carol) = await TrioAsync(fleet);
        int first = await bob.SendAsync(Group, "to all three");
        await bob.TickAsync("team", first, "received");

        await alice.AskAsync($"group remove {Group} carol");
        await fleet.UntilAsked("carol out of the group", async () =>
            !(await carol.AskAsync("group list")).Items.Single().GetProperty("writable").GetBoolean());
        await fleet.UntilAsked("two members at bob", async () =>
            (await bob.AskAsync("group list")).Items.Single().GetProperty("members").GetInt32() == 2);
        Line why = (await carol.ReadAsync(Group)).Last();
        Assert.AreEqual("event", why.Kind, why.Text);
        StringAssert.Contains(why.Text, "removed");
        Assert.IsFalse((await carol.TryAskAsync($"send {Group} may I?"))!.IsOk);

        int second = await bob.SendAsync(Group, "to the two of us");
        await bob.TickAsync("team", second, "received");
        await alice.ReadAsync(Group);
        await bob.TickAsync("team", second, "read");
        CollectionAssert.DoesNotContain(carol.Arrived("team").ToArray(), "to the two of us");
    }

    private static async Task<(FleetBoard Alice, FleetBoard Bob, FleetBoard Carol)> TrioAsync(TestFleet fleet)
    {
        FleetBoard alice = fleet.Add("alice", "bob", "carol");
        FleetBoard bob = fleet.Add("bob", "alice", "carol");
        FleetBoard carol = fleet.Add("carol", "alice", "bob");
        await Task.WhenAll(alice.OnlineAsync(), bob.OnlineAsync(), carol.OnlineAsync());
        await alice.AskAsync("group create team Team");
        await alice.AskAsync($"group add {Group} bob");
        await alice.AskAsync($"group add {Group} carol");
        foreach (FleetBoard board in new[] { bob, carol })
            await fleet.UntilAsked($"{board.Id} in the group of three", async () =>
                (await board.AskAsync("group list"))
                    .Items.Any(g => g.GetProperty("members").GetInt32() == 3 && g.GetProperty("writable").GetBoolean()));
        await fleet.Until("the subscriptions to the group", () => new[] { alice, bob, carol }.All(HasGroupFilter));
        return (alice, bob, carol);
    }

    // SUBACK for the filter, by the packet identifier in the first two bytes behind the header
    private static bool HasGroupFilter(FleetBoard board)
    {
        IReadOnlyList<Packet> packets = board.Packets;
        Packet? subscribe =
            packets.FirstOrDefault(p => p is { Sent: true, Kind: "SUBSCRIBE" } && p.Bytes.AsSpan().IndexOf("ec1/g/team/+"u8) >= 0);
        return subscribe is not null && packets.Any(p => p.Kind == "SUBACK" && p.PacketId == subscribe.PacketId);
    }

    private static bool IsReceipt(Packet packet, string topic, string key, int value)
    {
        if (packet.Topic != topic) return false;
        using JsonDocument body = JsonDocument.Parse(packet.Payload);
        return ConsoleTap.Is(body.RootElement, "g", "team") && body.RootElement.TryGetProperty(key, out JsonElement found)
            && found.GetInt32() == value;
    }

    private static string[] Texts(IReadOnlyList<Line> lines) => [.. lines.Where(l => l.Kind == "text").Select(l => l.Text)];

    private void Report(string what, Packet packet) =>
        TestContext.WriteLine($"{what}: {packet.Length} bytes, {Encoding.UTF8.GetString(packet.Payload!)}");
}
