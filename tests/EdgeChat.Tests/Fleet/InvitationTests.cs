using System.Text.Json;

namespace EdgeChat.Tests.Fleet;

/// <summary>A stranger invites a whole board: it asks, by keys and by commands, and its power goes meanwhile.</summary>
[TestClass]
public sealed class InvitationTests
{
    private const string Group = "#team";

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_strangers_invitation_waits_over_a_power_cut_and_is_accepted_with_the_keys(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard mallory, FleetBoard bob) = await InvitedAsync(fleet);
        Assert.AreEqual("mallory", bob.Console.Events("invited").Single().GetProperty("invited").GetString());
        Assert.AreEqual("refused", (await bob.TryAskAsync($"send {Group} may I?"))!.Result.GetProperty("code").GetString());
        await mallory.SendAsync(Group, "nobody reads this yet");
        Assert.IsEmpty(await bob.ReadAsync(Group));

        bob.Board.PowerOff();
        await bob.OnlineAsync();
        Assert.AreEqual("mallory", await InviterAsync(bob));

        // the list, the invitation, its menu
        for (int i = 0; i < 3; i++)
        {
            byte[] before = bob.Board.Display.Snapshot();
            await bob.PressAsync("ok");
            await fleet.Until("another picture on bob's display", () => !bob.Board.Display.Snapshot().SequenceEqual(before));
        }

        await fleet.UntilAsked("bob in the group", async () =>
            (await bob.AskAsync("group list")).Items[0].GetProperty("writable").GetBoolean());
        int n = await bob.SendAsync(Group, "here I am");
        await bob.TickAsync("team", n, "received");
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task One_that_is_declined_is_gone_on_both_sides(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard mallory, FleetBoard bob) = await InvitedAsync(fleet);
        await bob.AskAsync("group decline team");
        await fleet.UntilAsked("mallory alone in the group", async () =>
            (await mallory.AskAsync("group list")).Items.Single().GetProperty("members").GetInt32() == 1);
        Assert.IsEmpty((await bob.AskAsync("list")).Items);
        bob.Board.PowerOff();
        await bob.OnlineAsync();
        Assert.IsEmpty((await bob.AskAsync("list")).Items);
        StringAssert.EndsWith((await mallory.ReadAsync(Group)).Last().Text, "left");
    }

    // mallory knows bob, who does not know her
    private static async Task<(FleetBoard Mallory, FleetBoard Bob)> InvitedAsync(TestFleet fleet)
    {
        FleetBoard mallory = fleet.Add("mallory", "bob");
        FleetBoard bob = fleet.Add("bob", "alice");
        await Task.WhenAll(mallory.OnlineAsync(), bob.OnlineAsync());
        await mallory.AskAsync("group create team The Team bob");
        await fleet.UntilAsked("the invitation at bob", async () => await InviterAsync(bob) != null);
        return (mallory, bob);
    }

    private static async Task<string?> InviterAsync(FleetBoard board)
    {
        Answer list = await board.AskAsync("list");
        return list.Items.Count == 1 && list.Items[0].TryGetProperty("invited", out JsonElement by) ? by.GetString() : null;
    }
}
