using System.Net;
using System.Net.Sockets;
using EdgeChat.Tool.Broker;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.Tests.Mqtt;

/// <summary>How the client connects, is refused, and closes.</summary>
[TestClass]
public class ConnectTests
{
    [TestMethod]
    public void A_kept_session_is_told_on_the_receive_thread_before_Connect_returns_and_Disconnect_closes_later()
    {
        using var s = new Situation();
        s.Broker.Connack = "20020100";
        s.Connect();
        s.Client.Disconnect();
        s.Add("Disconnect returned");
        Trace.Entry closed = s.WaitForEvent("ConnectionClosed");
        s.WaitForClose();

        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket, "E000");
        s.Trace.AssertOf(Situation.Receive, "ConnectionOpened 0 True");
        s.Trace.AssertOf(Situation.Dispatch, "ConnectionClosed");
        s.Trace.AssertOf(Situation.App, "Connect gave 0", "Disconnect returned");
        s.Trace.WaitFor(Situation.App, "Connect gave 0").AssertAfter(s.Trace.WaitFor(Situation.Receive, "ConnectionOpened 0 True"));
        closed.AssertLater(s.WaitForSent("E000"), 100);
        Assert.IsFalse(s.Client.IsConnected);
        s.Network.WaitForThreads();
    }

    [TestMethod]
    public void A_refusal_is_an_event_and_a_return_value_and_leaves_the_socket_open_until_Close()
    {
        using var s = new Situation();
        s.Broker.Connack = "20020005";
        Assert.AreEqual(MqttReasonCode.ConnectionRefusedNotAuthorized, s.Connect());
        Assert.IsFalse(s.Client.IsConnected);
        s.Trace.AssertOf(Situation.Receive, "ConnectionOpened 5 False");
        CollectionAssert.AreEqual(new[] { Situation.Receive }, s.Network.RunningThreads());

        // the client still reads
        s.Broker.Last!.Send("D000");
        s.Trace.WaitFor(TestNetwork.Seen, "in D000");
        Assert.IsFalse(s.Trace.Has(ScriptedBroker.Broker, ScriptedBroker.ClientClosed));

        s.Add("closes");
        s.Client.Close();
        s.WaitForClose().AssertLater(s.Trace.WaitFor(Situation.App, "closes"), 100);
        s.Network.WaitForThreads();
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket);
        s.Trace.AssertOf(Situation.Dispatch);
    }

    [TestMethod]
    public void Where_nobody_listens_Connect_throws_with_the_socket_error_inside()
    {
        using var s = new Situation();
        using ReservedPorts nobodys = ReservedPorts.Take();
        s.Make(nobodys.First);
        MqttConnectionException e = Assert.ThrowsExactly<MqttConnectionException>(() => s.Connect());
        Assert.IsInstanceOfType<SocketException>(e.InnerException);
    }

    [TestMethod]
    public void Without_CONNACK_Connect_throws_after_30_seconds_and_leaves_the_socket_open()
    {
        using var s = new Situation();
        s.Broker.Connack = null;
        Assert.ThrowsExactly<MqttCommunicationException>(() => s.Connect());
        s.Add("threw");
        s.Trace.WaitFor(Situation.App, "threw").AssertLater(s.WaitForSent(Situation.ConnectPacket), 29_000);
        Assert.IsFalse(s.Client.IsConnected);
        Assert.IsFalse(s.Trace.Has(ScriptedBroker.Broker, ScriptedBroker.ClientClosed));
        s.Client.Close();
        s.WaitForClose();
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket);
        s.Trace.AssertOf(Situation.Receive);
    }

    [TestMethod]
    public void A_broker_that_closes_instead_of_CONNACK_makes_Connect_throw_at_once()
    {
        using var s = new Situation();
        s.Broker.Connack = null;
        var connecting = Task.Run(() => Assert.ThrowsExactly<MqttCommunicationException>(() => s.Connect()));
        s.WaitForPacket(Situation.ConnectPacket);
        s.Broker.Last!.Close();
        Assert.IsTrue(connecting.Wait(TimeSpan.FromSeconds(25)), "waited on for CONNACK");
        s.Network.WaitForThreads();
    }

    [TestMethod]
    public void A_forwarder_that_takes_TCP_without_a_broker_behind_makes_Connect_throw_at_once()
    {
        using var s = new Situation();
        using var forwarder = new TcpListener(IPAddress.Loopback, 0);
        forwarder.Start();
        var hangsUp = Task.Run(async () =>
        {
            using Socket client = await forwarder.AcceptSocketAsync();
            client.Shutdown(SocketShutdown.Send);
            var buffer = new byte[1024];
            while (await client.ReceiveAsync(buffer) > 0) continue;
        });
        s.Make(((IPEndPoint)forwarder.LocalEndpoint).Port);
        s.Network.HasEnded = true;
        var connecting = Task.Run(() => Assert.ThrowsExactly<MqttCommunicationException>(() => s.Connect()));
        Assert.IsTrue(connecting.Wait(TimeSpan.FromSeconds(25)), "waited on for CONNACK");
        s.Client.Close();
        Assert.IsTrue(hangsUp.Wait(TimeSpan.FromSeconds(60)));
    }

    [TestMethod]
    public void Dispose_closes_without_DISCONNECT_and_without_an_event()
    {
        using var s = new Situation();
        s.Connect();
        s.Add("disposes");
        s.Client.Dispose();
        s.Add("disposed");
        s.WaitForClose();
        s.Network.WaitForThreads();
        s.Trace.WaitFor(Situation.App, "disposed").AssertLater(s.Trace.WaitFor(Situation.App, "disposes"), 250);
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket);
        s.Trace.AssertOf(Situation.Dispatch);
        Assert.IsFalse(s.Client.IsConnected);
    }

    [TestMethod]
    public void A_connected_client_has_four_threads_and_three_without_keep_alive()
    {
        using var s = new Situation();
        s.Connect();
        CollectionAssert.AreEqual(new[] { "mqtt dispatch", "mqtt in-flight", "mqtt keep-alive", "mqtt receive" },
            s.Network.RunningThreads());
        s.Client.Close();
        s.Network.WaitForThreads();
        s.Connect(keepAlive: 0);
        CollectionAssert.AreEqual(new[] { "mqtt dispatch", "mqtt in-flight", "mqtt receive" }, s.Network.RunningThreads());
    }

    [TestMethod]
    public void The_short_forms_connect_with_a_clean_session_and_60_seconds()
    {
        using var s = new Situation();
        s.Client.Connect("bob");
        s.Client.Close();
        s.Client.Connect("bob", false);
        s.Client.Close();
        s.Client.Connect("bob", "b", "p");
        s.WaitForPacket("101500044D51545404C2003C0003626F62000162000170");
        s.Trace.AssertOf(ScriptedBroker.FromClient,
            "100F00044D5154540402003C0003626F62",
            "100F00044D5154540400003C0003626F62",
            "101500044D51545404C2003C0003626F62000162000170");
        Assert.AreEqual("bob", s.Client.ClientId);
        Assert.IsTrue(s.Client.CleanSession);
    }

    [TestMethod]
    public void A_will_without_text_is_refused_and_so_is_a_protocol_that_the_stand_in_does_not_speak()
    {
        using var s = new Situation();
        MqttClientException e = Assert.ThrowsExactly<MqttClientException>(
            () => s.Client.Connect("a", null, null, false, MqttQoSLevel.AtMostOnce, true, "t", string.Empty, true, 60));
        Assert.AreEqual(MqttClientErrorCode.WillWrong, e.ErrorCode);
        s.Client.ProtocolVersion = MqttProtocolVersion.Version_5;
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => s.Client.Connect("a")).Message, "3.1.1");
    }
}
