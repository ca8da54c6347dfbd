using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet;

/// <summary>The lists of what counts no more (RFC 5280, section 5), one of each CA, in one file: Mosquitto lets nobody come of a CA that
/// has none.</summary>
internal static class RevocationList
{
    private const string Label = "X509 CRL"; // RFC 7468, section 7

    /// <summary>Makes that of a CA, in PEM.</summary>
    /// <param name="authority">The CA; its key must be there.</param>
    /// <param name="revoked">The numbers of what counts no more, and since when.</param>
    /// <param name="now">The time.</param>
    public static string Make(Authority authority, IEnumerable<(string Serial, DateTimeOffset At)> revoked, DateTimeOffset now)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var (serial, at) in revoked) list.AddEntry(Convert.FromHexString(serial), at);
        using X509Certificate2 ca = BrokerCertificates.Open(authority.Pem, ClientCa.Text(authority.KeyFile));
        // it ends with the CA: an old one, of which nobody takes a copy in time, would keep all boards out
        DateTimeOffset from = (now < authority.Until ? now : authority.Until).AddDays(-1);
        byte[] made = list.Build(ca, now.ToUnixTimeMilliseconds(), ca.NotAfter, HashAlgorithmName.SHA256, thisUpdate: from);
        return PemEncoding.WriteString(Label, made) + "\n";
    }

    /// <summary>That of a CA as it stands in a file; null when none does.</summary>
    public static string? Find(string file, Authority authority)
    {
        if (!File.Exists(file)) return null;
        using X509Certificate2 ca = X509Certificate2.CreateFromPem(authority.Pem);
        ReadOnlySpan<char> text = File.ReadAllText(file);
        while (PemEncoding.TryFind(text, out PemFields found))
        {
            if (IssuerOf(Convert.FromBase64String(text[found.Base64Data].ToString())).Span.SequenceEqual(ca.SubjectName.RawData))
                return text[found.Location].ToString() + "\n";
            text = text[found.Location.End..];
        }

        return null;
    }

    // RFC 5280, section 5.1: a version, the algorithm of the signature, the issuer
    private static ReadOnlyMemory<byte> IssuerOf(byte[] list)
    {
        AsnReader signed = new AsnReader(list, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (signed.PeekTag() == Asn1Tag.Integer) signed.ReadInteger();
        signed.ReadSequence();
        return signed.ReadEncodedValue();
    }
}
