using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Tests.OnBoard;
using EdgeChat.VirtualBoard.Mqtt;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using BoardSocketException = EdgeChat.VirtualBoard.Platform.SocketException;

namespace EdgeChat.Tests.Mqtt;

/// <summary>What a PC's TLS would do beyond a board's: go on with an earlier session, and fetch certificates; and what a board's client
/// leaves behind.</summary>
[TestClass]
public sealed class TlsSessionTests : IDisposable
{
    // extensions of a ClientHello: RFC 5077, section 3.2; RFC 8446, section 4.2.11
    private const int SessionTicket = 35;
    private const int PreSharedKey = 41;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public TlsSessionTests() => _root = Authority("root", _key);

    [TestMethod]
    [DataRow(MqttSslProtocols.TLSv1_2)]
    [DataRow(MqttSslProtocols.TLSv1_3)]
    public void Each_connection_has_a_whole_handshake(MqttSslProtocols version)
    {
        using X509Certificate2 broker = Leaf(_root, _key);
        using var s = new Situation(broker);
        s.Broker.Script = Situation.Acknowledge;
        using var relay = new TcpRelay(s.Broker.Port);
        for (int n = 1; n <= 3; n++)
        {
            // a PC resumes nothing with an address
            s.Make(relay.Port, secure: true, ca: _root.RawData, protocol: version, host: "localhost");
            s.Connect();
            s.Publish("x"); // what comes back brings the tickets of TLS 1.3 with it
            s.WaitForEvent("Published 1 True", n);
            s.Client.Disconnect();
            s.WaitForEvent("ConnectionClosed", n);
        }

        Assert.AreEqual(3, relay.Sent.Count);
        foreach (byte[] sent in relay.Sent)
        {
            Dictionary<int, int> extensions = ExtensionsOf(sent);
            Assert.IsFalse(extensions.ContainsKey(PreSharedKey));
            Assert.AreEqual(0, extensions.GetValueOrDefault(SessionTicket));
        }
    }

    [TestMethod]
    public void A_certificate_that_the_broker_does_not_send_is_fetched_from_nowhere()
    {
        using var middle = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 between = Authority("between", middle, _root);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/between.cer";
        using X509Certificate2 broker = Leaf(between, middle, url);
        using var s = new Situation(broker);
        s.Make(secure: true, ca: _root.RawData);
        MqttConnectionException e = Assert.ThrowsExactly<MqttConnectionException>(() => s.Connect());
        Assert.AreEqual(MbedTls.NotAccepted, (e.InnerException as BoardSocketException)?.ErrorCode);
        Assert.IsFalse(server.Pending(), "somebody came for it");
    }

    [TestMethod]
    public void A_client_whose_handshake_failed_must_be_gone_before_the_next_connects()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 other = Authority("another", key);
        using X509Certificate2 broker = Leaf(_root, _key);
        using var s = new Situation(broker);
        MqttClient failed = s.Make(secure: true, ca: other.RawData);
        Assert.ThrowsExactly<MqttConnectionException>(() => s.Connect());
        s.Make(secure: true, ca: _root.RawData);
        Assert.ThrowsExactly<InvalidOperationException>(() => s.Connect());
        failed.Dispose();
        s.Connect();
        s.WaitForPacket(Situation.ConnectPacket);
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Authority(string name, ECDsa key, X509Certificate2? by = null)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return by is null
            ? request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(90))
            : Sign(request, by, _key);
    }

    private static X509Certificate2 Leaf(X509Certificate2 by, ECDsa byKey, string? url = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        if (url is not null) request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [url]));
        using X509Certificate2 signed = Sign(request, by, byKey);
        using X509Certificate2 made = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 Sign(CertificateRequest request, X509Certificate2 by, ECDsa byKey) => request.Create(
        by.SubjectName, X509SignatureGenerator.CreateForECDsa(byKey), DateTimeOffset.UtcNow.AddDays(-1),
        DateTimeOffset.UtcNow.AddDays(60), [1, .. RandomNumberGenerator.GetBytes(8)]);

    // their lengths by their numbers, of the ClientHello (RFC 8446, section 4.1.2) in the first record that a client has sent
    private static Dictionary<int, int> ExtensionsOf(byte[] sent)
    {
        var hello = new BinaryReader(new MemoryStream(sent, 5 + 4 + 2 + 32, sent.Length - 43)); // behind headers, version and random
        int Word() => BinaryPrimitives.ReverseEndianness(hello.ReadUInt16());
        hello.ReadBytes(hello.ReadByte()); // session id
        hello.ReadBytes(Word()); // suites
        hello.ReadBytes(hello.ReadByte()); // compression
        long end = Word() + hello.BaseStream.Position;
        var found = new Dictionary<int, int>();
        while (hello.BaseStream.Position < end)
        {
            int number = Word();
            found[number] = Word();
            hello.ReadBytes(found[number]);
        }

        return found;
    }
}
