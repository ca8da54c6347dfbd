using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Tests.Mqtt;
using Trace = EdgeChat.Tests.Mqtt.Trace;

namespace EdgeChat.Tests.OnBoard;

/// <summary>Which version of TLS a board speaks, and what the older one cannot carry.</summary>
[TestClass]
public class TlsVersionTests
{
    private const int Large = 6000;
    private const int Longest = 4390 - 6; // with the fixed header of 3 bytes and the topic's 3

    [TestMethod]
    public void A_broker_that_has_TLS_1_3_is_spoken_to_with_it() => WithBroker(SslProtocols.Tls12 | SslProtocols.Tls13,
        (broker, trace, link) =>
        {
            Connect(link, 1);
            link.Next(LinkEventKind.Connected);
            trace.WaitFor(ScriptedBroker.Broker, "Tls13");
            broker.Last!.Send(Publish(Large));
            Assert.AreEqual(Large, link.Next(LinkEventKind.Received).Body.Length);
        });

    [TestMethod]
    public void One_that_has_only_1_2_is_asked_for_1_3_once() => WithBroker(SslProtocols.Tls12, (broker, trace, link) =>
    {
        for (int ticket = 1; ticket <= 3; ticket++)
        {
            Connect(link, ticket);
            Assert.AreEqual(ticket, link.Next(LinkEventKind.Connected).Ticket);
            trace.WaitFor(ScriptedBroker.Broker, "Tls12", ticket);
            link.Do(new LinkAction { Kind = LinkActionKind.Disconnect });
            link.Next(LinkEventKind.Closed);
            // the handshake that failed is an end too
            trace.WaitFor(ScriptedBroker.Broker, ScriptedBroker.ClientClosed, ticket + 1);
        }

        Assert.IsFalse(trace.Has(ScriptedBroker.Broker, "Tls13"));
        Assert.AreEqual(4, trace.Of(ScriptedBroker.Broker).Split('\n').Count(l => l == ScriptedBroker.ClientClosed), trace.ToString());
    });

    [TestMethod]
    public void A_broker_that_lost_1_2_meanwhile_is_spoken_to_with_1_3_again() => WithBroker(SslProtocols.Tls12, (broker, trace, link) =>
    {
        Connect(link, 1);
        link.Next(LinkEventKind.Connected);
        link.Do(new LinkAction { Kind = LinkActionKind.Abort });
        Assert.IsTrue(link.Next(LinkEventKind.Closed).Flag, "it was TLS 1.2");
        broker.Versions = SslProtocols.Tls13;
        Connect(link, 2);
        Assert.AreEqual(2, link.Next(LinkEventKind.Connected).Ticket);
        trace.WaitFor(ScriptedBroker.Broker, "Tls13");
        link.Do(new LinkAction { Kind = LinkActionKind.Abort });
        Assert.IsFalse(link.Next(LinkEventKind.Closed).Flag, "it was TLS 1.3");
    });

    // as on the board, whose buffer is that small after a handshake of TLS 1.2
    [TestMethod]
    public void Under_1_2_a_record_above_4390_bytes_ends_the_connection_and_one_below_does_not() => WithBroker(SslProtocols.Tls12,
        (broker, _, link) =>
        {
            Connect(link, 1);
            link.Next(LinkEventKind.Connected);
            broker.Last!.Send(Publish(Longest));
            Assert.AreEqual(Longest, link.Next(LinkEventKind.Received).Body.Length);
            broker.Last.Send(Publish(Longest + 1));
            Assert.AreEqual(1, link.Next(LinkEventKind.Closed).Ticket);
        });

    private static void WithBroker(SslProtocols versions, Action<ScriptedBroker, Trace, LinkUnderTest> body) => TestBoard.Run(() =>
    {
        using var ca = new TestCa("fleet");
        (string certificate, string key) = ca.Issue(IPAddress.Loopback, DateTimeOffset.UtcNow.AddDays(1));
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        using X509Certificate2 withKey = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var trace = new Trace();
        using var broker = new ScriptedBroker(trace, withKey) { Versions = versions };
        var config = new DeviceConfig
        {
            Me = { DeviceId = "alice" },
            Host = "127.0.0.1",
            Port = broker.Port,
            Ca = FleetCa.Read(Encoding.ASCII.GetBytes(ca.Pem)),
        };
        body(broker, trace, new LinkUnderTest(config));
    });

    private static void Connect(LinkUnderTest link, int ticket)
        => link.Do(new LinkAction { Kind = LinkActionKind.Connect, Ticket = ticket });

    // QoS 0: the topic "t" and a body (OASIS MQTT 3.1.1, section 3.3)
    private static string Publish(int bytes)
    {
        int length = 3 + bytes;
        return Convert.ToHexString([0x30, (byte)(0x80 | (length & 0x7F)), (byte)(length >> 7), 0, 1, (byte)'t', .. new byte[bytes]]);
    }
}
