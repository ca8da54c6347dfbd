using nanoFramework.M2Mqtt.Exceptions;

namespace EdgeChat.Tests.Mqtt;

/// <summary>What a lost connection costs and what it does not.</summary>
[TestClass]
public class LossTests
{
    [TestMethod]
    public void A_broker_that_closes_is_told_on_the_dispatch_thread_a_little_later()
    {
        using var s = new Situation();
        s.Connect();
        s.Broker.Last!.Close();
        s.WaitForEvent("ConnectionClosed").AssertLater(s.Trace.WaitFor(ScriptedBroker.Broker, "closes"), 100);
        Assert.IsFalse(s.Client.IsConnected);
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket);
        s.Network.WaitForThreads();
        s.Trace.AssertOf(Situation.Dispatch, "ConnectionClosed");
    }

    [TestMethod]
    public void What_was_in_flight_is_gone_after_a_new_connection_and_nobody_is_told()
    {
        using var s = new Situation();
        s.Connect();
        s.Publish("x");
        s.WaitForPacket("3206000174000178");
        s.Broker.Last!.Close();
        s.WaitForEvent("ConnectionClosed");

        s.Broker.Script = Situation.Acknowledge;
        s.Connect();
        s.Publish("y");
        s.WaitForEvent("Published 2 True");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, "3206000174000178", Situation.ConnectPacket,
            "3206000174000279");
        s.Trace.AssertOf(Situation.Dispatch, "ConnectionClosed", "Published 2 True");
        Assert.IsTrue(s.Client.IsConnected);
    }

    [TestMethod]
    public void Connecting_again_inside_ConnectionClosed_works()
    {
        using var s = new Situation();
        s.Broker.Script = Situation.Acknowledge;
        s.Connect();
        bool isFirst = true;
        s.Client.ConnectionClosed += (_, _) =>
        {
            if (isFirst)
            {
                isFirst = false;
                s.Connect();
            }
        };
        s.Broker.Last!.Close();
        s.WaitForEvent("Connect gave 0");
        Assert.IsTrue(s.Client.IsConnected);
        Assert.AreEqual(1, s.Publish("after"));
        s.WaitForEvent("Published 1 True");
        s.Trace.AssertOf(Situation.Dispatch, "ConnectionClosed", "Connect gave 0", "Published 1 True");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, Situation.ConnectPacket, "320A00017400016166746572");
        s.Trace.AssertOf(Situation.Receive, "ConnectionOpened 0 False", "ConnectionOpened 0 False");
    }

    [TestMethod]
    public void What_is_published_without_a_connection_waits_for_the_next_and_Disconnect_throws()
    {
        using var s = new Situation();
        s.Broker.Script = Situation.Acknowledge;
        s.Connect();
        s.Broker.Last!.Close();
        s.WaitForEvent("ConnectionClosed");
        Assert.AreEqual(1, s.Publish("lost?"));
        MqttCommunicationException e = Assert.ThrowsExactly<MqttCommunicationException>(s.Client.Disconnect);
        Assert.IsInstanceOfType<ObjectDisposedException>(e.InnerException);

        s.Connect();
        s.WaitForEvent("Published 1 True");

        // kept twice, by the queue and by the session, and yet sent and confirmed once
        Assert.AreEqual(2, s.Publish("y"));
        s.WaitForEvent("Published 2 True");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, Situation.ConnectPacket, "320A00017400016C6F73743F",
            "3206000174000279");
        s.Trace.AssertOf(Situation.Dispatch, "ConnectionClosed", "Published 1 True", "Published 2 True");
    }

    [TestMethod]
    public void A_network_that_dies_is_noticed_as_a_lost_connection()
    {
        using var s = new Situation();
        s.Connect();
        s.Network.CutConnections();
        s.WaitForEvent("ConnectionClosed");
        s.WaitForClose();
        Assert.IsFalse(s.Client.IsConnected);
    }
}
