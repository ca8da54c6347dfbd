using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Fleets;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>Whole boards that have a key for their operator's configurations: what is sealed with it is done, and nothing
/// else is.</summary>
[TestClass]
public sealed class SealedOrderTests
{
    private const string Inbox = "ec1/i/alice/fleet";
    private const string Answers = "ec1/i/fleet/alice";

    private static readonly byte[] Key = [.. Enumerable.Range(1, A128CbcHs256.KeyBytes).Select(i => (byte)i)];

    [TestMethod]
    [DataRow(IBroker.Embedded)]
    [DataRow(IBroker.Mosquitto)]
    public async Task The_operators_tool_seals_and_the_broker_reads_no_password(string broker)
    {
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        FleetBoard alice = await OnlineAsync(fleet);
        alice.Board.Wifi.Ssid = "Workshop";
        alice.Board.Wifi.Password = "a better one";
        var file = new FleetFile
        {
            Path = "fleet.yaml",
            Name = "home",
            Operator = "fleet",
            Store = "fleet.db",
            Broker = new FleetBroker { Host = "127.0.0.1", Port = fleet.Broker.Port },
        };
        var answers = new List<string>();
        using var patience = new CancellationTokenSource(TestFleet.Patience);
        int number = Configurator.NumberOf(DateTimeOffset.UtcNow);
        await new Configurator(file, null, number, _ => Key).RunAsync(
            ["alice"], "wifi\nWorkshop\na better one", [], (id, outcome) => answers.Add(id + " " + outcome), patience.Token);
        CollectionAssert.AreEqual(new[] { "alice applied" }, answers, alice.Describe());
        Packet[] orders = [.. alice.Packets.Where(p => p is { Sent: false, Kind: "PUBLISH", Payload: not null } && p.Topic == Inbox)];
        Assert.IsNotEmpty(orders);
        foreach (Packet order in orders)
        {
            Assert.AreEqual(Envelope.OrderVersion, order.Payload![0]);
            Assert.DoesNotContain("better", Encoding.Latin1.GetString(order.Payload));
        }
    }

    [TestMethod]
    public async Task One_that_is_brought_again_changes_nothing()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = await OnlineAsync(fleet);
        PlainClient here = await fleet.ConnectAsync("fleet");
        byte[] first = Sealed(7, "nonsense");
        await here.PublishAsync(Inbox, first);
        await fleet.Until("the first refused", () => Outcomes(here).Any(o => o.StartsWith("7 refused", StringComparison.Ordinal)));
        await here.PublishAsync(Inbox, Sealed(8, "nonsense"));
        await fleet.Until("the second refused", () => Outcomes(here).Any(o => o.StartsWith("8 refused", StringComparison.Ordinal)));
        await here.PublishAsync(Inbox, first);
        await fleet.Until("an older one refused", () => Outcomes(here).Contains("7 refused\nconfiguration 8 is newer"));
        await here.PublishAsync(Inbox, """{"y":"c","a":9,"c":"brokers\n127.0.0.1:1"}""");
        await fleet.UntilAsked("an open one refused", async () => await alice.StatusAsync("refused-not-sealed") == 1);
        Assert.AreEqual(1, alice.Board.Boots);
        Assert.HasCount(3, Outcomes(here));
    }

    private static byte[] Sealed(int number, string order) =>
        OrderKeys.Enclose(Key, Inbox, JsonSerializer.SerializeToUtf8Bytes(new { y = "c", a = number, c = order }));

    private static async Task<FleetBoard> OnlineAsync(TestFleet fleet)
    {
        FleetBoard alice = fleet.Add("alice");
        string path = Path.Combine(alice.Folder, BoardFiles.Settings);
        JsonNode settings = JsonNode.Parse(File.ReadAllText(path))!;
        settings["operator"] = "fleet";
        File.WriteAllText(path, settings.ToJsonString());
        File.WriteAllBytes(Path.Combine(alice.Folder, OrderKeys.File), Key);
        await alice.OnlineAsync();
        return alice;
    }

    private static List<string> Outcomes(PlainClient client) =>
        [.. client.On(Answers).Where(b => b.GetProperty("y").GetString() == "o")
            .Select(b => b.GetProperty("a").GetInt32() + " " + b.GetProperty("c").GetString())];
}
