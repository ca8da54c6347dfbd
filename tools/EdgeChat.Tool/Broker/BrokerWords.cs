using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Device;
using EdgeChat.VirtualBoard.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;

namespace EdgeChat.Tool.Broker;

/// <summary>Says why a broker was not reached, in the words that a board has for it.</summary>
internal static class BrokerWords
{
    // what OpenSSL calls the alerts about a client's certificate (RFC 8446, section 6.2)
    private static readonly (string Alert, string Words)[] OfClient =
    [
        ("certificate required", "wants a client certificate"),
        ("bad certificate", "wants a client certificate that counts"),
        ("certificate expired", "does not take the client certificate, which is out of date"),
        ("certificate revoked", "does not take the client certificate, which was taken back"),
        ("unknown ca", "does not take the client certificate, which is not of its clients' CA"),
    ];

    private const string NoTls = "no TLS with "; // as a board begins, too
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // RFC 5280, section 4.2.1.12

    /// <summary>Whether words of <see cref="For(Exception, BrokerLogin)"/> say that a broker is there and only TLS did not come
    /// about.</summary>
    public static bool IsOfTls(string words) => words.StartsWith(NoTls, StringComparison.Ordinal);

    /// <summary>Words for an exception of a connection attempt.</summary>
    public static string For(Exception e, BrokerLogin broker)
    {
        if (OfCertificate(e, broker) is { } words) return $"{NoTls}{broker}: the broker {words}";
        int code = CodeOf(e, broker.Tls is not null);
        if (code == 0) return $"no connection to {broker}: {(e.InnerException ?? e).Message.TrimEnd('.')}";
        return LinkWords.For(code, broker.ToString(), broker.Tls is not null);
    }

    /// <summary>The same with what to do: <paramref name="cure"/>, unless it is the client's certificate that keeps it.</summary>
    public static string For(Exception e, BrokerLogin broker, string cure)
    {
        if (OfCertificate(e, broker) is { } words) return $"the broker at {broker} {words}";
        string why = For(e, broker).TrimEnd('.');
        return IsOfTls(why) ? why : $"no broker answers at {broker} ({why}): {cure}";
    }

    /// <summary>Words for a broker that is there, and refuses nobody, but is not ready yet (OASIS MQTT 3.1.1, section 3.2.2.3, return code
    /// 3), as a cluster is without a leader; null for any other answer.</summary>
    public static string? ForNotReady(MqttClientConnectResultCode answer, BrokerLogin broker) =>
        answer == MqttClientConnectResultCode.ServerUnavailable ? $"the broker at {broker} is not ready: wait, or look at its log" : null;

    private static string? OfCertificate(Exception e, BrokerLogin broker)
    {
        if (broker.Tls is null) return null;
        string? words = AlertOf(e);
        if (BrokerTls.IsAsked(broker.Tls) && (words is not null || CodeOf(e, true) is TlsWords.Alert or TlsWords.Closed or TlsWords.Reset))
            words = "wants a client certificate"; // also for who calls it a bad one when there is none: Go before 1.21
        return words is null ? null : $"{words}: {broker.CertificateCure}";
    }

    private static string? AlertOf(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            foreach (var (alert, words) in OfClient)
                if (e.Message.Contains(alert, StringComparison.Ordinal)) return words;
        return null;
    }

    /// <summary>Whether a broker's certificate is good; throws when it is not, so that the reason is not lost.</summary>
    /// <param name="trusted">The CAs, or null for those that this PC trusts.</param>
    /// <param name="shown">What came, and what the PC makes of it.</param>
    public static bool Accept(X509Certificate2Collection? trusted, MqttClientCertificateValidationEventArgs shown)
    {
        bool isNamed = !shown.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        if (shown.Certificate is null || shown.Chain is null) throw new CertificateRefused(TlsWords.NotTrusted);
        if (!isNamed) throw new CertificateRefused(TlsWords.OtherName);
        if (trusted is null)
            return shown.SslPolicyErrors == SslPolicyErrors.None ? true : throw new CertificateRefused(Flags(shown.Chain));
        using var chain = new X509Chain { ChainPolicy = BoardCertificates.Policy([.. trusted], DateTimeOffset.UtcNow) };
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(shown.Chain.ChainPolicy.ExtraStore);
        using X509Certificate2 server = X509CertificateLoader.LoadCertificate(shown.Certificate.GetRawCertData());
        return chain.Build(server) ? true : throw new CertificateRefused(Flags(chain));
    }

    private static int Flags(X509Chain chain)
    {
        X509ChainStatusFlags all = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (f, s) => f | s.Status);
        if (all.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return chain.ChainElements.Any(e => e.Certificate.NotBefore > DateTime.Now) ? TlsWords.NotYet : TlsWords.Expired;
        return all.HasFlag(X509ChainStatusFlags.NotValidForUsage) ? TlsWords.BadUse : TlsWords.NotTrusted;
    }

    private static int CodeOf(Exception? e, bool isTls)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is CertificateRefused refused) return refused.Flags;
            if (e is SocketException socket)
                return isTls && socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.NotConnected or SocketError.Shutdown
                    ? TlsWords.Reset : (int)socket.SocketErrorCode;
            if (!isTls) continue;
            if (e is AuthenticationException && e.InnerException is null)
                return e.Message.Contains("frame", StringComparison.Ordinal) ? TlsWords.NoTls : TlsWords.Alert;
            if (e is AuthenticationException && e.InnerException is not AuthenticationException) return TlsWords.Alert;
            if (e is IOException && e.InnerException is null) return TlsWords.Closed;
            // MQTTnet's for an end without any error
            if (e.GetType() == typeof(MqttCommunicationException) && e.InnerException is null) return TlsWords.Closed;
        }

        return 0;
    }

    // with mbedTLS's flags, as the newer runtimes of boards have them
    private sealed class CertificateRefused(int flags) : AuthenticationException(TlsWords.For(flags))
    {
        public int Flags { get; } = flags;
    }
}
