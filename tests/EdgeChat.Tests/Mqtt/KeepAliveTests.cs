namespace EdgeChat.Tests.Mqtt;

/// <summary>When the client says that it is there, and when it gives the broker up.</summary>
[TestClass]
public class KeepAliveTests
{
    private const string ConnectPacket = "104100044D51545404EC00020005616C696365000B6563312F702F616C696365"
        + "00127B2273223A226C6F7374222C2262223A317D0005616C6963650006736563726574";

    [TestMethod]
    public void PINGREQ_comes_after_each_period_in_which_nothing_was_sent()
    {
        using var s = new Situation();
        s.Broker.Script = (connection, _) => connection.Send("D000");
        s.Connect(keepAlive: 2);
        Trace.Entry first = s.WaitForSent("C000");
        first.AssertLater(s.WaitForSent(ConnectPacket), 1300);
        s.WaitForSent("C000", 2).AssertLater(first, 1300);
        s.WaitForPacket("C000", 2);
        s.Trace.WaitFor(TestNetwork.Seen, "in D000", 2);
        s.Trace.AssertBegins(ScriptedBroker.FromClient, ConnectPacket, "C000", "C000");
        Assert.IsTrue(s.Client.IsConnected);
    }

    [TestMethod]
    public void Without_PINGRESP_the_connection_is_given_up_after_another_period()
    {
        using var s = new Situation();
        s.Connect(keepAlive: 2);
        Trace.Entry ping = s.WaitForSent("C000");
        s.WaitForEvent("ConnectionClosed").AssertLater(ping, 1300);
        s.WaitForClose();
        s.Trace.AssertOf(ScriptedBroker.FromClient, ConnectPacket, "C000");
        s.Trace.AssertOf(Situation.Dispatch, "ConnectionClosed");
        Assert.IsFalse(s.Client.IsConnected);
    }

    [TestMethod]
    public void Sending_puts_PINGREQ_off_and_receiving_does_not()
    {
        using var s = new Situation();
        s.Connect(keepAlive: 2);
        s.Publish("x");
        Trace.Entry last = s.WaitForSent("3A06000174000178", 2);
        s.WaitForEvent("Published 1 False");
        s.Broker.Last!.Send("30040001746F");
        Trace.Entry ping = s.WaitForSent("C000");
        ping.AssertLater(last, 1300);
        s.WaitForPacket("C000");
        s.Trace.AssertOf(ScriptedBroker.FromClient, ConnectPacket, "3206000174000178", "3A06000174000178", "3A06000174000178", "C000");
    }
}
