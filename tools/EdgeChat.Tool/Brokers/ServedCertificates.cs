using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Tool.Brokers;

/// <summary>What a server shows in its handshake.</summary>
/// <param name="Version">The version that was agreed on.</param>
/// <param name="Chain">Its certificate, and what it sent with it.</param>
internal sealed record ServedCertificates(SslProtocols Version, IReadOnlyList<X509Certificate2> Chain)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks, and believes nothing: no secret is sent. Null when no handshake comes about.</summary>
    /// <param name="address">Where.</param>
    /// <param name="versions">With which version.</param>
    /// <param name="client">The certificate to come with, where one is demanded; else null.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<ServedCertificates?> LookAsync(
        BrokerAddress address, SslProtocols versions, X509Certificate2? client, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var shown = new List<X509Certificate2>();
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(address.Host, address.Port, patience.Token);
            await using var tls = new SslStream(tcp.GetStream());
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = address.Host,
                EnabledSslProtocols = versions,
                ClientCertificateContext = client is null ? null : SslStreamCertificateContext.Create(client, null, offline: true),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    if (certificate is not null) shown.Add(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
                    foreach (X509Certificate2 other in chain?.ChainPolicy.ExtraStore ?? [])
                        if (shown.All(s => s.Thumbprint != other.Thumbprint))
                            shown.Add(X509CertificateLoader.LoadCertificate(other.RawData));
                    return true;
                },
            }, patience.Token);
            return new ServedCertificates(tls.SslProtocol, shown);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return null;
        }
    }
}
