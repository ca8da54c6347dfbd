using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Brokers;

/// <summary>Rights at real brokers: what the documentation gives is enough, and what is missing is said.</summary>
[TestClass]
public sealed class RightsTests
{
    private const string Mosquitto = "mosquitto";
    private const string Nats = "nats";

    [TestMethod]
    [Timeout(600_000)]
    [DataRow(Mosquitto)]
    [DataRow(Nats)]
    public async Task With_the_rights_that_the_documentation_gives_devices_are_whole_and_talk(string kind)
    {
        await using BrokerProcess broker = await (kind == Nats
            ? BrokerProcess.NatsAsync(Documentation.NatsAuthorization("alice", "bob"))
            : BrokerProcess.MosquittoAsync(Documentation.MosquittoAcl));
        await using var alice = new PeerUnderTest(broker.Address, "alice");
        await using var bob = new PeerUnderTest(broker.Address, "bob");
        await alice.SendAsync("bob", "hello");
        await alice.Has("bob", Tick.Two);
        await alice.Settled();
        await bob.Settled();
        Assert.AreEqual((SessionState.Online, null), await alice.StateAsync());
        Assert.AreEqual((SessionState.Online, null), await bob.StateAsync());
    }

    [TestMethod]
    [Timeout(600_000)]
    [DataRow(Mosquitto, "does not give back what mallory writes to ec1/p/mallory: allow it to write and to read there")]
    [DataRow(Nats, "does not let mallory read ec1/i/mallory/+")]
    public async Task A_device_without_any_right_says_so_and_a_pipe_ends_with_4(string kind, string words)
    {
        await using BrokerProcess broker = await (kind == Nats
            ? BrokerProcess.NatsAsync("""
                authorization { users: [ { user: mallory, password: secret, permissions: { publish: ["none"], subscribe: ["none"] } } ] }
                """)
            : BrokerProcess.MosquittoAsync("user alice\ntopic readwrite #\n"));
        await using (var mallory = new PeerUnderTest(broker.Address, "mallory"))
        {
            await mallory.Is(SessionState.Degraded);
            Assert.Contains(words, (await mallory.StateAsync()).Problem!);
        }

        (int code, string error) = await PipeAsync(broker, "mallory", "15");
        Assert.AreEqual(ExitCode.Broker, code, error);
        Assert.Contains(words, error);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task NATS_without_the_right_to_its_own_subject_refuses_all_and_the_cure_is_said()
    {
        string rights = Documentation.NatsAuthorization("alice").Replace(", \"$MQTT.sub.>\"", "", StringComparison.Ordinal);
        await using BrokerProcess broker = await BrokerProcess.NatsAsync(rights);
        await using var alice = new PeerUnderTest(broker.Address, "alice");
        await alice.Is(SessionState.Degraded);
        Assert.Contains("NATS: $MQTT.sub.> too", (await alice.StateAsync()).Problem!);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task Of_the_filters_only_the_refused_one_is_named()
    {
        string rights = Documentation.NatsAuthorization("alice").Replace("\"ec1.i.alice.*\", ", "", StringComparison.Ordinal);
        await using BrokerProcess broker = await BrokerProcess.NatsAsync(rights);
        await using var alice = new PeerUnderTest(broker.Address, "alice");
        await alice.Is(SessionState.Degraded);
        Assert.Contains("does not let alice read ec1/i/alice/+: allow it", (await alice.StateAsync()).Problem!);
    }

    private static async Task<(int Code, string Error)> PipeAsync(BrokerProcess broker, string id, string seconds)
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-chat-").FullName;
        try
        {
            string secret = Path.Combine(folder, "secret");
            File.WriteAllText(secret, "secret\n");
            using var error = new StringWriter();
            using var host =
                new ToolHost { Out = new StringWriter(), Error = error, In = new LineInput(new MemoryStream("x\n"u8.ToArray())) };
            int code = await EdgeChatCommand.RunAsync(
                [
                    "chat", "--as", id, "--to", "alice", "--broker", broker.Address.ToString(), "--data", folder,
                    "--password-file", secret, "--timeout", seconds,
                ],
                host);
            return (code, error.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
