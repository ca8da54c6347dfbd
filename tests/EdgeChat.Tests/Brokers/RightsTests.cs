using EdgeChat.Core;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using MQTTnet.Protocol;
using MQTTnet.Server;

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

        (int code, string error) = await PipeUnderTest.RunAsync(broker.Address, "mallory", "alice", "15");
        Assert.AreEqual(ExitCode.Broker, code, error);
        Assert.Contains(words, error);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task MQTTnet_confirms_what_it_denies_and_the_missing_right_is_found_and_comes_back()
    {
        bool isAllowed = false;
        using ReservedPorts ports = ReservedPorts.Take();
        var address = new BrokerAddress("127.0.0.1", ports.First);
        using MqttServer server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointPort(ports.First).WithPersistentSessions().Build());
        server.InterceptingPublishAsync += e =>
        {
            // MQTT 3.1.1 has no code in its PUBACK (OASIS MQTT 3.1.1, section 3.4)
            e.ProcessPublish = Volatile.Read(ref isAllowed);
            if (!e.ProcessPublish) e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        await server.StartAsync();
        await using var mallory = new PeerUnderTest(address, "mallory");
        await mallory.Is(SessionState.Degraded);
        Assert.Contains("does not give back what mallory writes to ec1/p/mallory", (await mallory.StateAsync()).Problem!);
        (int code, string error) = await PipeUnderTest.RunAsync(address, "molly", "alice", "15");
        Assert.AreEqual(ExitCode.Broker, code, error);
        Assert.Contains("does not give back what molly writes to ec1/p/molly", error);
        Volatile.Write(ref isAllowed, true);
        await mallory.StopAsync();
        mallory.StartAgain();
        await mallory.Settled();
        Assert.AreEqual((SessionState.Online, null), await mallory.StateAsync());
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
}
