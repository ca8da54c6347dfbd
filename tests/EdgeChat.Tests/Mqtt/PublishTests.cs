using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.Tests.Mqtt;

/// <summary>How messages go out, are repeated and confirmed.</summary>
[TestClass]
public class PublishTests
{
    private const string First = "3206000174000178";
    private const string FirstAgain = "3A06000174000178";

    [TestMethod]
    public void A_message_is_confirmed_on_the_dispatch_thread_when_PUBACK_came()
    {
        using var s = new Situation();
        s.Broker.Script = Situation.Acknowledge;
        s.Connect();
        Assert.AreEqual(1, s.Publish("x"));
        s.WaitForEvent("Published 1 True").AssertAfter(s.Trace.WaitFor(ScriptedBroker.Broker, "sends 40020001"));
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, First);
        s.Trace.AssertOf(Situation.Dispatch, "Published 1 True");
        s.Trace.AssertOnce(TestNetwork.Seen, "out " + Situation.ConnectPacket, "in 20020000", "out " + First, "in 40020001");
    }

    [TestMethod]
    public void Without_PUBACK_a_message_is_sent_three_times_a_second_apart_and_then_reported_as_not_published()
    {
        using var s = new Situation();
        s.Connect();
        s.Publish("x");
        Trace.Entry first = s.WaitForSent(First);
        Trace.Entry second = s.WaitForSent(FirstAgain);
        Trace.Entry third = s.WaitForSent(FirstAgain, 2);
        Trace.Entry end = s.WaitForEvent("Published 1 False");
        second.AssertLater(first, 600);
        third.AssertLater(second, 600);
        end.AssertLater(third, 600);

        // a message after it shows that nothing is left of the first
        s.Broker.Script = Situation.Acknowledge;
        s.Publish("y");
        s.WaitForEvent("Published 2 True");
        s.Trace.AssertBegins(ScriptedBroker.FromClient, Situation.ConnectPacket, First, FirstAgain, FirstAgain, "3206000174000279");
        s.Trace.AssertOf(Situation.Dispatch, "Published 1 False", "Published 2 True");
        Assert.IsTrue(s.Client.IsConnected);
    }

    [TestMethod]
    public void A_late_PUBACK_confirms_and_one_for_a_message_that_is_done_does_no_harm()
    {
        using var s = new Situation();
        s.Connect();
        s.Publish("x");
        s.WaitForSent(FirstAgain).AssertLater(s.WaitForSent(First), 600);
        s.Broker.Last!.Send("40020001");
        s.WaitForEvent("Published 1 True");

        s.Publish("y");
        Trace.Entry sent = s.WaitForSent("3206000174000279");
        s.Broker.Last.Send("40020001");
        s.WaitForSent("3A06000174000279").AssertLater(sent, 600);
        s.Broker.Last.Send("40020002");
        s.WaitForEvent("Published 2 True");
        s.Broker.Last.Send("40020002");
        s.Trace.WaitFor(TestNetwork.Seen, "in 40020002", 2);
        s.Trace.AssertOf(Situation.Dispatch, "Published 1 True", "Published 2 True");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, First, FirstAgain, "3206000174000279", "3A06000174000279");
    }

    // One PUBACK after another: the client looks at the oldest one only, so that one which comes while it goes through the messages can
    // be thrown away (see InFlightThread). It sends that message again then, which the broker confirms as any does.
    [TestMethod]
    public void Twenty_messages_at_once_go_out_at_once_and_each_is_confirmed()
    {
        using var s = new Situation();
        s.Connect();
        string[] messages = [.. Enumerable.Range(1, 20).Select(i => Message(i))];
        for (int i = 1; i <= 20; i++)
            Assert.AreEqual(i, s.Publish("m" + (i - 1)));
        foreach (string message in messages) s.WaitForPacket(message);
        s.Broker.Script = (connection, packet) =>
        {
            if (packet.StartsWith("3A", StringComparison.Ordinal)) connection.Send("4002" + packet[10..14]);
        };
        for (int i = 1; i <= 20; i++)
        {
            s.Broker.Last!.Send($"4002{i:X4}");
            s.WaitForEvent($"Published {i} True");
        }

        Assert.AreEqual(20, s.Trace.Of(Situation.Dispatch).Split('\n').Length, "each is told once");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, [Situation.ConnectPacket, .. messages]);

        static string Message(int id)
        {
            string text = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes("m" + (id - 1)));
            return $"32{5 + text.Length / 2:X2}000174{id:X4}{text}";
        }
    }

    [TestMethod]
    public void QoS_0_has_no_identifier_and_no_event_but_takes_a_number()
    {
        using var s = new Situation();
        s.Broker.Script = Situation.Acknowledge;
        s.Connect();
        Assert.AreEqual(1, s.Client.Publish("t", "x"u8.ToArray()));
        Assert.AreEqual(2, s.Publish("x"));
        s.WaitForEvent("Published 2 True");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, "300400017478", "3206000174000278");
        s.Trace.AssertOf(Situation.Dispatch, "Published 2 True");
    }

    [TestMethod]
    public void QoS_2_is_confirmed_by_PUBCOMP_and_each_half_is_repeated()
    {
        using var s = new Situation();
        s.Connect();
        s.Publish("x", MqttQoSLevel.ExactlyOnce);
        s.WaitForSent("3C06000174000178").AssertLater(s.WaitForSent("3406000174000178"), 600);
        s.Broker.Last!.Send("50020001");
        s.WaitForSent("62020001", 2).AssertLater(s.WaitForSent("62020001"), 600);
        s.Broker.Last.Send("70020001");
        s.WaitForEvent("Published 1 True");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, "3406000174000178", "3C06000174000178", "62020001");
    }

    [TestMethod]
    public void A_full_queue_refuses_to_publish_and_drops_what_comes_without_PUBACK()
    {
        using var s = new Situation();
        s.Connect();
        s.Client.Settings.InflightQueueSize = 0;
        MqttClientException full = Assert.ThrowsExactly<MqttClientException>(() => s.Publish("x"));
        Assert.AreEqual(MqttClientErrorCode.InflightQueueFull, full.ErrorCode);
        s.Broker.Last!.Send("320800017400076F6E65");
        s.Broker.Last.Send("D000");
        s.Trace.WaitFor(TestNetwork.Seen, "in D000");
        s.Client.Settings.InflightQueueSize = 10;
        s.Broker.Last.Send("3208000174000874776F");
        s.WaitForPacket("40020008");
        s.WaitForEvent("Received t 74776F dup False qos 1 retain False");
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket, "40020008");
    }

    [TestMethod]
    public void A_topic_with_a_wildcard_is_found_when_it_is_sent_and_costs_the_connection()
    {
        using var s = new Situation();
        s.Connect();
        s.Client.Publish("a/#", [1]);
        s.WaitForEvent("ConnectionClosed");
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket);
    }

    [TestMethod]
    public void Many_answers_that_nobody_waits_for_hide_the_one_that_somebody_waits_for()
    {
        // as the real client: at each message only the oldest answer is looked at, and one a pass is thrown away
        using var s = new Situation();
        s.Connect(keepAlive: 2);
        for (int i = 0; i < 6; i++)
            s.Broker.Last!.Send("40020063");
        s.Trace.WaitFor(TestNetwork.Seen, "in 40020063", 6);
        s.Broker.Script = Situation.Acknowledge;
        s.Publish("x");

        // after two quiet seconds the message is out of the queue, neither confirmed nor given up
        s.WaitForPacket("C000").AssertAfter(s.WaitForPacket(First));
        s.Trace.AssertOf(Situation.Dispatch);
        s.Trace.AssertOnce(ScriptedBroker.FromClient, s.Trace.Of(ScriptedBroker.FromClient).Split('\n')[0], First, "C000");
    }

    [TestMethod]
    public void Content_type_and_user_properties_need_MQTT_5()
    {
        using var s = new Situation();
        Assert.ThrowsExactly<NotSupportedException>(() => s.Client.Publish("t", [1], "text/plain"));
        Assert.AreEqual(2, s.Client.Publish("t", [1]), "a refused message takes a number too");
    }
}
