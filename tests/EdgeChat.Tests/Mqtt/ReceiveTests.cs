using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.Tests.Mqtt;

/// <summary>How messages and answers to subscriptions come in.</summary>
[TestClass]
public class ReceiveTests
{
    private const string One = "Received t 6F6E65 dup False qos 1 retain False";
    private const string Two = "Received t 74776F dup False qos 1 retain False";

    [TestMethod]
    public void PUBACK_goes_out_before_the_handler_runs_and_slow_handlers_run_one_after_another()
    {
        using var s = new Situation();
        s.Connect();
        s.Client.MqttMsgPublishReceived += (_, _) =>
        {
            // were it not sent before, this would wait for ever
            s.WaitForPacket("40020007");
            s.WaitForPacket("40020008");
            s.Add("handler done");
        };
        s.Broker.Last!.Send("320800017400076F6E65");
        s.Broker.Last.Send("3208000174000874776F");
        s.WaitForEvent("handler done", 2);
        s.Trace.AssertOf(Situation.Dispatch, One, "handler done", Two, "handler done");
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket, "40020007", "40020008");
    }

    [TestMethod]
    public void An_exception_in_a_handler_closes_the_connection_after_what_is_queued_was_delivered()
    {
        using var s = new Situation();
        s.Connect();
        bool isFirst = true;
        s.Client.MqttMsgPublishReceived += (_, _) =>
        {
            s.WaitForPacket("40020008");
            if (isFirst)
            {
                isFirst = false;
                throw new InvalidOperationException("a handler's mistake");
            }
        };
        s.Broker.Last!.Send("320800017400076F6E65");
        s.Broker.Last.Send("3208000174000874776F");
        Trace.Entry closed = s.WaitForEvent("ConnectionClosed");
        s.WaitForClose();
        closed.AssertLater(s.WaitForEvent(One), 100);
        s.Trace.AssertOf(Situation.Dispatch, One, Two, "ConnectionClosed");
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket, "40020007", "40020008");
        Assert.IsFalse(s.Client.IsConnected);
        s.Network.WaitForThreads();
    }

    [TestMethod]
    public void Flags_and_lengths_are_read_as_they_are()
    {
        using var s = new Situation();
        s.Connect();
        s.Broker.Last!.Send("3103000174");
        s.Broker.Last.Send("3A0500026C740009");
        s.Broker.Last.Send("30CB01000174" + new string('4', 400));
        s.WaitForEvent("Received t  dup False qos 0 retain True");
        s.Trace.WaitFor(TestNetwork.Seen, "in 30CB01000174" + new string('4', 400));
        s.WaitForEvent($"Received t {new string('4', 400)} dup False qos 0 retain False");
    }

    [TestMethod]
    public void QoS_2_is_delivered_once_when_PUBREL_came()
    {
        using var s = new Situation();
        s.Connect();
        s.Broker.Last!.Send("340800017400076F6E65");
        s.WaitForPacket("50020007");
        s.Broker.Last.Send("3C0800017400076F6E65");
        s.WaitForPacket("50020007", 2);
        s.Broker.Last.Send("62020007");
        s.WaitForEvent("Received t 6F6E65 dup False qos 2 retain False");
        // the in-flight thread does one thing after another: with this message of ours confirmed, it has done with theirs
        s.Broker.Script = Situation.Acknowledge;
        s.Publish("x");
        s.WaitForEvent("Published 1 True");
        s.Broker.Last.Send("62020007");
        s.WaitForPacket("70020007", 2);
        s.Trace.AssertOf(Situation.Dispatch, "Received t 6F6E65 dup False qos 2 retain False", "Published 1 True");
    }

    [TestMethod]
    public void A_message_that_the_end_of_the_connection_cuts_short_arrives_with_zeros_at_its_end()
    {
        using var s = new Situation();
        s.Connect();
        s.Broker.Last!.Send("30060001746F");
        s.Broker.Last.Close();
        s.WaitForEvent("ConnectionClosed");
        s.Trace.AssertOf(Situation.Dispatch, "Received t 6F0000 dup False qos 0 retain False", "ConnectionClosed");
    }

    [TestMethod]
    public void Wrong_reserved_bits_close_the_connection_and_a_packet_that_only_clients_send_does_not()
    {
        using var s = new Situation();
        s.Connect();
        s.Broker.Last!.Send("C000");
        s.Broker.Last.Send("320800017400076F6E65");
        s.WaitForEvent(One);
        s.Broker.Last.Send("41020001");
        s.WaitForEvent("ConnectionClosed");
    }

    [TestMethod]
    public void SUBSCRIBE_without_SUBACK_is_sent_three_times_and_then_never_again()
    {
        using var s = new Situation();
        s.Connect();
        Assert.AreEqual(1, s.Client.Subscribe(["a/+", "b"], [MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtLeastOnce]));
        const string Subscribe = "820C00010003612F2B0100016201";
        Trace.Entry first = s.WaitForSent(Subscribe);
        Trace.Entry second = s.WaitForSent(Subscribe, 2);
        second.AssertLater(first, 600);
        Trace.Entry third = s.WaitForSent(Subscribe, 3);
        third.AssertLater(second, 600);

        // a message that is not confirmed either is given up after a fourth one would have come
        s.Publish("x");
        s.WaitForEvent("Published 2 False").AssertLater(third, 2000);
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket, Subscribe, Subscribe, Subscribe,
            "3206000174000278", "3A06000174000278", "3A06000174000278");
        s.Trace.AssertOf(Situation.Dispatch, "Published 2 False");
        Assert.IsTrue(s.Client.IsConnected);
    }

    [TestMethod]
    public void A_refused_subscription_is_an_event_with_128()
    {
        using var s = new Situation();
        s.Broker.Script = (connection, _) => connection.Send("9003000180");
        s.Connect();
        Assert.AreEqual(1, s.Client.Subscribe(["a"], [MqttQoSLevel.AtLeastOnce]));
        s.WaitForEvent("Subscribed 1: 128");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, "8206000100016101");
        s.Trace.AssertOnce(Situation.Dispatch, "Subscribed 1: 128");
        Assert.IsTrue(s.Client.IsConnected);
    }

    [TestMethod]
    public void UNSUBSCRIBE_is_answered_by_an_event()
    {
        using var s = new Situation();
        s.Broker.Script = (connection, _) => connection.Send("B0020001");
        s.Connect();
        Assert.AreEqual(1, s.Client.Unsubscribe(["a", "b/c"]));
        s.WaitForEvent("Unsubscribed 1");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, "A20A00010001610003622F63");
    }
}
