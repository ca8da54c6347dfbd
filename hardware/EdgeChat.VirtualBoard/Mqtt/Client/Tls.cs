using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt;
using Certificate = System.Security.Cryptography.X509Certificates.X509Certificate;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>TLS as the board does it: the broker's certificate must lead to one of the given CAs, carry the host's name and be in date by
/// the board's clock; what the broker does not send is not fetched.</summary>
/// <remarks>Without a CA the PC's own trusted ones stand for those that a board has stored; a board's stored client certificate has no
/// counterpart.</remarks>
internal sealed class Tls(Certificate? ca, Certificate? client, MqttSslProtocols protocol)
{
    /// <summary>Does the handshake over a connection.</summary>
    /// <exception cref="AuthenticationException">The broker did not prove who it is.</exception>
    /// <exception cref="ArgumentException">A version that the board has not.</exception>
    public Stream Over(Stream connection, string host, bool validateServer)
    {
        var stream = new SslStream(connection, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = Protocol(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (client != null)
            options.ClientCertificates = [client];
        if (!validateServer)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        else if (ca != null)
            options.CertificateChainPolicy = TrustOnly(ca);
        try
        {
            stream.AuthenticateAsClient(options);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static X509ChainPolicy TrustOnly(Certificate ca)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = (Board.Current?.Clock.UtcNow ?? DateTime.UtcNow).ToLocalTime(), // the board's own clock
            VerificationTimeIgnored = false,
        };
        if (ca is X509Certificate { All: { } all }) policy.CustomTrustStore.ImportFromPem(all);
        else policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(ca.GetRawCertData()));
        return policy;
    }

    private SslProtocols Protocol() => protocol switch
    {
        MqttSslProtocols.None => SslProtocols.None,
        MqttSslProtocols.TLSv1_2 => SslProtocols.Tls12,
        MqttSslProtocols.TLSv1_3 => SslProtocols.Tls13,
        _ => throw new ArgumentException($"MqttSslProtocols.{protocol}: the board has TLS 1.2 and 1.3; use TLSv1_2"),
    };
}
