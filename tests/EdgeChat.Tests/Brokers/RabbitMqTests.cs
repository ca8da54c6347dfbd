using System.Collections.Concurrent;
using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Brokers;

/// <summary>RabbitMQ ends the connection instead of denying, and takes no user name without a password.</summary>
[TestClass]
[TestCategory("RabbitMq")]
public sealed class RabbitMqTests
{
    private const string Everything = ".*";
    private static BrokerProcess _broker = null!;

    [ClassInitialize]
    public static async Task Start(TestContext context)
    {
        string[] rights = [.. Documentation.Block("set_topic_permissions").Split('\'')];
        string write = rights.First(r => r.StartsWith("^ec1", StringComparison.Ordinal));
        string read = rights.Last(r => r.StartsWith("^ec1", StringComparison.Ordinal));
        _broker = await BrokerProcess.RabbitMqAsync(JsonSerializer.Serialize(new
        {
            users = new[] { "alice", "bob", "dave", "erin", "fred", "guest" }.Select(name =>
                new { name, password = name == "guest" ? name : "secret", tags = "" }),
            vhosts = new[] { new { name = "/" } },
            permissions = new[] { "alice", "bob", "dave", "erin", "fred", "guest" }
                .Select(user => new { user, vhost = "/", configure = Everything, write = Everything, read = Everything }),
            topic_permissions = new[]
            {
                Topics("alice", write, read),
                Topics("bob", write.Replace("alice", "bob"), read.Replace("alice", "bob")),
                Topics("dave", @"^ec1\.p\.dave$|^ec1\.i\.bob\.dave$", Everything),
                Topics("fred", @"^ec1\.p\.fred$|^ec1\.i\.bob\.fred$", Everything),
                Topics("erin", Everything, @"^ec1\.p\..*$"),
            },
        }));
        static object Topics(string user, string write, string read) => new { user, vhost = "/", exchange = "amq.topic", write, read };
    }

    [ClassCleanup]
    public static async Task Stop() => await _broker.DisposeAsync();

    [TestMethod]
    [Timeout(600_000)]
    public async Task With_the_rights_that_the_documentation_gives_devices_are_whole_and_talk()
    {
        await using var alice = new PeerUnderTest(_broker.Address, "alice");
        await using var bob = new PeerUnderTest(_broker.Address, "bob");
        await alice.SendAsync("bob", "hello");
        await alice.Has("bob", Tick.Two);
        await alice.Settled();
        Assert.AreEqual((SessionState.Online, null), await alice.StateAsync());
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task A_denied_message_has_its_cross_and_the_others_go_on()
    {
        await using var dave = new PeerUnderTest(_broker.Address, "dave");
        await dave.Is(SessionState.Online);
        await dave.SendAsync("alice", "denied");
        await dave.SendAsync("bob", "allowed");
        await dave.Has("alice", Tick.Failed);
        Assert.Contains("denied", (await dave.FailureAsync("alice"))!);
        await dave.Until("at one tick or more with bob", e =>
            e.Messenger.Find("bob", false) is var c and >= 0 && e.Messenger.TickOf(e.Messenger.Newest(c)) is Tick.One or Tick.Two);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task A_pipe_says_that_its_message_was_denied()
    {
        // twice: the first one leaves no presence behind that keeps the next one out
        for (int run = 1; run <= 2; run++)
        {
            (int code, string error) = await PipeUnderTest.RunAsync(_broker.Address, "fred", "alice", "120");
            Assert.AreEqual(ExitCode.NotDelivered, code, error);
            Assert.Contains("1 of 1 not received by alice", error);
            Assert.Contains("denied", error);
        }
    }

    [TestMethod]
    [DoNotParallelize]
    [Timeout(600_000)]
    public async Task A_broker_that_is_killed_and_starts_is_waited_for_and_nobody_is_told_to_provision_again()
    {
        await using var alice = new PeerUnderTest(_broker.Address, "alice", name: "Alice");
        await using var bob = new PeerUnderTest(_broker.Address, "bob");
        await alice.Settled();
        await bob.Settled();
        await _broker.KillAsync();
        var states = new ConcurrentQueue<string>();
        Task isBack = alice.Until("online again", e =>
        {
            states.Enqueue($"{SessionWords.For(e.Session.State)}: {e.Session.Problem}");
            return e.Session.IsOnline && e.Session.ConnectionNumber > 1;
        });
        await _broker.StartAgainAsync();
        await isBack;
        string refused = SessionWords.For(SessionState.Refused);
        Assert.IsFalse(states.Any(s => s.StartsWith(refused, StringComparison.Ordinal)), string.Join('\n', states.Distinct()));
        await alice.SendAsync("bob", "again");
        await alice.Has("bob", Tick.Two);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task A_denied_filter_is_found_and_named()
    {
        await using var erin = new PeerUnderTest(_broker.Address, "erin");
        await erin.Is(SessionState.Degraded);
        Assert.Contains("does not let erin read ec1/i/erin/+: allow it", (await erin.StateAsync()).Problem!);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task The_demos_question_is_a_boards_question()
    {
        await BrokerProbe.CheckAsync(new BrokerLogin(_broker.Address), "probe", CancellationToken.None);
        ToolException refused = await Assert.ThrowsExactlyAsync<ToolException>(
            () => BrokerProbe.CheckAsync(new BrokerLogin(_broker.Address, "alice"), "probe", CancellationToken.None));
        Assert.AreEqual(ExitCode.Broker, refused.ExitCode);
        Assert.Contains("add \"password\"", refused.Message);
    }
}
