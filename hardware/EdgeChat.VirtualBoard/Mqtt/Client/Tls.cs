using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt;
using Certificate = System.Security.Cryptography.X509Certificates.X509Certificate;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>TLS as the board does it: the broker's certificate must lead to one of the given CAs, carry the host's name, be in date by
/// the board's clock and be one that mbedTLS takes; what the broker does not send is not fetched, no session is resumed, and under TLS 1.2
/// a record that the board has no room for ends the connection.</summary>
/// <remarks>Where a PC refuses more than a board (a wildcard below the top level, name constraints, extended key usage "any"), so does
/// this. Without a CA the PC's own trusted ones stand for those that a board has stored; a board's stored client certificate has no
/// counterpart. The client's own certificate is shown to whoever asks, whatever CAs it names. With a key that does not belong to it a
/// broker would end the handshake, or under TLS 1.3 what follows it; here it is always the handshake.</remarks>
internal sealed class Tls(Certificate? ca, Certificate? client, MqttSslProtocols protocol)
{
    private int _refusal;

    /// <summary>Does the handshake over a connection.</summary>
    /// <exception cref="Platform.SocketException">There is none; the code is mbedTLS's.</exception>
    /// <exception cref="ArgumentException">A version that the board has not, or a name that cannot be one.</exception>
    public Stream Over(Stream connection, string host, bool validateServer)
    {
        var records = new TlsRecords(connection);
        var stream = new SslStream(records, leaveInnerStreamOpen: false);
        _refusal = 0;
        try
        {
            stream.AuthenticateAsClient(Options(host, validateServer));
            if (stream.SslProtocol == SslProtocols.Tls12) records.Limit = TlsRecords.LongestOf12;
            return stream;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            stream.Dispose();
            throw new Platform.SocketException((SocketError)CodeOf(e, records));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static X509Certificate2 Opened(Certificate client) => client switch
    {
        X509Certificate2 opened => opened,
        Platform.X509Certificate2 own => own.Open() ?? throw new Platform.SocketException((SocketError)MbedTls.Alert),
        _ => throw new ArgumentException("MQTT: a client certificate without its key: use X509Certificate2", nameof(client)),
    };

    private SslClientAuthenticationOptions Options(string host, bool validateServer)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = Protocol(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            AllowTlsResume = false,
        };
        if (client != null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(Opened(client), null, offline: true);
        if (!validateServer)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        else if (ca != null)
            TrustOnly(ca, host, options);
        return options;
    }

    private void TrustOnly(Certificate ca, string host, SslClientAuthenticationOptions options)
    {
        X509Certificate2Collection trusted = [];
        if (ca is X509Certificate { All: { } all }) trusted.ImportFromPem(all);
        else trusted.Add(X509CertificateLoader.LoadCertificate(ca.GetRawCertData()));
        DateTimeOffset now = Board.Current?.Clock.UtcNow ?? DateTime.UtcNow; // the board's own clock
        options.CertificateChainPolicy = BoardCertificates.Policy([.. trusted], now);
        options.RemoteCertificateValidationCallback = (_, server, chain, errors) =>
        {
            if (server == null)
            {
                _refusal = MbedTls.NotAccepted;
                return false;
            }

            X509Certificate2 shown = server as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(server.GetRawCertData());
            X509Certificate2Collection others = chain?.ChainPolicy.ExtraStore ?? [];
            // what is trusted and no root was put there by the policy, and may have been sent or not
            X509Certificate2[] sent = [shown, .. others.Where(c => !c.Equals(shown) && (!trusted.Contains(c) || IsRoot(c)))];
            CertificateFault? fault = BoardCertificates.Faults(sent, [.. trusted], host, now, BoardCertificates.RsaBits)
                .FirstOrDefault(f => f.Code != CertificateFault.Taken);
            _refusal = fault?.Code ?? (errors == SslPolicyErrors.None ? 0 : MbedTls.NotAccepted);
            return _refusal == 0;
        };
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.Subject == certificate.Issuer;

    private int CodeOf(Exception e, TlsRecords records)
    {
        if (_refusal != 0) return _refusal;
        if (records.IsNoTls) return MbedTls.NoTls;
        if (records.HasAlert || e is AuthenticationException) return MbedTls.Alert;
        return e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset } ? MbedTls.Reset : MbedTls.Closed;
    }

    // the board takes None for 1.3 alone
    private SslProtocols Protocol() => protocol switch
    {
        MqttSslProtocols.TLSv1_2 => SslProtocols.Tls12,
        MqttSslProtocols.None or MqttSslProtocols.TLSv1_3 => SslProtocols.Tls13,
        _ => throw new ArgumentException($"MqttSslProtocols.{protocol}: the board has TLS 1.2 and 1.3; use TLSv1_3 or TLSv1_2"),
    };
}
