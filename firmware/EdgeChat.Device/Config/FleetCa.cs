using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeChat.Device;

/// <summary>The fleet's certificate authority: ca.pem, PEM text (RFC 7468) of one certificate or of several, such as the old and the new
/// one.</summary>
public static class FleetCa
{
    /// <summary>The file's name on the drive.</summary>
    public const string File = "ca.pem";

    private const string Cure = "Put the fleet's CA certificate there as PEM text: edgechat.json has \"tls\": true.";

    /// <summary>Reads ca.pem; throws <see cref="ConfigException"/> when it is missing or is no certificate.</summary>
    public static X509Certificate Load()
    {
        byte[] file = ConfigFile.Bytes(File, Cure);
        byte[] end = Encoding.UTF8.GetBytes("-----END CERTIFICATE-----");
        int first = Find(file, Encoding.UTF8.GetBytes("-----BEGIN CERTIFICATE-----"), 0);
        int last = -1;
        for (int at = Find(file, end, 0); at >= 0; at = Find(file, end, at + 1)) last = at;
        if (first < 0 || last < first) throw new ConfigException(File + " is not a certificate in PEM text. " + Cure);
        if (Find(file, Encoding.UTF8.GetBytes("PRIVATE KEY-----"), 0) >= 0)
            throw new ConfigException(File
                + " holds a private key, which no board may have: make a new CA. Put only its certificate there.");

        // what tools write before and after is left out; a line end and the zero at the end are what mbedTLS knows PEM by
        int length = last + end.Length - first;
        var pem = new byte[length + 2];
        Array.Copy(file, first, pem, 0, length);
        pem[length] = (byte)'\n';
        try
        {
            return new X509Certificate(pem);
        }
        catch (Exception)
        {
            throw new ConfigException(File + " is damaged: this board cannot read its certificate. " + Cure);
        }
    }

    private static int Find(byte[] text, byte[] what, int from)
    {
        for (int i = from; i + what.Length <= text.Length; i++)
        {
            int same = 0;
            while (same < what.Length && text[i + same] == what[same]) same++;
            if (same == what.Length) return i;
        }

        return -1;
    }
}
