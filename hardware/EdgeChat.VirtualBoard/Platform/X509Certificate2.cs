using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Opened = System.Security.Cryptography.X509Certificates.X509Certificate2;

namespace EdgeChat.VirtualBoard.Platform;

/// <summary>A certificate with its key as nanoFramework constructs it, from PEM text.</summary>
/// <remarks>As on a board nobody looks here whether the two belong together.</remarks>
public class X509Certificate2 : Mqtt.X509Certificate
{
    private readonly AsymmetricAlgorithm _key;

    /// <summary>From PEM text.</summary>
    /// <param name="rawData">The certificate, with its BEGIN and END lines.</param>
    /// <param name="key">The key, likewise: EC or RSA, of PKCS#8, SEC1 or PKCS#1.</param>
    /// <param name="password">What opens the key; empty for one that is open.</param>
    /// <exception cref="CryptographicException">One cannot be read, or mbedTLS cannot read it.</exception>
    /// <exception cref="NotSupportedException">A password: no board of ours has one.</exception>
    public X509Certificate2(string rawData, string key, string password)
        : base(rawData)
    {
        if (!string.IsNullOrEmpty(password))
            throw new NotSupportedException("X509Certificate2: the virtual board reads keys that are open; pass an empty password");
        _key = Read(key);
    }

    /// <summary>The certificate with its key, to come to a broker with; null when they do not belong together.</summary>
    internal Opened? Open()
    {
        try
        {
            using Opened certificate = X509CertificateLoader.LoadCertificate(GetRawCertData());
            return _key is ECDsa ec ? certificate.CopyWithPrivateKey(ec) : certificate.CopyWithPrivateKey((RSA)_key);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static AsymmetricAlgorithm Read(string pem)
    {
        foreach (AsymmetricAlgorithm kind in new AsymmetricAlgorithm[] { ECDsa.Create(), RSA.Create() })
        {
            try
            {
                kind.ImportFromPem(pem);
                return kind;
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                kind.Dispose();
            }
        }

        throw new CryptographicException("X509Certificate2: the key cannot be read");
    }
}
