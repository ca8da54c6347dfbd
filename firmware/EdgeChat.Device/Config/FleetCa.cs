using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeChat.Device;

/// <summary>The fleet's certificate authority: ca.pem, PEM text (RFC 7468) of one certificate or of several, such as the old and the new
/// one.</summary>
/// <remarks>Read block by block, since mbedTLS takes several where one cannot be read, and then fails at each connection. What tools write
/// between the blocks is left out, and so are blanks, which mbedTLS refuses at the ends of lines.</remarks>
public static class FleetCa
{
    /// <summary>The file's name on the drive.</summary>
    public const string File = "ca.pem";

    /// <summary>What to do when it cannot be used.</summary>
    public const string Cure = "Put the fleet's CA certificate there as PEM text: edgechat.json has \"tls\": true.";

    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <summary>Reads the content of ca.pem; throws <see cref="ConfigException"/> when one of its certificates cannot be read, or there is
    /// none.</summary>
    public static X509Certificate Read(byte[] file) { return Certificate(Blocks(file, File), 1); }

    /// <summary>ca.pem with one certificate more: behind those that are there, of which the oldest goes when there would be three. Throws
    /// <see cref="ConfigException"/>.</summary>
    public static byte[] With(string pem)
    {
        string added = Blocks(Encoding.UTF8.GetBytes(pem), "ca");
        if (added.IndexOf(Begin, 1) > 0) throw new ConfigException("ca: one certificate at a time");
        string all = Blocks(ConfigFile.Bytes(File, Cure), File);
        int same = all.IndexOf(added);
        if (same >= 0) all = all.Substring(0, same) + all.Substring(same + added.Length);
        int last = all.LastIndexOf(Begin);
        byte[] bytes = Encoding.UTF8.GetBytes((last > 0 ? all.Substring(last) : all) + added);
        if (bytes.Length > ConfigFile.MaxBytes)
            throw new ConfigException(File + " would have " + bytes.Length + " bytes and may have " + ConfigFile.MaxBytes);
        return bytes;
    }

    // all certificates, each of which this board can read, without blanks and what is between them
    private static string Blocks(byte[] file, string name)
    {
        string[] lines = Encoding.UTF8.GetString(file, 0, file.Length).Split('\n');
        var all = new StringBuilder();
        StringBuilder block = null;
        int first = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.EndsWith("PRIVATE KEY-----"))
                throw new ConfigException(name
                    + " holds a private key, which no board may have: make a new CA. Put only its certificate there.");
            if (line.EndsWith(Begin))
            {
                if (block != null) throw Damaged(name, first);
                block = new StringBuilder();
                first = i + 1;
                line = Begin;
            }

            if (block == null || line.Length == 0) continue;
            block.Append(line).Append('\n');
            if (line != End) continue;
            string text = block.ToString();
            Certificate(text, first, name);
            all.Append(text);
            block = null;
        }

        if (block != null) throw Damaged(name, first);
        if (all.Length == 0) throw new ConfigException(name + " is not a certificate in PEM text. " + Cure);
        return all.ToString();
    }

    private static X509Certificate Certificate(string pem, int line, string name = File)
    {
        byte[] text = Encoding.UTF8.GetBytes(pem);
        var bytes = new byte[text.Length + 1]; // the zero at the end is what mbedTLS knows PEM by
        Array.Copy(text, bytes, text.Length);
        try
        {
            return new X509Certificate(bytes);
        }
        catch (Exception)
        {
            throw Damaged(name, line);
        }
    }

    private static ConfigException Damaged(string name, int line)
    {
        return new ConfigException(name + " is damaged: this board cannot read the certificate that begins in line " + line + ". " + Cure);
    }
}
