using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Broker;

/// <summary>What a broker on this PC proves itself with: a CA of its own, whose key nobody has, and a certificate for 127.0.0.1.</summary>
public sealed class LoopbackCertificate : IDisposable
{
    /// <summary>Makes both.</summary>
    /// <param name="name">What the CA is for, in its subject.</param>
    public LoopbackCertificate(string name)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var (authority, authorityKey) = BrokerCertificates.MakeCa(name, now);
        var (server, key) = BrokerCertificates.MakeServer(authority, authorityKey, ["127.0.0.1", "localhost"], now);
        using var pem = X509Certificate2.CreateFromPem(server, key);
        // a key that comes straight from PEM, Windows cannot serve with
        OfServer = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        Ca = Encoding.ASCII.GetBytes(authority);
    }

    /// <summary>The server's certificate, with its key.</summary>
    public X509Certificate2 OfServer { get; }

    /// <summary>The CA's certificate in PEM.</summary>
    public byte[] Ca { get; }

    /// <inheritdoc/>
    public void Dispose() => OfServer.Dispose();
}
