using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Tool.Broker;

/// <summary>PEM text of CAs (RFC 7468), read block by block as a board reads its <c>ca.pem</c>.</summary>
internal static class CaFile
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <summary>All CAs.</summary>
    /// <exception cref="CryptographicException">It holds none, or a damaged one, which is named with its line.</exception>
    public static X509Certificate2Collection Read(byte[] pem)
    {
        var all = new X509Certificate2Collection();
        string[] lines = [.. Encoding.UTF8.GetString(pem).Split('\n').Select(l => l.Trim())];
        for (int first = 0; first < lines.Length; first++)
        {
            if (!lines[first].EndsWith(Begin, StringComparison.Ordinal)) continue;
            int last = Array.IndexOf(lines, End, first);
            all.Add(One(last < 0 ? "" : string.Concat(lines[(first + 1)..last]), first + 1));
            first = last;
        }

        return all.Count > 0 ? all : throw new CryptographicException("it holds no PEM certificate");
    }

    /// <summary>What boards cannot take of CAs, with the cure; empty when they take them.</summary>
    /// <param name="pem">The CAs.</param>
    /// <param name="mostRsaBits">The longest RSA key that all of these boards can check.</param>
    /// <exception cref="CryptographicException">It holds none, or a damaged one, which is named with its line.</exception>
    public static string[] Faults(byte[] pem, int mostRsaBits) =>
        [.. Read(pem).SelectMany(c => BoardCertificates.OfAuthority(c, mostRsaBits)).Select(f => f.Text)];

    private static X509Certificate2 One(string base64, int line)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new CryptographicException($"the certificate that begins in line {line} cannot be read", e);
        }
    }
}
