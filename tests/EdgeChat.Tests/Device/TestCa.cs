using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A fleet's certificate authority, made for one test.</summary>
internal sealed class TestCa : IDisposable
{
    private readonly X509Certificate2 _ca;

    public TestCa(string name, int days = 2, bool isConstrained = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        // nameConstraints, permitted "home": RFC 5280, section 4.2.1.10
        if (isConstrained)
            request.CertificateExtensions.Add(
                new X509Extension("2.5.29.30", [0x30, 10, 0xA0, 8, 0x30, 6, 0x82, 4, .. "home"u8], critical: true));
        _ca = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(days));
    }

    /// <summary>What goes to the boards.</summary>
    public string Pem => _ca.ExportCertificatePem();

    /// <summary>What stays with the fleet.</summary>
    public string KeyPem
    {
        get
        {
            using ECDsa key = _ca.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <summary>What a client on the PC trusts.</summary>
    public X509Certificate2Collection Chain => [_ca];

    /// <summary>A certificate for a broker at an address of this machine, with its key, in PEM.</summary>
    public (string Certificate, string Key) Issue(IPAddress address, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(_ca, DateTimeOffset.UtcNow.AddDays(-1), notAfter, [1, 2, 3]);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _ca.Dispose();
}
