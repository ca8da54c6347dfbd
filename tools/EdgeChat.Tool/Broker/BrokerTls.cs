using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
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
    public static MqttClientTlsOptions Trusting(X509Certificate2Collection? authorities, X509Certificate2? client = null)
    {
        MqttClientTlsOptionsBuilder builder = new MqttClientTlsOptionsBuilder().UseTls()
            .WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13)
            .WithCertificateValidationHandler(shown => BrokerWords.Accept(authorities, shown));
        if (client is not null) builder.WithClientCertificates([client]);
        return builder.Build();
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

    /// <summary>The certificate of <c>--cert</c> with the key of <c>--key</c>; null when neither is given.</summary>
    /// <exception cref="ToolException">One is given without the other, cannot be read, or they do not belong together.</exception>
    public static X509Certificate2? Client(FileInfo? certificate, FileInfo? key)
    {
        if (certificate is null && key is null) return null;
        if (certificate is null || key is null)
            throw new ToolException(ExitCode.Usage, $"{(key is null ? "--cert" : "--key")}: give both, --cert FILE and --key FILE");
        try
        {
            X509Certificate2 read = ClientCertificate.Open(SmallFile.Text(certificate.FullName), SmallFile.Text(key.FullName));
            if (read.NotBefore <= DateTime.Now && DateTime.Now <= read.NotAfter) return read;
            throw new FleetException($"it is good from {read.NotBefore:yyyy-MM-dd} to {read.NotAfter:yyyy-MM-dd}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FleetException)
        {
            throw new ToolException(ExitCode.Usage,
                $"--cert {certificate}, --key {key}: {e.Message.TrimEnd('.')}; name the PEM files of your certificate and its key", e);
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
