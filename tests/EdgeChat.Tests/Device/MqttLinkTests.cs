using System.Text;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>Link actions become packets, and what the broker does becomes link events.</summary>
[TestClass]
public class MqttLinkTests
{
    private const int ConnectTicket = 11;

    [TestMethod]
    public void Connect_carries_who_the_board_is_and_its_will_and_keeps_the_session() => WithLink((broker, link) =>
    {
        link.Do(Connect());
        byte[] connect = broker.AcceptWith(0, sessionPresent: true);
        Assert.AreEqual("MQTT", Text(connect, 2, 4));
        Assert.AreEqual(0b1110_1100, connect[7], "user, password, will retained with QoS 1, clean session off");
        Assert.AreEqual(45, (connect[8] << 8) + connect[9], "three quarters of the keep-alive: the library waits for two of them");
        Assert.AreEqual("\0\u0005alice\0\u000Bec1/p/alice\0\u0012{\"s\":\"lost\",\"b\":1}\0\u0005alice\0\u0006secret",
            Text(connect, 10, connect.Length - 10));
        LinkEvent connected = link.Next(LinkEventKind.Connected);
        Assert.IsTrue(connected.Flag, "session present");
        Assert.AreEqual(ConnectTicket, connected.Ticket);
    });

    [TestMethod]
    public void A_refusal_is_reported_with_its_code_and_ends_the_connection() => WithLink((broker, link) =>
    {
        link.Do(Connect());
        broker.AcceptWith(5);
        LinkEvent refused = link.Next(LinkEventKind.Refused);
        Assert.AreEqual((5, ConnectTicket), (refused.Code, refused.Ticket));
        Assert.AreEqual(0, broker.ExpectEnd().Count, "nothing is sent before the socket closes");

        link.Do(Connect(12));
        broker.AcceptWith(0);
        Assert.AreEqual(12, link.Next(LinkEventKind.Connected).Ticket, "the next try is a connection of its own");
    });

    [TestMethod]
    public void A_refusal_is_a_refusal_although_the_broker_closes_right_behind_it() => WithLink((broker, link) =>
    {
        for (int ticket = 1; ticket <= 20; ticket++)
        {
            link.Do(Connect(ticket));
            broker.AcceptWith(5);
            broker.HangUp();
            LinkEvent refused = link.Next(LinkEventKind.Refused);
            Assert.AreEqual((5, ticket), (refused.Code, refused.Ticket));
        }
    });

    [TestMethod]
    public void A_broker_that_is_not_there_is_told_in_words() => WithLink((broker, link) =>
    {
        int port = broker.Port;
        broker.Dispose();
        link.Do(Connect());
        LinkEvent failed = link.Next(LinkEventKind.ConnectFailed);
        Assert.AreEqual($"nothing listens at 127.0.0.1:{port}. Is the broker running?", failed.Reason);
        Assert.AreEqual(ConnectTicket, failed.Ticket);
    });

    [TestMethod]
    public void A_host_that_does_not_exist_is_told_in_words() => TestBoard.Run(() =>
    {
        var link = new LinkUnderTest(new DeviceConfig { Me = { DeviceId = "alice" }, Host = "broker.invalid" });
        link.Do(Connect());
        Assert.AreEqual("the name in broker.invalid:1883 is not known. Check host.", link.Next(LinkEventKind.ConnectFailed).Reason);
    });

    [TestMethod]
    public void Without_Wi_Fi_the_way_to_the_broker_is_missing() => WithLink((broker, link) =>
    {
        Board.Current!.Wifi.IsUp = false;
        link.Do(Connect());
        Assert.AreEqual($"no way to 127.0.0.1:{broker.Port}. Same network?", link.Next(LinkEventKind.ConnectFailed).Reason);
    });

    [TestMethod]
    public void Each_PUBACK_comes_back_under_the_ticket_of_its_publish() => WithLink((broker, link) =>
    {
        Open(broker, link);
        for (int ticket = 101; ticket <= 103; ticket++) link.Do(Publish("ec1/i/bob/alice", "hi " + ticket, ticket));
        byte[][] sent = [broker.Expect(RawBroker.Publish), broker.Expect(RawBroker.Publish), broker.Expect(RawBroker.Publish)];
        Assert.IsTrue(Encoding.UTF8.GetString(sent[1]).EndsWith("hi 102", StringComparison.Ordinal));
        foreach (int i in new[] { 2, 0, 1 }) broker.Confirm(sent[i]);
        // one that is confirmed before its publish has returned is told then, so it may come last
        LinkEvent[] told = [.. sent.Select(_ => link.Next(LinkEventKind.Published)).OrderBy(e => e.Ticket)];
        Assert.AreEqual("101 102 103", string.Join(' ', told.Select(e => e.Ticket)));
        Assert.IsTrue(told.All(e => e.Flag));
    });

    [TestMethod]
    public void The_one_publish_of_three_that_is_confirmed_comes_back_under_its_ticket() => WithLink((broker, link) =>
    {
        Open(broker, link);
        for (int ticket = 101; ticket <= 103; ticket++) link.Do(Publish("ec1/i/bob/alice", "hi " + ticket, ticket));
        byte[][] sent = [broker.Expect(RawBroker.Publish), broker.Expect(RawBroker.Publish), broker.Expect(RawBroker.Publish)];
        broker.Confirm(sent[1]);
        Assert.AreEqual(102, link.Next(LinkEventKind.Published).Ticket);
    });

    [TestMethod]
    public void A_thousand_publishes_that_are_confirmed_at_once_each_come_back_once() => WithLink((broker, link) =>
    {
        const int count = 1000;
        Open(broker, link);
        Task confirming = Task.Run(() =>
        {
            for (int i = 0; i < count; i++) broker.Confirm(broker.Expect(RawBroker.Publish));
        });
        for (int ticket = 1; ticket <= count; ticket++)
        {
            link.Do(Publish("t", "x", ticket));
            LinkEvent published = link.Next(LinkEventKind.Published);
            Assert.AreEqual((ticket, true), (published.Ticket, published.Flag));
        }

        Assert.IsTrue(confirming.Wait(TestBoard.Patience));
    });

    [TestMethod]
    public void A_publish_without_PUBACK_is_reported_as_not_confirmed() => WithLink((broker, link) =>
    {
        Open(broker, link);
        link.Do(Publish("t", "x", 5));
        broker.Expect(RawBroker.Publish);
        LinkEvent published = link.Next(LinkEventKind.Published);
        Assert.AreEqual((5, false), (published.Ticket, published.Flag));
    });

    [TestMethod]
    public void Granted_and_refused_filters_come_back_under_the_ticket() => WithLink((broker, link) =>
    {
        Open(broker, link);
        link.Do(new LinkAction { Kind = LinkActionKind.Subscribe, Ticket = 7, Topics = ["ec1/i/alice/+", "ec1/p/bob"] });
        byte[] subscribe = broker.Expect(RawBroker.Subscribe);
        Assert.AreEqual(1, subscribe[^1], "QoS 1");
        broker.Send(0x90, 4, subscribe[0], subscribe[1], 1, 128);
        LinkEvent subscribed = link.Next(LinkEventKind.Subscribed);
        Assert.AreEqual(7, subscribed.Ticket);
        CollectionAssert.AreEqual(new byte[] { 1, 128 }, subscribed.Granted);
    });

    [TestMethod]
    public void What_a_kept_session_sends_right_behind_the_CONNACK_comes_after_Connected() => WithLink((broker, link) =>
    {
        link.Do(Connect());
        broker.Accept();
        broker.Send(0x20, 2, 1, 0, 0x32, 8, 0, 1, (byte)'t', 0, 9, (byte)'o', (byte)'n', (byte)'e');
        link.Next(LinkEventKind.Connected);
        LinkEvent received = link.Next(LinkEventKind.Received);
        Assert.AreEqual(("t", "one", false), (received.Topic, Encoding.UTF8.GetString(received.Body), received.Flag));
    });

    [TestMethod]
    public void A_flood_waits_for_the_loop_and_none_of_it_is_lost() => WithLink((broker, link) =>
    {
        const int count = 500;
        Open(broker, link);
        for (int i = 0; i < count; i++) broker.SendPublish(i + 1, "t", (byte)(i >> 8), (byte)i);
        for (int i = 0; i < count; i++)
        {
            LinkEvent received = link.Next(LinkEventKind.Received);
            Assert.AreEqual(i, (received.Body[0] << 8) + received.Body[1]);
        }
    });

    [TestMethod]
    public void A_broker_that_dies_is_reported_once_and_what_is_published_then_is_dropped() => WithLink((broker, link) =>
    {
        Open(broker, link);
        broker.Die();
        Assert.AreEqual(ConnectTicket, link.Next(LinkEventKind.Closed).Ticket);
        link.Do(Publish("t", "lost?", 5));
        link.Do(Connect(12));
        broker.AcceptWith(0);
        Assert.AreEqual(12, link.Next(LinkEventKind.Connected).Ticket);
        link.Do(Publish("t", "next", 6));
        byte[] publish = broker.Expect(RawBroker.Publish);
        Assert.IsTrue(Encoding.UTF8.GetString(publish).EndsWith("next", StringComparison.Ordinal),
            "nothing of the old session leaks into the new one");
    });

    [TestMethod]
    public void Disconnect_says_so_to_the_broker() => WithLink((broker, link) =>
    {
        Open(broker, link);
        link.Do(new LinkAction { Kind = LinkActionKind.Disconnect });
        CollectionAssert.AreEqual(new[] { (int)RawBroker.Disconnect }, broker.ExpectEnd());
        Assert.AreEqual(ConnectTicket, link.Next(LinkEventKind.Closed).Ticket);
    });

    [TestMethod]
    public void Abort_closes_without_a_DISCONNECT_so_that_the_will_is_sent() => WithLink((broker, link) =>
    {
        Open(broker, link);
        link.Do(new LinkAction { Kind = LinkActionKind.Abort });
        Assert.AreEqual(0, broker.ExpectEnd().Count);
        Assert.AreEqual(ConnectTicket, link.Next(LinkEventKind.Closed).Ticket);
    });

    [TestMethod]
    public void What_the_broker_has_a_PUBACK_for_is_delivered_although_the_connection_is_given_up() => WithLink((broker, link) =>
    {
        const int count = 8; // more than the queue holds, so that some of it still waits in the library
        Open(broker, link);
        for (int i = 1; i <= count; i++) broker.SendPublish(i, "t", (byte)i);
        for (int i = 1; i <= count; i++) Assert.AreEqual(0x40, broker.Read()!.Value.First, "PUBACK");
        link.Do(new LinkAction { Kind = LinkActionKind.Abort });
        for (int i = 1; i <= count; i++) Assert.AreEqual(i, link.Next(LinkEventKind.Received).Body[0]);
        link.Next(LinkEventKind.Closed);
    });

    [TestMethod]
    public void A_connect_that_an_abort_overtakes_fails_and_leaves_no_connection() => WithLink((broker, link) =>
    {
        link.Do(Connect());
        broker.Accept();
        link.Do(new LinkAction { Kind = LinkActionKind.Abort });
        broker.Send(0x20, 2, 0, 0);
        Assert.AreEqual(ConnectTicket, link.Next(LinkEventKind.ConnectFailed).Ticket);
        Assert.AreEqual(0, broker.ExpectEnd().Count);
    });

    private static void WithLink(Action<RawBroker, LinkUnderTest> body) => TestBoard.Run(() =>
    {
        using var broker = new RawBroker();
        var config = new DeviceConfig
        {
            Me = { DeviceId = "alice" },
            Host = "127.0.0.1",
            Port = broker.Port,
            User = "alice",
            Password = "secret",
        };
        body(broker, new LinkUnderTest(config));
    });

    private static LinkAction Connect(int ticket = ConnectTicket) => new()
    {
        Kind = LinkActionKind.Connect,
        Ticket = ticket,
        Topic = "ec1/p/alice",
        Body = "{\"s\":\"lost\",\"b\":1}"u8.ToArray(),
    };

    private static LinkAction Publish(string topic, string body, int ticket) => new()
    {
        Kind = LinkActionKind.Publish,
        Ticket = ticket,
        Topic = topic,
        Body = Encoding.UTF8.GetBytes(body),
    };

    private static void Open(RawBroker broker, LinkUnderTest link)
    {
        link.Do(Connect());
        broker.AcceptWith(0);
        link.Next(LinkEventKind.Connected);
    }

    private static string Text(byte[] bytes, int index, int count) => Encoding.UTF8.GetString(bytes, index, count);
}
