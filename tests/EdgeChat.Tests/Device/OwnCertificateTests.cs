using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Fleet;
using EdgeChat.Tests.Mqtt;
using Trace = EdgeChat.Tests.Mqtt.Trace;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The board's own certificate: what is wrong with it is told, and it is shown to who asks.</summary>
[TestClass]
public class OwnCertificateTests
{
    private static readonly (string Certificate, string Key) Ca =
        BrokerCertificates.MakeClientCa("test", DateTimeOffset.UtcNow.AddDays(-3));

    [TestMethod]
    public void One_that_cannot_be_used_is_told_with_its_cure()
    {
        (string certificate, string key) = Issue(1);
        Shows(certificate, null, "client.key is not on drive I:. Provision the board again.");
        Shows(null, key, "client.pem is not on drive I:. Provision the board again.");
        Shows("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", key,
            "client.pem is damaged: this board cannot read it as PEM text. Provision the board again.");
        Shows(certificate, certificate, "client.key is damaged: this board cannot read it as PEM text. Provision the board again.");
        Shows(certificate, new string('x', 5000), "client.key has 5000 bytes and may have 4096.");
    }

    [TestMethod]
    public void It_is_shown_to_a_broker_that_asks() => WithBroker((broker, link) =>
    {
        Connect(link);
        link.Next(LinkEventKind.Connected);
        Assert.AreEqual("CN=alice", broker.ShownName?.Split(", ").Single(n => n.StartsWith("CN=", StringComparison.Ordinal)));
    }, Issue(1));

    [TestMethod]
    public void One_that_is_out_of_date_is_told_and_not_tried() => WithBroker((broker, link) =>
    {
        Connect(link);
        LinkEvent failed = link.Next(LinkEventKind.ConnectFailed);
        StringAssert.Contains(failed.Reason,
            $": this board's certificate, client.pem, is out of date since {DateTimeOffset.UtcNow.AddDays(-1):yyyy-MM-dd}. "
                + "Provision the board");
    }, Issue(-1));

    [TestMethod]
    public void A_key_of_another_certificate_ends_the_handshake() => WithBroker((broker, link) =>
    {
        Connect(link);
        StringAssert.Contains(link.Next(LinkEventKind.ConnectFailed).Reason, "or wants a client certificate that counts");
    }, (Issue(1).Certificate, Issue(1).Key));

    private static (string Certificate, string Key) Issue(int days)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return BrokerCertificates.MakeClient(Ca.Certificate, Ca.Key, "alice", now.AddDays(-2), now.AddDays(days));
    }

    private static void Connect(LinkUnderTest link) => link.Do(new LinkAction { Kind = LinkActionKind.Connect, Ticket = 1 });

    private static void WithBroker(Action<ScriptedBroker, LinkUnderTest> body, (string Certificate, string Key) own)
    {
        using var ca = new TestCa("fleet");
        (string certificate, string key) = ca.Issue(IPAddress.Loopback, DateTimeOffset.UtcNow.AddDays(1));
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        using X509Certificate2 withKey = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        using var broker = new ScriptedBroker(new Trace(), withKey) { Versions = SslProtocols.Tls13, AsksForCertificate = true };
        using var board = new TestBoard(() =>
        {
            var config = new DeviceConfig
            {
                Me = { DeviceId = "alice" },
                Host = "127.0.0.1",
                Port = broker.Port,
                Ca = FleetCa.Read(Encoding.ASCII.GetBytes(ca.Pem)),
            };
            body(broker, new LinkUnderTest(config));
        });
        board.Put("client.pem", own.Certificate);
        board.Put("client.key", own.Key);
        board.RunToEnd();
    }

    private static void Shows(string? certificate, string? key, string expected)
    {
        using var ca = new TestCa("fleet");
        using var board = new TestBoard();
        board.Put("board.json", TestBoard.Hardware);
        board.Put("ca.pem", ca.Pem);
        board.Put("client.pem", certificate);
        board.Put("client.key", key);
        board.Put("edgechat.json", """{ "id": "alice", "host": "127.0.0.1", "tls": true }""");
        ConfigTests.Shows(board, expected);
    }
}
