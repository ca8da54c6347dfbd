using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>Whole boards with keys in a group: nothing of it can be read on the wire, also over a cut of power and an edit that one member
/// has missed.</summary>
[TestClass]
public sealed class SealedGroupTests
{
    private const string Group = "#team";
    private const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [TestMethod]
    [DataRow(IBroker.Embedded, 2)]
    [DataRow(IBroker.Embedded, 5)]
    [DataRow(IBroker.Mosquitto, 5)]
    public async Task A_group_of_whole_boards_is_sealed_and_stays_so(string broker, int count)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        string[] ids = [.. new[] { "alice", "bob", "carol", "dave", "erin" }.Take(count)];
        FleetBoard[] boards = [.. ids.Select(id => fleet.Add(id, [.. ids.Where(other => other != id)]))];
        foreach (FleetBoard board in boards)
        {
            byte[] keys = PairKeys.Of(Secret, board.Id, 1, [.. ids.Where(i => i != board.Id)]);
            File.WriteAllBytes(Path.Combine(board.Folder, PairKeys.File), keys);
        }

        await Task.WhenAll(boards.Select(b => b.OnlineAsync()));
        FleetBoard admin = boards[0];
        FleetBoard last = boards[^1];
        await admin.AskAsync($"group create team Team {string.Join(' ', ids.Skip(1))}");
        foreach (FleetBoard board in boards) await IsSealedAsync(fleet, board);

        int first = await last.SendAsync(Group, "sealed for all of us");
        await last.TickAsync("team", first, "received");

        await last.StopAsync();
        await admin.AskAsync($"group rename {Group} Others");
        int second = await admin.SendAsync(Group, "while one is away");
        await admin.TickAsync("team", second, "sent");
        await last.OnlineAsync();
        await admin.TickAsync("team", second, "received");
        await fleet.Until("the text at who was away", () => last.Arrived("team").Contains("while one is away"));
        int third = await last.SendAsync(Group, "with the new key");
        await last.TickAsync("team", third, "received");

        Packet[] open = [.. boards.SelectMany(b => b.Packets)
            .Where(p => p is { Sent: true, Kind: "PUBLISH", Topic: not null, Payload: not null })
            .Where(p => p.Topic!.Split('/')[1] is "g" or "r" or "i" && !Envelope.IsSealed(p.Payload!))];
        Assert.IsEmpty(open, string.Join('\n', open.Select(p => p.Topic)));
    }

    private static Task IsSealedAsync(TestFleet fleet, FleetBoard board) =>
        fleet.UntilAsked($"{board.Id} in the sealed group", async () =>
            (await board.AskAsync("list")).Items
                .Any(i => i.GetProperty("who").GetString() == "team" && i.GetProperty("sealed").GetBoolean()));
}
