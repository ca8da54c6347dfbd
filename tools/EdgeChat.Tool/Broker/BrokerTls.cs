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
    public static MqttClientTlsOptions Trusting(X509Certificate2Collection? authorities) => new MqttClientTlsOptionsBuilder().UseTls()
        .WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13)
        .WithCertificateValidationHandler(shown => BrokerWords.Accept(authorities, shown))
        .Build();

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
