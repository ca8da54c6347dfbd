using System.Globalization;
using System.Text.Json;
using EdgeChat.Device;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Tests.Fleet;

/// <summary>The operator changes the configuration of whole boards over the broker: what works stays, what does not is taken back, and he
/// is told which.</summary>
[TestClass]
public class ReconfigurationTests
{
    private const string Inbox = "ec1/i/alice/fleet";
    private const string Answers = "ec1/i/fleet/alice";

    [TestMethod]
    public async Task A_board_goes_to_the_broker_that_it_is_told_and_stays_there()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        await using TestFleet other = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = await OnlineAsync(fleet);
        PlainClient there = await other.ConnectAsync("fleet");
        PlainClient here = await fleet.ConnectAsync("fleet");
        await OrderAsync(here, 7, $"brokers\n127.0.0.1:{other.Broker.Port}");
        await other.Until("the outcome at the new broker", () => Outcomes(there).Contains("7 applied"));
        await other.Until("presence there", () => alice.Board.Boots == 2);
        StringAssert.Contains(File.ReadAllText(Path.Combine(alice.Folder, "edgechat.json")), $"127.0.0.1:{other.Broker.Port}");
        int births = alice.Births;
        await alice.StopAsync();
        alice.Board.PowerOn();
        await fleet.Until("online again at the new one", () => alice.Births > births);
        Assert.AreEqual(0, Outcomes(here).Count);
    }

    [TestMethod]
    public async Task A_board_that_does_not_reach_the_new_broker_is_back_after_two_minutes_and_no_message_is_lost_or_twice()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = await OnlineAsync(fleet, "bob");
        FleetBoard bob = fleet.Add("bob", "alice");
        await bob.OnlineAsync();
        PlainClient here = await fleet.ConnectAsync("fleet");
        for (int i = 1; i <= 5; i++) await bob.SendAsync("alice", "before " + i);
        using var tried = new ManualResetEventSlim();
        alice.Board.DebugOutput += line =>
        {
            if (line.Contains("nothing listens", StringComparison.Ordinal)) tried.Set();
        };
        await OrderAsync(here, 7, "brokers\n127.0.0.1:1");
        for (int i = 1; i <= 5; i++) await bob.SendAsync("alice", "meanwhile " + i);
        Assert.IsTrue(tried.Wait(TestFleet.Patience), "the new address is tried");
        await SkipTrialAsync(fleet, alice, boots: 3);
        await fleet.Until("the outcome", () => Outcomes(here).Any(o => o.StartsWith("7 fell back", StringComparison.Ordinal)));
        StringAssert.Contains(Outcomes(here)[0], "nothing listens at 127.0.0.1:1. Is the broker running?");
        await alice.AskAsync("mode json");
        string[] expected = [.. Enumerable.Range(1, 5).Select(i => "before " + i), .. Enumerable.Range(1, 5).Select(i => "meanwhile " + i)];
        await fleet.UntilAsked("all messages", async () => (await alice.ReadAsync("bob")).Count == expected.Length);
        CollectionAssert.AreEqual(expected, (await alice.ReadAsync("bob")).Select(l => l.Text).ToArray());
        for (int n = 1; n <= 10; n++) await bob.TickAsync("alice", n, "read");
    }

    [TestMethod]
    public async Task A_wrong_Wi_Fi_password_needs_no_visit_and_the_right_one_is_kept()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = await OnlineAsync(fleet);
        PlainClient here = await fleet.ConnectAsync("fleet");
        await OrderAsync(here, 7, "wifi\nEdgeChat\nwrong password");
        await fleet.Until("the trial", () => alice.Board.Boots == 2);
        await SkipTrialAsync(fleet, alice, boots: 3);
        await fleet.Until("the outcome", () => Outcomes(here).Any(o => o.StartsWith("7 fell back", StringComparison.Ordinal)));
        StringAssert.Contains(Outcomes(here)[0], "Wi-Fi");
        Assert.AreEqual("virtual-board", alice.Board.Wifi.Configuration.Password);

        alice.Board.Wifi.Ssid = "Workshop"; // the old network is not seen any more at the next start
        alice.Board.Wifi.Password = "a better one";
        await OrderAsync(here, 8, "wifi\nWorkshop\na better one");
        await fleet.Until("the outcome", () => Outcomes(here).Contains("8 applied"));
        Assert.AreEqual(("Workshop", "a better one"), (alice.Board.Wifi.Configuration.Ssid, alice.Board.Wifi.Configuration.Password));
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(alice.Folder, "edgechat.json")));
        CollectionAssert.AreEqual(new[] { "Workshop", "a better one", "EdgeChat", "virtual-board" },
            file.RootElement.GetProperty("wifi").EnumerateArray().Select(e => e.GetString()).ToArray());
        Assert.IsFalse(string.Concat(alice.Console.Lines(0)).Contains("better", StringComparison.Ordinal), "a secret on the console");
    }

    [TestMethod]
    public async Task Only_the_operator_is_obeyed_and_only_with_something_new_that_makes_sense()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = await OnlineAsync(fleet);
        PlainClient here = await fleet.ConnectAsync("fleet");
        PlainClient mallory = await fleet.ConnectAsync("mallory");
        await mallory.PublishAsync("ec1/i/alice/mallory", """{"y":"c","a":9,"c":"brokers\n127.0.0.1:1"}""");
        (string Order, string Answer)[] refused =
        [
            ("nonsense", "this board knows no order \"nonsense\": brokers, wifi or ca"),
            ("brokers", "brokers: at least one address must follow"),
            ("brokers\nbroker.home.:1883", "edgechat.json: \"brokers\" is \"broker.home.:1883\"; it must be a name of ASCII letters"),
            ("brokers\nbroker.home:0", "edgechat.json: \"brokers\" is \"broker.home:0\"; it must have a port from 1 to 65535"),
            ("brokers\na\nb\nc\nd\ne", "edgechat.json: \"brokers\" is a list; it has 5 entries and may have 4."),
            ("wifi\nhome", "wifi: a name and a password must follow, each on its line"),
            ("wifi\nhome\nshort", "wifi: the password must have 8 to 64 characters, or none for an open network"),
        ];
        for (int i = 0; i < refused.Length; i++)
        {
            await OrderAsync(here, 11 + i, refused[i].Order);
            int answers = i + 1;
            await fleet.Until("a refusal", () => Outcomes(here).Count == answers);
            StringAssert.StartsWith(Outcomes(here)[i], $"{11 + i} refused\n{refused[i].Answer}");
        }

        await OrderAsync(here, 11, "brokers\n127.0.0.1:1");
        await fleet.Until("an older one refused", () => Outcomes(here).Contains("11 refused\nconfiguration 17 is newer"));
        await OrderAsync(here, 17, "brokers\n127.0.0.1:1");
        await fleet.Until("the same answered again", () => Outcomes(here).Count == refused.Length + 2);
        Assert.AreEqual(1, alice.Board.Boots);
        Assert.AreEqual(1, await alice.StatusAsync("bad-topic"));
    }

    [TestMethod]
    public async Task The_operators_tool_hears_at_the_new_broker_what_became_of_it()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        await using TestFleet other = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = await OnlineAsync(fleet);
        var broker = new EdgeChat.Fleet.FleetBroker { Host = "127.0.0.1", Port = fleet.Broker.Port };
        var file = new EdgeChat.Fleet.FleetFile
        {
            Path = "fleet.yaml",
            Name = "home",
            Operator = "fleet",
            Store = "fleet.db",
            Broker = broker,
        };
        var answers = new List<string>();
        using var patience = new CancellationTokenSource(TestFleet.Patience);
        int number = Configurator.NumberOf(DateTimeOffset.UtcNow);
        IReadOnlyCollection<string> silent = await new Configurator(file, null, number, _ => null).RunAsync(
            ["alice"], $"brokers\n127.0.0.1:{other.Broker.Port}", [broker with { Port = other.Broker.Port }],
            (id, outcome) => answers.Add(id + " " + outcome), patience.Token);
        Assert.AreEqual(0, silent.Count, alice.Describe());
        CollectionAssert.AreEqual(new[] { "alice applied" }, answers);
    }

    [TestMethod]
    public async Task A_board_goes_on_to_its_next_broker_and_begins_with_the_first_after_a_restart()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        await using TestFleet other = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = fleet.Add("alice");
        string path = Path.Combine(alice.Folder, "edgechat.json");
        File.WriteAllText(path,
            $$"""{ "id": "alice", "brokers": ["127.0.0.1:{{fleet.Broker.Port}}", "127.0.0.1:{{other.Broker.Port}}"] }""");
        await alice.OnlineAsync();
        await fleet.Broker.StopAsync();
        PlainClient watcher = await other.ConnectAsync("watcher", "ec1/p/alice");
        await other.Until("online at the second", () => watcher.On("ec1/p/alice").Any(p => p.GetProperty("s").GetString() == "on"));
        await fleet.UntilAsked("the address in status", async () =>
            (await alice.AskAsync("status")).Result.GetProperty("broker").GetString() == $"127.0.0.1:{other.Broker.Port}");
        await fleet.Broker.StartAsync();
        await alice.StopAsync();
        await alice.OnlineAsync();
        Assert.AreEqual($"127.0.0.1:{fleet.Broker.Port}", (await alice.AskAsync("status")).Result.GetProperty("broker").GetString());
    }

    private static async Task<FleetBoard> OnlineAsync(TestFleet fleet, params string[] contacts)
    {
        FleetBoard alice = fleet.Add("alice", contacts);
        string path = Path.Combine(alice.Folder, "edgechat.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"id\":", "\"operator\":\"fleet\",\"id\":", StringComparison.Ordinal));
        await alice.OnlineAsync();
        return alice;
    }

    private static Task OrderAsync(PlainClient fleet, int number, string order) => fleet.PublishAsync(
        Inbox, JsonSerializer.Serialize(new { y = "c", a = number, c = order }));

    // time passes at once for the board; what wakes it is a key typed on its console
    private static Task SkipTrialAsync(TestFleet fleet, FleetBoard board, int boots)
    {
        return fleet.UntilAsked("the old configuration again", () =>
        {
            if (board.Board.Boots < boots)
            {
                board.Board.Skip(TimeSpan.FromMilliseconds(Reconfiguration.TrialMs));
                board.Board.Console.Type("\r"u8);
            }

            return Task.FromResult(board.Board.Boots >= boots);
        });
    }

    private static List<string> Outcomes(PlainClient client) =>
        [.. client.On(Answers).Where(b => b.TryGetProperty("y", out JsonElement y) && y.GetString() == "o").Select(b =>
            b.GetProperty("a").GetInt32().ToString(CultureInfo.InvariantCulture) + " " + b.GetProperty("c").GetString())];
}
