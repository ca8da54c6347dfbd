using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet;

/// <summary>A client's certificate with its key, in one PEM text. In a store and in files it is a secret, as a password is.</summary>
public static class ClientCertificate
{
    /// <summary>How long before its end a board is given the next one.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(90);

    /// <summary>Whether a secret is one, and no password.</summary>
    public static bool Is(string secret) => secret.StartsWith("-----BEGIN ", StringComparison.Ordinal);

    /// <summary>The certificate with its key, to come to a broker with; throws <see cref="FleetException"/> when one cannot be read, or
    /// they do not belong together.</summary>
    /// <param name="certificate">PEM text with the certificate.</param>
    /// <param name="key">PEM text with the key; the same one when both stand in it.</param>
    public static X509Certificate2 Open(string certificate, string key)
    {
        using X509Certificate2 alone = WithoutKey(certificate);
        try
        {
            X509Certificate2 read = X509Certificate2.CreateFromPem(certificate, key);
            if (!OperatingSystem.IsWindows()) return read;
            // Windows comes to nobody with a key that lies in no store
            using (read) return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new FleetException(FaultOf(key, alone.GetNameInfo(X509NameType.SimpleName, false)), e);
        }
    }

    private static X509Certificate2 WithoutKey(string certificate)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate);
        }
        catch (CryptographicException e)
        {
            throw new FleetException("the certificate is no PEM text, or damaged", e);
        }
    }

    // PKCS#8 says it in its first line, what is older in its second (RFC 1421, section 4.6.1.1)
    private static string FaultOf(string key, string name) =>
        key.Contains("ENCRYPTED", StringComparison.Ordinal) ? "the key is encrypted: `openssl pkey -in KEY -out NEW` writes one that is not"
        : key.Contains(" PRIVATE KEY-----", StringComparison.Ordinal) ? $"the key is not that of the certificate of {name}, or damaged"
        : "the key is no PEM text with a PRIVATE KEY in it";

    /// <summary>The two parts as files of a board have them: certificate and key, PKCS#8 in PEM, which mbedTLS reads; throws as
    /// <see cref="Open"/>.</summary>
    public static (string Certificate, string Key) Parts(string pem)
    {
        using X509Certificate2 certificate = Open(pem, pem);
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Until when it is good; throws as <see cref="Open"/>.</summary>
    public static DateTimeOffset EndOf(string pem)
    {
        using X509Certificate2 certificate = Open(pem, pem);
        return certificate.NotAfter;
    }

    /// <summary>Its name as brokers write it that know users by the whole name (RFC 4514): <c>CN=USER,SERIALNUMBER=NUMBER</c>; throws as
    /// <see cref="Open"/>.</summary>
    public static string NameOf(string pem)
    {
        using X509Certificate2 certificate = Open(pem, pem);
        return $"CN={certificate.GetNameInfo(X509NameType.SimpleName, false)},SERIALNUMBER={certificate.SerialNumber}";
    }
}
