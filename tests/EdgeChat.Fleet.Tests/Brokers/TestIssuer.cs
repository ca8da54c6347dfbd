using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet.Tests;

/// <summary>Issues certificates as no broker's folder would.</summary>
internal sealed class TestIssuer : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    public TestIssuer(string name, AsymmetricAlgorithm? key = null, TestIssuer? by = null)
    {
        _key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(new X500DistinguishedName(name), _key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Certificate = by is null ? request.CreateSelfSigned(now.AddDays(-9), now.AddDays(900)) : by.Issue(request);
    }

    public X509Certificate2 Certificate { get; }

    public TestIssuer Authority(string name) => new(name, by: this);

    public X509Certificate2 Server(AsymmetricAlgorithm key, Action<CertificateRequest>? change = null, bool isOld = false)
    {
        PublicKey publicKey = key is RSA rsa ? new PublicKey(rsa) : new PublicKey((ECDsa)key);
        return Server(publicKey, change, isOld);
    }

    /// <summary>For a server that is known as <c>broker.home</c> and as 127.0.0.1.</summary>
    public X509Certificate2 Server(PublicKey key, Action<CertificateRequest>? change = null, bool isOld = false)
    {
        var request = new CertificateRequest(new X500DistinguishedName("CN=server"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("broker.home");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        change?.Invoke(request);
        return Issue(request, isOld);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(X500DistinguishedName name, AsymmetricAlgorithm key) => key is RSA rsa
        ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);

    private X509Certificate2 Issue(CertificateRequest request, bool isOld = false)
    {
        X509SignatureGenerator signer = _key is RSA old && isOld ? new Sha1Generator(old) : _key is RSA rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)_key);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        byte[] serial = [1, .. RandomNumberGenerator.GetBytes(8)];
        return request.Create(Certificate.SubjectName, signer, now.AddDays(-8), now.AddDays(800), serial);
    }

    // .NET signs no certificate with SHA-1 any more
    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        // sha1WithRSAEncryption, with NULL: RFC 3279, section 2.2.1
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            [0x30, 13, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 5, 5, 0];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
