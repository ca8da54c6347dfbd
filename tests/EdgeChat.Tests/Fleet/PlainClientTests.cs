using System.Text;
using System.Text.Json;

namespace EdgeChat.Tests.Fleet;

/// <summary>Somebody with mosquitto_pub and mosquitto_sub is a peer like any other, and cannot do harm.</summary>
[TestClass]
public sealed class PlainClientTests
{
    private const string ToAlice = "ec1/i/alice/carol";
    private const string ToCarol = "ec1/i/carol/alice";

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_numbered_body_opens_a_conversation_and_has_its_receipt(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        FleetBoard alice = fleet.Add("alice", "bob");
        PlainClient carol = await fleet.ConnectAsync("carol");
        await alice.OnlineAsync();

        await carol.PublishAsync(ToAlice, """{"n":1,"t":1790000000,"c":"Grüße von carol"}""");
        await fleet.Until("the receipt \"have\"", () => carol.On(ToCarol).Any(r => Number(r, "d") == 1));
        CollectionAssert.AreEqual(new[] { "Grüße von carol" }, alice.Arrived("carol").ToArray());
        Assert.AreEqual(0, Number(carol.On(ToCarol)[^1], "s"), "nobody has looked at it yet");

        await alice.ReadAsync("carol");
        await fleet.Until("the receipt \"shown\"", () => carol.On(ToCarol).Any(r => Number(r, "s") == 1));
        Assert.IsTrue(carol.On(ToCarol).All(r => ConsoleTap.Is(r, "y", "r")));

        int n = await alice.SendAsync("carol", "Danke schön");
        await fleet.Until("alice's answer at carol", () => carol.On(ToCarol).Any(r => ConsoleTap.Is(r, "c", "Danke schön")));
        await carol.PublishAsync(ToAlice, """{"y":"r","d":1,"s":1}""");
        await alice.TickAsync("carol", n, "read");
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task Bad_bodies_show_nothing_are_counted_and_the_next_good_one_arrives(string broker)
    {
        (string Reason, byte[] Body)[] bad =
        [
            ("not-json", "Hello"u8.ToArray()),
            ("not-json", "{\"n\":1,\"c\":\"open"u8.ToArray()),
            ("not-utf8", [.. "{\"n\":1,\"c\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
            ("has-nul", Encoding.UTF8.GetBytes("""{"n":1,"c":"a\u0000b"}""")),
            ("too-long", Encoding.UTF8.GetBytes("{\"n\":1,\"c\":\"" + new string('x', 2048) + "\"}")),
            ("wrong-type", "{\"n\":\"one\",\"c\":\"x\"}"u8.ToArray()),
            ("wrong-type", "{\"n\":1,\"c\":17}"u8.ToArray()),
            ("out-of-range", "{\"n\":0,\"c\":\"x\"}"u8.ToArray()),
            ("missing-field", "{\"n\":1}"u8.ToArray()),
            ("wrong-sender", "{\"n\":1,\"c\":\"I am mallory\",\"sender\":\"mallory\"}"u8.ToArray()),
        ];
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        FleetBoard alice = fleet.Add("alice", "bob");
        PlainClient carol = await fleet.ConnectAsync("carol");
        await alice.OnlineAsync();

        foreach ((string _, byte[] body) in bad) await carol.PublishAsync(ToAlice, body);
        await carol.PublishAsync(ToAlice, """{"n":1,"c":"good"}""");
        await fleet.Until("the good message", () => alice.Arrived("carol").Count > 0);
        CollectionAssert.AreEqual(new[] { "good" }, alice.Arrived("carol").ToArray());
        CollectionAssert.AreEqual(new[] { "good" }, (await alice.ReadAsync("carol")).Select(l => l.Text).ToArray());

        JsonElement status = (await alice.AskAsync("status")).Result;
        foreach (IGrouping<string, (string Reason, byte[] Body)> group in bad.GroupBy(b => b.Reason))
            Assert.AreEqual(group.Count(), Number(status, "refused-" + group.Key), $"refused-{group.Key} in {status}");
        Assert.AreEqual(bad.Length, Number(status, "refused"), status.ToString());
        Assert.AreEqual("online", status.GetProperty("session").GetString());
        Assert.AreEqual(1, alice.Births, "the session went on");
    }

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task A_body_without_number_is_shown_once_a_minute_and_has_no_receipt(string broker)
    {
        const string same = """{"sender":"carol","content":"long names","timestamp":"2026-09-21T14:13:20Z"}""";
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        FleetBoard alice = fleet.Add("alice", "bob");
        PlainClient carol = await fleet.ConnectAsync("carol");
        await alice.OnlineAsync();

        await carol.PublishAsync(ToAlice, same);
        await carol.PublishAsync(ToAlice, same);
        await carol.PublishAsync(ToAlice, """{"c":"no number, no time"}""");
        await carol.PublishAsync(ToAlice, """{"n":1,"c":"numbered"}""");
        await fleet.Until("the receipt of the numbered one", () => carol.On(ToCarol).Count > 0);
        string[] texts = ["long names", "no number, no time", "numbered"];
        CollectionAssert.AreEqual(texts, alice.Arrived("carol").ToArray());
        CollectionAssert.AreEqual(texts, (await alice.ReadAsync("carol")).Select(l => l.Text).ToArray());
        await fleet.Until("the receipt \"shown\"", () => carol.On(ToCarol).Any(r => Number(r, "s") == 1));
        Assert.IsTrue(carol.On(ToCarol).All(r => Number(r, "d") == 1 && !r.TryGetProperty("h", out _)), "only the numbered one counts");
        Assert.AreEqual(1, await alice.StatusAsync("duplicates"));
        JsonElement shown = alice.Console.Events("message").First();
        Assert.AreEqual(1789999999 + 1, shown.GetProperty("t").GetInt64(), "2026-09-21T14:13:20Z in Unix seconds");
    }

    private static int Number(JsonElement o, string key) => o.TryGetProperty(key, out JsonElement value) ? value.GetInt32() : 0;
}
