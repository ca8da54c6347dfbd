using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tests.Brokers;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tool.Broker;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A whole board at a broker of TLS 1.2 that joins many small messages into records above 4,390 bytes, each of which ends its
/// connection.</summary>
[TestClass]
public sealed class JoinedRecordTests : IAsyncDisposable
{
    private const int TooLarge = 4390;
    private const int Most = 8; // two that end, one that ends on what had waited, one to forget that, and the one that goes on

    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-joined-").FullName;
    private readonly TestCa _ca = new("fleet");
    private readonly MosquittoBroker _broker;
    private readonly TestBoard _board = new();
    private JoiningRelay? _relay;

    public JoinedRecordTests() => _broker = new MosquittoBroker(Path.Combine(_folder, "broker"));

    [TestMethod]
    public async Task Retained_messages_that_come_joined_make_no_loop()
    {
        string[] contacts = ["bob", "carol", "dave", "erin", "frank", "grace"];
        await StartAsync(contacts);
        using (IMqttClient publisher = await ClientAsync("publisher"))
            foreach (string contact in contacts)
                await publisher.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("ec1/d/" + contact)
                    .WithPayload(new byte[1400]).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        await using var bob = new PeerUnderTest(Plain, "bob", null);
        _board.Board.PowerOn();
        await bob.SendAsync("alice", "hello");
        await bob.Has("alice", Tick.Two);
        Assert.IsGreaterThan(TooLarge, _relay!.Longest);
        Assert.IsLessThan(Most, _relay.Connections, "no loop");
    }

    [TestMethod]
    public async Task Texts_that_come_joined_are_all_there_with_two_ticks_each()
    {
        await StartAsync("bob");
        await using var bob = new PeerUnderTest(Plain, "bob", null);
        _board.Board.PowerOn();
        await bob.SendAsync("alice", "hello");
        await bob.Has("alice", Tick.Two);
        int before = _relay!.Connections;
        for (int i = 0; i < 12; i++) await bob.SendAsync("alice", i + new string('x', 1000));
        await bob.Until("at two ticks with every text", e => AllHave(e.Messenger, Tick.Two));
        Assert.IsGreaterThan(TooLarge, _relay.Longest);
        Assert.IsLessThan(Most, _relay.Connections - before, "no loop");
    }

    public async ValueTask DisposeAsync()
    {
        _board.Dispose();
        _relay?.Dispose();
        await _broker.DisposeAsync();
        _ca.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool AllHave(Messenger messenger, Tick tick)
    {
        int message = messenger.Newest(messenger.Find("alice", false));
        while (message >= 0 && messenger.TickOf(message) == tick) message = messenger.Older(message);
        return message < 0;
    }

    private BrokerAddress Plain => new("127.0.0.1", _broker.Port);

    private async Task StartAsync(params string[] contacts)
    {
        await _broker.StartAsync();
        _relay = new JoiningRelay(_ca, _broker.Port);
        _board.Put("board.json", TestBoard.Hardware);
        _board.Put("ca.pem", _ca.Pem);
        _board.Put("edgechat.json", $$"""
            { "id": "alice", "host": "127.0.0.1", "port": {{_relay.Port}}, "tls": true,
              "contacts": [{{string.Join(", ", contacts.Select(c => $"\"{c}\""))}}] }
            """);
    }

    private async Task<IMqttClient> ClientAsync(string id)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new BrokerLogin(Plain).Passing(id));
        return client;
    }
}
