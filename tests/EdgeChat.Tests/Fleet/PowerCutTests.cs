using System.Text;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>Power cuts in the worst moments, with a real broker: each message is there once, and the ticks end filled.</summary>
[TestClass]
public sealed class PowerCutTests
{
    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_recipient_that_loses_power_during_receipt_has_each_message_once(string broker)
    {
        (string Name, Action<FleetBoard, string> Arm)[] cuts =
        [
            ("right after the PUBACK", (b, _) => b.CutAt(p => p is { Sent: true, Kind: "PUBACK" })),
            ("before its write", (b, text) => b.Board.Flash.CutAtWriteOf(Bytes(text), 0, FlashCutOutcome.Old)),
            ("inside its write", (b, text) => b.Board.Flash.CutAtWriteOf(Bytes(text), 0, FlashCutOutcome.Torn)),
            ("right after its write", (b, text) => b.Board.Flash.CutAtWriteOf(Bytes(text), 0, FlashCutOutcome.New)),
            ("inside the write after it", (b, text) => b.Board.Flash.CutAtWriteOf(Bytes(text), 1, FlashCutOutcome.Torn)),
        ];
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        for (int i = 0; i < cuts.Length; i++)
        {
            cuts[i].Arm(bob, cuts[i].Name);
            int n = await alice.SendAsync("bob", cuts[i].Name);
            // a cut that waits for a write which does not come is made when all is done
            await fleet.Until($"a power cut {cuts[i].Name}", () => !bob.Board.IsOn || alice.Ticks("bob", n).Contains("received"));
            Assert.IsTrue(!bob.Board.IsOn || i == cuts.Length - 1, "the cut came too late to be one");
            bob.Board.PowerOff();
            await bob.OnlineAsync();
            await alice.TickAsync("bob", n, "received");
        }

        string[] expected = [.. cuts.Select(c => c.Name)];
        CollectionAssert.AreEqual(expected, (await bob.ReadAsync("alice")).Select(l => l.Text).ToArray());
        for (int n = 1; n <= cuts.Length; n++) await alice.TickAsync("bob", n, "read");
        CollectionAssert.AreEqual(expected, (await bob.ReadAsync("alice")).Select(l => l.Text).ToArray(), "and nothing came later");
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_sender_that_loses_power_right_after_the_key_press_sends_it_after_the_next_start(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        (FleetBoard alice, FleetBoard bob) = await fleet.PairAsync();
        var kept = new List<string>();

        // on the thread that carries the answer, so that nothing comes between
        void CutAtAnswer(byte[] _)
        {
            if (!alice.Console.Objects(0).Any(o => ConsoleTap.Is(o, "cmd", "send"))) return;
            alice.Board.Console.Output -= CutAtAnswer;
            alice.Board.PowerOff();
        }

        alice.Board.Console.Output += CutAtAnswer;
        await alice.TryAskAsync("send bob at the answer");
        await fleet.Until("the cut at the answer", () => !alice.Board.IsOn);
        kept.Add("at the answer");
        await alice.OnlineAsync();

        alice.Board.Flash.CutAtWriteOf("after the write"u8, 0, FlashCutOutcome.New);
        Assert.IsNull(await alice.TryAskAsync("send bob after the write"));
        kept.Add("after the write");
        await alice.OnlineAsync();

        alice.Board.Flash.CutAtWriteOf("inside the write"u8, 0, FlashCutOutcome.Torn);
        Assert.IsNull(await alice.TryAskAsync("send bob inside the write"), "nobody was told that it was taken");
        await alice.OnlineAsync();

        kept.Add("last");
        int n = await alice.SendAsync("bob", "last");
        await alice.TickAsync("bob", n, "received");
        CollectionAssert.AreEqual(kept, (await alice.ReadAsync("bob")).Select(l => l.Text).ToArray());
        CollectionAssert.AreEqual(kept, (await bob.ReadAsync("alice")).Select(l => l.Text).ToArray());
        await alice.TickAsync("bob", n, "read");
        Assert.IsTrue((await alice.ReadAsync("bob")).All(l => l.Tick == "read"));
    }

    [TestMethod]
    public async Task A_damaged_segment_costs_what_stood_there_and_nothing_else()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = fleet.Add("alice", "bob");
        PlainClient carol = await fleet.ConnectAsync("carol");
        await alice.OnlineAsync();
        string[] texts = [.. Enumerable.Range(1, 40).Select(i => $"message number {i:00}")];
        for (int i = 0; i < texts.Length; i++) await carol.PublishAsync("ec1/i/alice/carol", $$"""{"n":{{i + 1}},"c":"{{texts[i]}}"}""");
        await fleet.Until("all messages", () => alice.Arrived("carol").Count == texts.Length);
        await alice.StopAsync();

        string segment = Directory.GetFiles(alice.Folder, "ec.*").OrderByDescending(f => new FileInfo(f).Length).First();
        byte[] bytes = await File.ReadAllBytesAsync(segment);
        int hit = bytes.AsSpan().IndexOf("message number 20"u8);
        Assert.IsTrue(hit > 0, segment + " does not hold the messages");
        for (int i = 0; i < 4; i++) bytes[hit + i] ^= 0x55;
        await File.WriteAllBytesAsync(segment, bytes);

        await alice.OnlineAsync();
        Assert.AreEqual(1, await alice.StatusAsync("damaged"));
        string[] left = [.. (await alice.ReadAsync("carol")).Where(l => l.Kind == "text").Select(l => l.Text)];
        CollectionAssert.AreEqual(texts.Where(t => t != "message number 20").ToArray(), left);
        await carol.PublishAsync("ec1/i/alice/carol", """{"n":41,"c":"and on it goes"}""");
        await fleet.Until("a message after the damage", () => alice.Arrived("carol").Contains("and on it goes"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
