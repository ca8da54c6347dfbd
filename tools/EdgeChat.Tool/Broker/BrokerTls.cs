using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;
using EdgeChat.Tool.Commands;
using EdgeChat.VirtualBoard.Mqtt;
using MQTTnet;

namespace EdgeChat.Tool.Broker;

/// <summary>TLS towards a broker: 1.2 or later, and its certificate is always checked.</summary>
public static class BrokerTls
{
    /// <summary>Trusts these CAs and no other; null for those that this PC trusts.</summary>
    /// <param name="authorities">The CAs.</param>
    /// <param name="client">The certificate that the client comes with, with its key; null for none.</param>
    /// <param name="name">The name that the broker's certificate must be for; null for that of the address.</param>
    public static MqttClientTlsOptions Trusting(
        X509Certificate2Collection? authorities, X509Certificate2? client = null, string? name = null)
    {
        MqttClientTlsOptionsBuilder builder = new MqttClientTlsOptionsBuilder().UseTls()
            .WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13)
            .WithCertificateValidationHandler(shown => BrokerWords.Accept(authorities, shown));
        if (name is not null) builder.WithTargetHost(name);
        if (client is not null) builder.WithClientCertificates([client]);
        else builder.WithCertificateSelectionHandler(new Question().Take);
        return builder.Build();
    }

    /// <summary>Whether a broker has asked who comes without one for a client's certificate. Under TLS 1.3 what it does then comes behind
    /// the handshake, as an alert or as the end of the connection (RFC 8446, section 4.4.2.4).</summary>
    internal static bool IsAsked(MqttClientTlsOptions? tls) => tls?.CertificateSelectionHandler?.Target is Question { IsAsked: true };

    private sealed class Question
    {
        public bool IsAsked { get; private set; }

        // it comes before the handshake too, with nobody's certificate
        public System.Security.Cryptography.X509Certificates.X509Certificate? Take(MqttClientCertificateSelectionEventArgs asked)
        {
            IsAsked |= asked.RemoveCertificate is not null; // the name is MQTTnet's
            return null;
        }
    }

    /// <summary>The CAs of PEM text, RFC 7468.</summary>
    /// <exception cref="CryptographicException">It holds none, or a damaged one, which is named with its line.</exception>
    public static X509Certificate2Collection Read(byte[] pem) => CaFile.Read(pem);

    /// <summary>The content of the file of <c>--ca</c>, which holds CAs.</summary>
    /// <exception cref="ToolException">It cannot be read, or holds none.</exception>
    public static byte[] File(FileInfo file)
    {
        try
        {
            byte[] pem = SmallFile.Bytes(file.FullName);
            Read(pem);
            return pem;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ToolException(ExitCode.Usage, $"--ca {file}: {e.Message.TrimEnd('.')}; name the PEM file of the broker's CA", e);
        }
    }

    /// <summary>The same for CAs that go onto boards.</summary>
    /// <exception cref="ToolException">It cannot be read, holds none, or one that a board does not take.</exception>
    public static byte[] FileForBoards(FileInfo file)
    {
        byte[] pem = File(file);
        string[] faults = CaFile.Faults(pem, BoardCertificates.RsaBits);
        return faults.Length == 0 ? pem : throw new ToolException(
            ExitCode.Usage, $"--ca {file}: boards do not take it: {string.Join("; ", faults)}");
    }
}
