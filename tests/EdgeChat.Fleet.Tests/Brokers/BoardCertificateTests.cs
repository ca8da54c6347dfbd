using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.Tool.Broker;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Fleet.Tests;

/// <summary>The certificates of a broker's folder, and those that boards cannot take.</summary>
[TestClass]
public class BoardCertificateTests
{
    private const string Host = "broker.home";
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [TestMethod]
    public void What_the_folder_has_boards_take()
    {
        (string ca, string caKey) = BrokerCertificates.MakeCa("home", Now);
        (string server, string key) = BrokerCertificates.MakeServer(ca, caKey, [Host, "localhost", "127.0.0.1"], Now);
        using var trusted = X509Certificate2.CreateFromPem(ca);
        using var shown = X509Certificate2.CreateFromPem(server, key);
        foreach (string host in new[] { Host, "localhost", "127.0.0.1", "BROKER.home" })
            Assert.AreEqual("", string.Join('\n', BoardCertificates.Faults([shown], [trusted], host, Now)));
        Assert.AreEqual((256, 256), (trusted.GetECDsaPublicKey()!.KeySize, shown.GetECDsaPublicKey()!.KeySize));
        Assert.IsLessThanOrEqualTo(BrokerCertificates.ServerDays + 1.0, (shown.NotAfter - shown.NotBefore).TotalDays);
        StringAssert.Contains(Faults(shown, trusted, "other.home"), "is not for other.home");
        StringAssert.Contains(Faults(shown, trusted, Host, Now.AddDays(BrokerCertificates.ServerDays - 10)), "broker update");
        StringAssert.Contains(Faults(shown, trusted, Host, Now.AddDays(BrokerCertificates.ServerDays + 10)), "is good from");
    }

    [TestMethod]
    public void A_server_of_another_CA_or_without_what_is_in_between_is_found()
    {
        using var root = new TestIssuer("CN=root");
        using TestIssuer middle = root.Authority("CN=middle");
        using X509Certificate2 server = middle.Server(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Assert.AreEqual("", string.Join('\n', BoardCertificates.Faults([server, middle.Certificate], [root.Certificate], Host, Now)));
        StringAssert.Contains(Faults(server, root.Certificate), "certificates in between");
        using var other = new TestIssuer("CN=other");
        StringAssert.Contains(Faults(server, other.Certificate), "certificates in between");
    }

    [TestMethod]
    public void A_CA_that_is_out_of_date_does_not_matter_beside_the_one_that_counts()
    {
        using var root = new TestIssuer("CN=root");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 old = new CertificateRequest("CN=old root", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(Now.AddDays(-3), Now.AddDays(-1));
        using X509Certificate2 server = root.Server(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Assert.AreEqual("", string.Join('\n', BoardCertificates.Faults([server], [old, root.Certificate], Host, Now)));
    }

    [TestMethod]
    public void Keys_and_signatures_that_boards_do_not_know_are_found()
    {
        using var root = new TestIssuer("CN=root");
        using RSA weak = PublicRsa(1024);
        using RSA strong = PublicRsa(3072);
        using RSA long4096 = PublicRsa(4096);
        StringAssert.Contains(Faults(root.Server(weak), root.Certificate), "RSA key of 1024 bits");
        Assert.AreEqual("", Faults(root.Server(strong), root.Certificate));
        StringAssert.Contains(Faults(root.Server(long4096), root.Certificate), "ESP32-C3 takes 3072");
        using var curve = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10")); // secp256k1: SEC 2, section 2.4.1
        StringAssert.Contains(Faults(root.Server(curve), root.Certificate), "on curve 1.3.132.0.10");
        var edwards = new PublicKey(new Oid("1.3.101.112"), null, new AsnEncodedData(new byte[32]));
        StringAssert.Contains(Faults(root.Server(edwards), root.Certificate), "Ed25519");
        StringAssert.Contains(Faults(root.Server(PssOnly(strong)), root.Certificate), "RSA for PSS only");
        using var old = new TestIssuer("CN=old", RSA.Create(2048));
        StringAssert.Contains(Faults(old.Server(strong, isOld: true), old.Certificate), "boards take SHA-256");
    }

    [TestMethod]
    public void Extensions_and_uses_that_boards_refuse_are_found()
    {
        using var root = new TestIssuer("CN=root");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var policy = new X509Extension("2.5.29.32", [0x30, 8, 0x30, 6, 6, 4, 0x2A, 3, 4, 5], critical: true);
        StringAssert.Contains(Faults(root.Server(key, r => r.CertificateExtensions.Add(policy)), root.Certificate), "critical extension");
        StringAssert.Contains(Faults(root.Server(key, r => r.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyAgreement, false))), root.Certificate), "without digitalSignature");
        StringAssert.Contains(Faults(root.Server(key, r => r.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false))), root.Certificate), "without serverAuth");
    }

    [TestMethod]
    [DataRow(8, "")]
    [DataRow(9, "9 intermediate certificates lead to the CA, and boards take 8")]
    public void More_than_eight_certificates_in_between_are_too_many(int between, string fault)
    {
        var issuers = new List<TestIssuer> { new("CN=root") };
        for (int i = 1; i <= between; i++) issuers.Add(issuers[^1].Authority($"CN=middle {i}"));
        using X509Certificate2 server = issuers[^1].Server(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        X509Certificate2[] sent = [server, .. issuers.Skip(1).Select(i => i.Certificate)];
        CertificateFault[] found = [.. BoardCertificates.Faults(sent, [issuers[0].Certificate], Host, Now)];
        Assert.AreEqual(fault, string.Join('\n', found.Select(f => f.Text)));
        if (found.Length > 0) Assert.AreEqual(MbedTls.TooManyCertificates, found[0].Code);
        foreach (TestIssuer issuer in issuers) issuer.Dispose();
    }

    [TestMethod]
    public void A_key_one_bit_too_short_a_compressed_point_and_too_many_bytes_are_found()
    {
        using var root = new TestIssuer("CN=root");
        using RSA weak = PublicRsa(2048, topByte: 0x7F);
        StringAssert.Contains(Faults(root.Server(weak), root.Certificate), "RSA key of 2047 bits");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var whole = new PublicKey(key);
        byte[] point = [(byte)(2 + (whole.EncodedKeyValue.RawData[^1] & 1)), .. whole.EncodedKeyValue.RawData[1..33]];
        var compressed = new PublicKey(whole.Oid, whole.EncodedParameters, new AsnEncodedData(point));
        CertificateFault fault = BoardCertificates.Faults([root.Server(compressed)], [root.Certificate], Host, Now).Single();
        StringAssert.Contains(fault.Text, "whose point is compressed");
        Assert.AreEqual(MbedTls.Alert, fault.Code);
        var filler = new X509Extension("1.2.3.4", new byte[17_000], critical: false);
        fault = BoardCertificates.Faults(
            [root.Server(key, r => r.CertificateExtensions.Add(filler))], [root.Certificate], Host, Now).Single();
        Assert.AreEqual(MbedTls.TooLarge, fault.Code, fault.Text);
    }

    [TestMethod]
    public void A_CA_that_boards_cannot_read_is_found_before_they_get_it()
    {
        using var root = new TestIssuer("CN=root");
        using RSA strong = PublicRsa(3072);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // permittedSubtrees with dNSName "home": RFC 5280, section 4.2.1.10
        var constraints = new X509Extension("2.5.29.30", [0x30, 10, 0xA0, 8, 0x30, 6, 0x82, 4, .. "home"u8], critical: true);
        var edwards = new PublicKey(new Oid("1.3.101.112"), null, new AsnEncodedData(new byte[32]));
        foreach (var (ca, text) in new[]
        {
            (root.Server(key, r => r.CertificateExtensions.Add(constraints)), "critical extension"),
            (root.Server(edwards), "Ed25519"),
            (root.Server(PssOnly(strong)), "RSA for PSS only"),
        })
        {
            CertificateFault fault = BoardCertificates.OfAuthority(ca).First(f => f.Code == MbedTls.NoSuchCa);
            StringAssert.Contains(fault.Text, text);
            Assert.ThrowsExactly<CryptographicException>(() => new EdgeChat.VirtualBoard.Mqtt.X509Certificate(ca.RawData));
            StringAssert.Contains(string.Join('\n', CaFile.Faults(Encoding.ASCII.GetBytes(ca.ExportCertificatePem()), 3072)), text);
        }

        Assert.IsEmpty(CaFile.Faults(Encoding.ASCII.GetBytes(root.Certificate.ExportCertificatePem()), 3072));
    }

    [TestMethod]
    public void A_block_of_PEM_that_is_damaged_is_named_with_its_line()
    {
        using var root = new TestIssuer("CN=root");
        string pem = "# first\n" + root.Certificate.ExportCertificatePem() + "\n";
        int line = pem.Split('\n').Length;
        byte[] bytes = Encoding.ASCII.GetBytes(pem + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        CryptographicException e = Assert.ThrowsExactly<CryptographicException>(() => BrokerTls.Read(bytes));
        Assert.AreEqual($"the certificate that begins in line {line} cannot be read", e.Message);
    }

    private static string Faults(X509Certificate2 shown, X509Certificate2 trusted, string host = Host, DateTimeOffset? now = null) =>
        string.Join('\n', BoardCertificates.Faults([shown], [trusted], host, now ?? Now));

    // a certificate needs no more than something that looks like a public key, and large keys take long to make
    private static RSA PublicRsa(int bits, byte topByte = 0xFF)
    {
        byte[] modulus = new byte[bits / 8];
        new Random(bits).NextBytes(modulus);
        modulus[0] = topByte;
        modulus[^1] |= 1;
        return RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
    }

    private static PublicKey PssOnly(RSA rsa)
    {
        var key = new PublicKey(rsa);
        return new PublicKey(new Oid("1.2.840.113549.1.1.10"), null, key.EncodedKeyValue);
    }
}
