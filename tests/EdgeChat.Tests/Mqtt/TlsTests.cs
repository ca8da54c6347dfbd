using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt.Exceptions;

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
        MqttConnectionException e = Assert.ThrowsExactly<MqttConnectionException>(() => s.Connect());
        Assert.IsInstanceOfType<AuthenticationException>(e.InnerException);
        s.Trace.AssertOf(ScriptedBroker.FromClient);

        s.Client.Settings.ValidateServerCertificate = false;
        s.Connect();
        s.WaitForPacket(Situation.ConnectPacket);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 ca)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(ca, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        using X509Certificate2 withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
