using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Tool;

/// <summary>The broker inside the demo keeps what a broker must keep, over a stop and a start too.</summary>
[TestClass]
public class EmbeddedBrokerTests
{
    private static readonly TimeSpan Limit = Waiting.Longest;

    [TestMethod]
    public async Task A_message_for_a_client_that_is_away_waits_over_stop_and_start()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using (var bob = await ConnectAsync(broker, "bob"))
        {
            await bob.SubscribeAsync("ec1/i/bob/+", MqttQualityOfServiceLevel.AtLeastOnce);
            await bob.DisconnectAsync();
        }

        using (var alice = await ConnectAsync(broker, "alice"))
        {
            foreach (var text in new[] { "one", "two", "three" })
                await alice.PublishStringAsync("ec1/i/bob/alice", text, MqttQualityOfServiceLevel.AtLeastOnce);
            await alice.DisconnectAsync();
        }

        Assert.AreEqual(3, await broker.WaitingForAsync("bob"));
        var address = broker.Address;
        await broker.StopAsync();
        Assert.IsFalse(broker.IsRunning);
        await broker.StartAsync();
        Assert.AreEqual(address, broker.Address);

        var received = new List<string>();
        var all = new TaskCompletionSource();
        using var again = await ConnectAsync(broker, "bob", text =>
        {
            received.Add(text);
            if (received.Count == 3)
                all.SetResult();
        });
        await all.Task.WaitAsync(Limit);
        CollectionAssert.AreEqual(new[] { "one", "two", "three" }, received);
    }

    // as a program that is being started has a copy of the port that was closed, until it is loaded
    [TestMethod]
    public async Task It_comes_back_on_its_port_when_that_is_free_a_moment_later()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        BrokerAddress address = broker.Address;
        await broker.StopAsync();
        using var other = new TcpListener(IPAddress.Loopback, address.Port);
        other.Start();
        Task starting = broker.StartAsync(); // its first try is over when this comes back
        other.Stop();
        await starting;
        Assert.AreEqual(address, broker.Address);
        using var alice = await ConnectAsync(broker, "alice");
    }

    [TestMethod]
    public void A_port_that_is_reserved_or_listened_on_is_not_given_to_another()
    {
        ReservedPorts mine = ReservedPorts.Take();
        Assert.IsNull(ReservedPorts.TryTake(mine.First, 1));
        using var listener = new TcpListener(IPAddress.Loopback, mine.First);
        listener.Start();
        mine.Dispose();
        Assert.IsNull(ReservedPorts.TryTake(mine.First, 1));
    }

    [TestMethod]
    public async Task A_retained_message_is_there_after_stop_and_start_and_can_be_cleared()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        var changes = new List<string>();
        broker.RetainedChanged += (topic, body) => changes.Add($"{topic} {Encoding.UTF8.GetString(body)}");
        using (var alice = await ConnectAsync(broker, "alice"))
            await alice.PublishStringAsync("ec1/p/alice", "on", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        await broker.StopAsync();
        await broker.StartAsync();

        var got = new TaskCompletionSource<string>();
        using var bob = await ConnectAsync(broker, "bob", text => got.TrySetResult(text));
        await bob.SubscribeAsync("ec1/p/+", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.AreEqual("on", await got.Task.WaitAsync(Limit));
        Assert.AreEqual("on", Encoding.UTF8.GetString(broker.Retained("ec1/p/alice")!));

        await bob.PublishBinaryAsync("ec1/p/alice", [], MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        Assert.IsNull(broker.Retained("ec1/p/alice"));
        CollectionAssert.AreEqual(new[] { "ec1/p/alice on", "ec1/p/alice " }, changes);
    }

    [TestMethod]
    public async Task A_client_that_breaks_off_leaves_its_will()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        var will = new TaskCompletionSource<string>();
        broker.RetainedChanged += (_, body) => will.TrySetResult(Encoding.UTF8.GetString(body));
        var alice = new MqttClientFactory().CreateMqttClient();
        await alice.ConnectAsync(Options(broker, "alice").WithWillTopic("ec1/p/alice").WithWillPayload("lost").WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        alice.Dispose();
        Assert.AreEqual("lost", await will.Task.WaitAsync(Limit));
    }

    [TestMethod]
    public async Task It_tells_of_clients_and_packets()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        var packets = new List<BrokerPacket>();
        broker.Packet += p =>
        {
            lock (packets)
                packets.Add(p);
        };
        using var alice = await ConnectAsync(broker, "alice");
        await alice.PublishStringAsync("ec1/i/bob/alice", "hi", MqttQualityOfServiceLevel.AtLeastOnce);
        CollectionAssert.AreEqual(new[] { "alice" }, broker.Clients.ToArray());
        lock (packets)
        {
            CollectionAssert.Contains(packets, new BrokerPacket("alice", true, "PUBLISH", "ec1/i/bob/alice"));
            CollectionAssert.Contains(packets, new BrokerPacket("alice", false, "PUBACK", null));
        }

        Assert.IsTrue(broker.PacketsReceived >= 1 && broker.PacketsSent >= 2,
            $"{broker.PacketsReceived} received, {broker.PacketsSent} sent");
    }

    [TestMethod]
    public async Task A_client_without_an_identifier_gets_one_when_its_session_is_clean()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        var two = new TaskCompletionSource();
        broker.StateChanged += () =>
        {
            if (broker.Clients.Count == 2)
                two.TrySetResult();
        };
        using var plain = new MqttClientFactory().CreateMqttClient();
        await plain.ConnectAsync(Options(broker, "").WithCleanSession().Build());
        using var other = new MqttClientFactory().CreateMqttClient();
        await other.ConnectAsync(Options(broker, "").WithCleanSession().Build());
        await two.Task.WaitAsync(Limit); // each has a name of its own, so neither pushed the other out

        // CONNECT of 3.1.1 with a session that is kept and no name: section 3.1.3.1 forbids it
        using var tcp = new TcpClient("127.0.0.1", broker.Address.Port);
        await tcp.GetStream().WriteAsync(new byte[] { 0x10, 12, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 0, 0, 60, 0, 0 });
        Assert.AreEqual(0, await tcp.GetStream().ReadAsync(new byte[4]).AsTask().WaitAsync(Limit), "the connection is closed");
    }

    [TestMethod]
    public async Task Two_brokers_take_two_ports_outside_the_range_of_outgoing_connections()
    {
        await using var one = new EmbeddedBroker();
        await using var two = new EmbeddedBroker();
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        Assert.AreNotEqual(one.Address.Port, two.Address.Port);
        Assert.IsTrue(one.Address.Port < 32768 && two.Address.Port < 32768);
    }

    [TestMethod]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var one = new EmbeddedBroker();
        await one.StartAsync();
        await using var two = new EmbeddedBroker();
        var e = await Assert.ThrowsExactlyAsync<ToolException>(() => two.StartAsync(one.Address.Port));
        StringAssert.Contains(e.Message, $"127.0.0.1:{one.Address.Port}");
        Assert.AreEqual(ExitCode.Machine, e.ExitCode);
    }

    private static async Task<IMqttClient> ConnectAsync(EmbeddedBroker broker, string id, Action<string>? onText = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            onText?.Invoke(Encoding.UTF8.GetString(e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(Options(broker, id).Build());
        return client;
    }

    private static MqttClientOptionsBuilder Options(EmbeddedBroker broker, string id) => new MqttClientOptionsBuilder()
        .WithTcpServer(broker.Address.Host, broker.Address.Port)
        .WithProtocolVersion(MqttProtocolVersion.V311)
        .WithClientId(id)
        .WithCleanSession(false);
}
