using EdgeChat.Tool.Broker;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.Tests.Mqtt;

/// <summary>The client with a broker that nobody wrote a script for.</summary>
[TestClass]
public class MqttNetTests
{
    private static readonly string[] Everything = ["#"];

    [TestMethod]
    public async Task What_one_publishes_the_other_gets_and_a_kept_session_brings_what_was_missed()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using var alice = new Situation();
        using var bob = new Situation();
        alice.Make(broker.Address.Port);
        bob.Make(broker.Address.Port);
        alice.Connect();
        Connect(bob);
        bob.Client.Subscribe(["t"], [MqttQoSLevel.AtLeastOnce]);
        bob.WaitForEvent("Subscribed 1: 1");
        alice.Publish("a");
        alice.WaitForEvent("Published 1 True");
        bob.WaitForEvent("Received t 61 dup False qos 1 retain False");

        bob.Client.Disconnect();
        bob.WaitForEvent("ConnectionClosed");
        alice.Publish("b");
        alice.WaitForEvent("Published 2 True");
        Connect(bob);
        bob.WaitForEvent("Received t 62 dup False qos 1 retain False");
        bob.Trace.AssertOf(Situation.Receive, "ConnectionOpened 0 False", "ConnectionOpened 0 True");
        await broker.StopAsync();
        alice.WaitForEvent("ConnectionClosed");
    }

    [TestMethod]
    public async Task A_network_that_dies_brings_the_will_and_Disconnect_does_not()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using var bob = new Situation();
        bob.Make(broker.Address.Port);
        Connect(bob);
        bob.Client.Subscribe(Everything, [MqttQoSLevel.AtLeastOnce]);
        bob.WaitForEvent("Subscribed 1: 1");
        using (var alice = new Situation())
        {
            alice.Make(broker.Address.Port);
            alice.Connect();
            alice.Client.Disconnect();
            alice.WaitForEvent("ConnectionClosed");
            alice.Connect();
            alice.Publish("x");
            bob.WaitForEvent("Received t 78 dup False qos 1 retain False");
            Assert.DoesNotContain("ec1/p/alice", bob.Trace.Of(Situation.Dispatch));
            alice.Network.CutPower();
        }
        bob.WaitForEvent("Received ec1/p/alice 7B2273223A226C6F7374222C2262223A317D dup False qos 1 retain False");
        await broker.StopAsync();
    }

    private static void Connect(Situation s)
        => Assert.AreEqual(MqttReasonCode.Success, s.Client.Connect("bob", null, null, false, 60));
}
