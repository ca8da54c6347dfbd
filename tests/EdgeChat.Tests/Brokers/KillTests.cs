using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Broker;
using MQTTnet;

namespace EdgeChat.Tests.Brokers;

/// <summary>A real Mosquitto that is killed: it says that the session is present, and what it retained and queued is gone.</summary>
[TestClass]
public sealed class KillTests
{
    [TestMethod]
    [Timeout(600_000)]
    public async Task What_Mosquitto_loses_with_kill_9_comes_back_and_who_was_invited_gets_in()
    {
        await using BrokerProcess broker = await BrokerProcess.MosquittoAsync(Documentation.MosquittoAcl);
        await using var alice = new PeerUnderTest(broker.Address, "alice", name: "Alice");
        await using var bob = new PeerUnderTest(broker.Address, "bob");
        await alice.SendAsync("bob", "hello");
        await alice.Has("bob", Tick.Two);
        await bob.SendAsync("alice", "hello to you");
        await bob.Has("alice", Tick.Two);
        await alice.Settled();
        await broker.SaveAsync();
        await bob.StopAsync();
        await alice.DoAsync((e, now) =>
        {
            int team = e.Messenger.CreateGroup("team", "Team", now);
            Assert.AreEqual(SendError.None, e.Messenger.AddMember(team, "bob", now));
        });
        await alice.SendAsync("bob", "you are invited");
        await alice.Has("bob", Tick.One);
        Assert.Contains("\"v\":2", await KeptAsync(broker.Address, "ec1/r/team"));

        await broker.KillAsync();
        int before = broker.Log.Length;
        await broker.StartAgainAsync();
        await alice.Until("online again", e => e.Session.IsOnline && e.Session.ConnectionNumber > 1);
        Assert.Contains("Sending CONNACK to alice (1, 0)", broker.Log[before..], "the session is present");
        bob.StartAgain();
        await bob.Until("in the group", e =>
            e.Messenger.Find("team", true) is var team and >= 0 && e.Messenger.CanWrite(team) && e.Messenger.MemberCountOf(team) == 2);
        await alice.Has("bob", Tick.Two);
        Assert.Contains("\"v\":2", await KeptAsync(broker.Address, "ec1/r/team"));
        Assert.Contains("Alice", await KeptAsync(broker.Address, "ec1/d/alice"));
        Assert.Contains("\"on\"", await KeptAsync(broker.Address, "ec1/p/alice"));
    }

    // waits for what is retained, or is published meanwhile
    private static async Task<string> KeptAsync(BrokerAddress broker, string topic)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += e =>
        {
            found.TrySetResult(e.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new BrokerLogin(broker, "zoe", "secret").Passing("zoe"));
        await client.SubscribeAsync(topic);
        return await found.Task.WaitAsync(Waiting.Longest);
    }
}
