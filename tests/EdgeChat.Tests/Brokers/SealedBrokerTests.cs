using System.Text.Json.Nodes;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tests.Fleet;
using EdgeChat.VirtualBoard;
using FleetBoard = EdgeChat.Tests.Fleet.FleetBoard;

namespace EdgeChat.Tests.Brokers;

/// <summary>A sealed group of whole boards at real brokers, with TLS, passwords and rights as <c>edgechat broker init</c> sets them
/// up.</summary>
[TestClass]
public sealed class SealedBrokerTests
{
    private const string Group = "#crew";
    private const string Topic = "ec1/g/crew/";

    private static readonly string[] Ids = ["alice", "bob", "carol"];

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto")]
    [DataRow("nats")]
    public Task A_group_of_three_is_sealed_over_TLS_and_who_is_removed_reads_nothing_new(string kind) => RunAsync(kind);

    [TestMethod]
    [Timeout(900_000)]
    [TestCategory("RabbitMq")]
    public Task So_it_is_with_RabbitMQ() => RunAsync("rabbitmq");

    private static async Task RunAsync(string kind)
    {
        FolderUnderTest folder = await FolderUnderTest.StartAsync(kind);
        await using var fleet = new TestFleet(folder);
        Dictionary<string, string> passwords = await folder.PasswordsAsync(Ids);
        string secret = PairKeys.NewSecret();
        FleetBoard[] boards = [.. Ids.Select(id => Provisioned(fleet, folder, id, passwords[id], secret))];
        (FleetBoard alice, FleetBoard bob, FleetBoard carol) = (boards[0], boards[1], boards[2]);
        await Task.WhenAll(boards.Select(b => b.OnlineAsync()));

        await alice.AskAsync("group create crew Crew bob carol");
        foreach (FleetBoard board in boards) await IsSealedAsync(fleet, board);
        foreach (FleetBoard board in boards)
            await board.TickAsync("crew", await board.SendAsync(Group, $"{board.Id} to all"), "received");
        int first = EpochOf(alice);

        // who was away while the group was edited gets the new key, and then what was written with it
        await carol.StopAsync();
        await alice.AskAsync($"group rename {Group} Mates");
        int away = await alice.SendAsync(Group, "while carol is away");
        await alice.TickAsync("crew", away, "sent");
        await carol.OnlineAsync();
        await alice.TickAsync("crew", away, "received");
        int second = EpochOf(alice);
        Assert.IsGreaterThan(first, second);

        await alice.AskAsync($"group remove {Group} carol");
        await fleet.UntilAsked("carol out of the group", async () => !await IsMemberAsync(carol));
        int third = await bob.SendAsync(Group, "without carol");
        await bob.TickAsync("crew", third, "received");
        int fourth = await alice.SendAsync(Group, "neither");
        await alice.TickAsync("crew", fourth, "received");
        Assert.IsGreaterThan(second, EpochOf(alice));
        Assert.AreEqual(EpochOf(alice), EpochOf(bob));

        string[] read = [.. carol.Console.Events("message")
            .Where(e => ConsoleTap.Is(e, "who", "crew") && ConsoleTap.Is(e, "kind", "text"))
            .Select(e => e.GetProperty("text").GetString()!)];
        CollectionAssert.AreEqual(new[] { "alice to all", "bob to all", "while carol is away" }, read, string.Join('|', read));
        Packet[] open = [.. boards.SelectMany(b => b.Packets)
            .Where(p => p is { Kind: "PUBLISH", Topic: not null, Payload: not null })
            .Where(p => p.Topic!.Split('/')[1] is "g" or "r" or "i" && !Envelope.IsSealed(p.Payload!))];
        Assert.IsEmpty(open, string.Join('\n', open.Select(p => p.Topic)));
        foreach (FleetBoard board in boards)
        {
            await board.StopAsync();
            Assert.IsNull(board.Board.FirmwareFault);
        }
    }

    private static FleetBoard Provisioned(TestFleet fleet, FolderUnderTest folder, string id, string password, string secret)
    {
        string[] others = [.. Ids.Where(other => other != id)];
        FleetBoard board = fleet.Add(id, others);
        string path = Path.Combine(board.Folder, BoardFiles.Settings);
        JsonNode settings = JsonNode.Parse(File.ReadAllText(path))!;
        settings["tls"] = true;
        settings["password"] = password;
        File.WriteAllText(path, settings.ToJsonString());
        File.Copy(folder["ca.pem"], Path.Combine(board.Folder, BoardFiles.Ca));
        File.WriteAllBytes(Path.Combine(board.Folder, PairKeys.File), PairKeys.Of(secret, id, 1, others));
        return board;
    }

    // of what the board has sent last
    private static int EpochOf(FleetBoard board) => Envelope.Epoch(board.Packets
        .Last(p => p is { Sent: true, Kind: "PUBLISH", Payload: not null } && p.Topic == Topic + board.Id).Payload!);

    private static Task IsSealedAsync(TestFleet fleet, FleetBoard board) =>
        fleet.UntilAsked($"{board.Id} in the sealed group", async () =>
            (await board.AskAsync("list")).Items
                .Any(i => i.GetProperty("who").GetString() == "crew" && i.GetProperty("sealed").GetBoolean()));

    private static async Task<bool> IsMemberAsync(FleetBoard board) =>
        (await board.AskAsync("list")).Items
            .Any(i => i.GetProperty("who").GetString() == "crew" && i.GetProperty("writable").GetBoolean());
}
