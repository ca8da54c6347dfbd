using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.VirtualBoard.Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using BoardSocketException = EdgeChat.VirtualBoard.Platform.SocketException;

namespace EdgeChat.Tests.Mqtt;

/// <summary>Whom the client trusts.</summary>
[TestClass]
public class TlsTests
{
    [TestMethod]
    public void A_broker_with_a_certificate_of_the_given_CA_is_trusted()
    {
        using X509Certificate2 ca = Authority("EdgeChat test CA");
        using X509Certificate2 broker = Issue(ca);
        using var s = new Situation(broker);
        s.Broker.Script = Situation.Acknowledge;
        s.Make(secure: true, ca: [.. System.Text.Encoding.ASCII.GetBytes(ca.ExportCertificatePem()), 0]);
        s.Connect();
        s.Publish("x");
        s.WaitForEvent("Published 1 True");
        s.Client.Disconnect();
        s.WaitForEvent("ConnectionClosed");
        s.WaitForPacket("E000");
        s.Trace.AssertOnce(ScriptedBroker.FromClient, Situation.ConnectPacket, "3206000174000178", "E000");
        Assert.AreEqual(s.Broker.Port, s.Client.Settings.SslPort);
    }

    [TestMethod]
    public void A_broker_of_another_CA_is_refused_before_the_password_is_sent_unless_nobody_looks()
    {
        using X509Certificate2 ca = Authority("EdgeChat test CA");
        using X509Certificate2 other = Authority("Another CA");
        using X509Certificate2 broker = Issue(other);
        using var s = new Situation(broker);
        s.Make(secure: true, ca: ca.RawData);
        AssertRefused(s, MbedTls.NotAccepted);
        s.Trace.AssertOf(ScriptedBroker.FromClient);

        s.Client.Settings.ValidateServerCertificate = false;
        s.Connect();
        s.WaitForPacket(Situation.ConnectPacket);
    }

    [TestMethod]
    [DataRow("policy", MbedTls.CriticalPolicy)]
    [DataRow("extension", MbedTls.CriticalExtension)]
    [DataRow("usage", MbedTls.BadUsage)]
    [DataRow("RSA of 4104 bits", MbedTls.NotAccepted)]
    [DataRow("name", MbedTls.NotAccepted)]
    public void What_the_board_takes_not_is_refused_with_the_boards_code(string fault, int code)
    {
        using X509Certificate2 ca = Authority("EdgeChat test CA");
        using X509Certificate2 broker = Issue(ca, fault);
        using var s = new Situation(broker);
        s.Make(secure: true, ca: ca.RawData);
        AssertRefused(s, code);
        s.Trace.AssertOf(ScriptedBroker.FromClient);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 400 Bad Request\r\n\r\n", MbedTls.NoTls)]
    [DataRow("", MbedTls.Closed)]
    [DataRow("\u0020\u0002\0\0", MbedTls.Closed)] // CONNACK: MQTT in the clear
    [DataRow("\u0015\u0003\u0002\0\u0002\u0002\u0046", MbedTls.Alert)] // TLS 1.1 only: protocol_version
    public void A_port_without_TLS_is_told_from_one_that_closes_and_no_secret_is_sent(string answer, int code)
    {
        using X509Certificate2 ca = Authority("EdgeChat test CA");
        using var s = new Situation();
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var after = new MemoryStream();
        Task serving = Task.Run(async () =>
        {
            using System.Net.Sockets.TcpClient client = await listener.AcceptTcpClientAsync();
            System.Net.Sockets.NetworkStream stream = client.GetStream();
            byte[] hello = new byte[5];
            await stream.ReadExactlyAsync(hello);
            byte[] rest = new byte[(hello[3] << 8) + hello[4]];
            await stream.ReadExactlyAsync(rest);
            Assert.IsFalse(System.Text.Encoding.Latin1.GetString(rest).Contains("secret", StringComparison.Ordinal));
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer));
            client.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await stream.CopyToAsync(after);
        });
        s.Make(((IPEndPoint)listener.LocalEndpoint).Port, secure: true, ca: ca.RawData);
        AssertRefused(s, code);
        Assert.IsTrue(serving.Wait(Waiting.Longest));
        // at most an alert
        Assert.IsTrue(after.Length == 0 || (after.Length == 7 && after.ToArray()[0] == 21), Convert.ToHexString(after.ToArray()));
        s.Trace.AssertOf(ScriptedBroker.FromClient);
    }

    [TestMethod]
    public void None_is_TLS_1_3_and_nothing_else()
    {
        using X509Certificate2 ca = Authority("EdgeChat test CA");
        using X509Certificate2 broker = Issue(ca);
        using var s = new Situation(broker);
        s.Broker.Versions = System.Security.Authentication.SslProtocols.Tls12;
        s.Make(secure: true, ca: ca.RawData, protocol: nanoFramework.M2Mqtt.MqttSslProtocols.None);
        AssertRefused(s, MbedTls.Alert);
        s.Broker.Versions |= System.Security.Authentication.SslProtocols.Tls13;
        s.Connect();
        s.Trace.WaitFor(ScriptedBroker.Broker, "Tls13");
    }

    private static void AssertRefused(Situation s, int code)
    {
        MqttConnectionException e = Assert.ThrowsExactly<MqttConnectionException>(() => s.Connect());
        Assert.AreEqual(code, (e.InnerException as BoardSocketException)?.ErrorCode);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 ca, string fault = "")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using RSA? rsa = fault.StartsWith("RSA", StringComparison.Ordinal) ? RSA.Create(4104) : null;
        CertificateRequest request = rsa != null
            ? new CertificateRequest(new X500DistinguishedName("CN=broker"), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (fault == "name") names.AddDnsName("broker.home");
        else names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        if (fault == "policy")
            request.CertificateExtensions.Add(new X509Extension("2.5.29.32", [0x30, 8, 0x30, 6, 6, 4, 0x2A, 3, 4, 5], critical: true));
        if (fault == "extension") // policyConstraints: RFC 5280, section 4.2.1.11
            request.CertificateExtensions.Add(new X509Extension("2.5.29.36", [0x30, 3, 0x80, 1, 0], critical: true));
        if (fault == "usage")
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        X509SignatureGenerator signer = X509SignatureGenerator.CreateForECDsa(ca.GetECDsaPrivateKey()!);
        using X509Certificate2 signed = request.Create(ca.SubjectName, signer, DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        using X509Certificate2 withKey = rsa != null ? signed.CopyWithPrivateKey(rsa) : signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
