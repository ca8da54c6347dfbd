using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeChat.Device;

/// <summary>The board's own certificate, for a broker that wants one: client.pem, and client.key that belongs to it, PEM text (RFC 7468).
/// </summary>
/// <remarks>Nobody keeps it: it is read for each connection, since a board without one must not pay for it. That the key belongs to the
/// certificate the runtime cannot tell; a broker refuses it then.</remarks>
public static class OwnCertificate
{
    /// <summary>The certificate's name on the drive.</summary>
    public const string File = "client.pem";

    /// <summary>The key's name on the drive.</summary>
    public const string KeyFile = "client.key";

    private const string Cure = "Provision the board again.";

    /// <summary>Reads both; null when neither is on the drive. Throws <see cref="ConfigException"/> when one is missing or cannot be
    /// read.</summary>
    public static X509Certificate2 Load()
    {
        if (!ConfigFile.Exists(File) && !ConfigFile.Exists(KeyFile)) return null;
        string certificate = Text(File);
        string key = Text(KeyFile);
        string unread = File;
        try
        {
            new X509Certificate(certificate);
            unread = KeyFile;
            return new X509Certificate2(certificate, key, "");
        }
        catch (Exception)
        {
            throw new ConfigException(unread + " is damaged: this board cannot read it as PEM text. " + Cure);
        }
    }

    /// <summary>The same to connect with: throws <see cref="ConfigException"/> also when it is out of date.</summary>
    public static X509Certificate2 LoadValid()
    {
        X509Certificate2 own = Load();
        if (own == null) return null;
        DateTime end = own.GetExpirationDate();
        if (end >= DateTime.UtcNow) return own;
        throw new ConfigException("this board's certificate, " + File + ", is out of date since " + end.ToString("yyyy-MM-dd") + ". " +
            Cure);
    }

    private static string Text(string file)
    {
        byte[] bytes = ConfigFile.Bytes(file, Cure);
        return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
    }
}
