using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Fleet;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Tool.Broker;

/// <summary>A CA of clients that lives as long as this process, and whose key nobody else has: it issues certificates, and knows them
/// again.</summary>
public sealed class LoopbackClients : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2"; // RFC 5280, section 4.2.1.12

    private readonly string _certificate;
    private readonly string _key;
    private readonly X509Certificate2 _authority;

    /// <summary>Makes it.</summary>
    /// <param name="name">What it is for, in its subject.</param>
    public LoopbackClients(string name)
    {
        (_certificate, _key) = BrokerCertificates.MakeClientCa(name, DateTimeOffset.UtcNow);
        _authority = X509Certificate2.CreateFromPem(_certificate);
    }

    /// <summary>Issues a certificate; gives it with its key, as <see cref="ClientCertificate"/> has them.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="end">When it ends, or null for as late as one of a fleet.</param>
    public string Issue(string user, DateTimeOffset? end = null)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (string certificate, string key) = BrokerCertificates.MakeClient(
            _certificate, _key, user, now, end ?? now.AddDays(BrokerCertificates.ClientDays));
        return $"{certificate}\n{key}\n";
    }

    /// <summary>Whether a client may come with what it has shown in the handshake.</summary>
    public bool Knows(System.Security.Cryptography.X509Certificates.X509Certificate? shown)
    {
        if (shown is null) return false;
        using var chain = new X509Chain { ChainPolicy = BoardCertificates.Policy([_authority], DateTimeOffset.UtcNow) };
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        using X509Certificate2 client = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return chain.Build(client);
    }

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();
}
