using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet;

/// <summary>What boards cannot take of a server's certificates, though a PC can. Their TLS is mbedTLS 3.6 as ESP-IDF 5.5 builds
/// it.</summary>
public static class BoardCertificates
{
    private const int MostElements = 10;
    private const int LeastRsaBits = 2048;
    private const int MostRsaBitsOfC3 = 3072;
    private const int MostBytes = 16_000; // of the whole Certificate message
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    // id-ecPublicKey, rsaEncryption: RFC 3279, section 2.3
    private const string EcKey = "1.2.840.10045.2.1";
    private const string RsaKey = "1.2.840.113549.1.1.1";

    // P-256, P-384, P-521: RFC 5480, section 2.1.1.1
    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    // ecdsa-with-SHA256 to 512, sha256WithRSAEncryption to sha512, RSASSA-PSS: RFC 5758, section 3.2; RFC 4055, section 3 and 5
    private static readonly string[] Signatures =
    [
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12",
        "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10",
    ];

    // keyUsage, extKeyUsage, subjectAltName, basicConstraints: RFC 5280, section 4.2.1
    private static readonly string[] Critical = ["2.5.29.15", "2.5.29.37", "2.5.29.17", "2.5.29.19"];

    /// <summary>What is wrong, with the cure; empty when boards take it.</summary>
    /// <param name="shown">The server's certificate, and what it sends with it.</param>
    /// <param name="trusted">What stands in the boards' <c>ca.pem</c>.</param>
    /// <param name="host">The broker's name or address, as boards are given it.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<string> Faults(
        IReadOnlyList<X509Certificate2> shown, IReadOnlyList<X509Certificate2> trusted, string host, DateTimeOffset now)
    {
        X509Certificate2 server = shown[0];
        foreach (X509Certificate2 certificate in shown.Concat(trusted).DistinctBy(c => c.Thumbprint))
        {
            bool isRoot = IsSelfSigned(certificate);
            foreach (string fault in Key(certificate)) yield return $"{Named(certificate)}: {fault}";
            if (!isRoot && !Signatures.Contains(certificate.SignatureAlgorithm.Value))
                yield return $"{Named(certificate)}: is signed with {certificate.SignatureAlgorithm.FriendlyName}, and boards take "
                    + "SHA-256, 384 or 512: have it signed anew";
            foreach (X509Extension extension in certificate.Extensions.Where(e => e.Critical && !Critical.Contains(e.Oid?.Value)))
                yield return $"{Named(certificate)}: has the critical extension {extension.Oid?.FriendlyName ?? extension.Oid?.Value}, "
                    + "which boards do not know: have it issued without it, or not critical";
            if (now < certificate.NotBefore || now > certificate.NotAfter)
                yield return $"{Named(certificate)}: is good from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}";
            else if (now + Soon > certificate.NotAfter)
                yield return $"{Named(certificate)}: ends on {certificate.NotAfter:yyyy-MM-dd}: `edgechat broker update` renews a server's";
        }

        foreach (string fault in Names(server, host)) yield return fault;
        foreach (string fault in Usage(server)) yield return fault;
        if (shown.Count > MostElements) yield return $"{shown.Count} certificates are sent, and boards read {MostElements}";
        if (shown.Sum(c => c.RawData.Length) is > MostBytes and var bytes)
            yield return $"{bytes} bytes of certificates, and boards read {MostBytes}";
        foreach (string fault in Chain(shown, trusted, now)) yield return fault;
    }

    private static IEnumerable<string> Key(X509Certificate2 certificate)
    {
        string? kind = certificate.PublicKey.Oid.Value;
        if (kind == RsaKey)
        {
            using RSA? rsa = certificate.GetRSAPublicKey();
            int bits = rsa?.KeySize ?? 0;
            if (bits < LeastRsaBits)
                yield return $"has an RSA key of {bits} bits, and boards take {LeastRsaBits} or more: take ECDSA on P-256";
            if (bits > MostRsaBitsOfC3)
                yield return $"has an RSA key of {bits} bits, and an ESP32-C3 takes {MostRsaBitsOfC3}: take ECDSA on P-256";
        }
        else if (kind != EcKey)
        {
            yield return $"has a key that boards do not know ({Kind(kind)}): take ECDSA on P-256";
        }
        else if (!Curves.Contains(Curve(certificate)))
        {
            yield return $"has a key on curve {Curve(certificate)}, and boards know P-256, P-384 and P-521: take P-256";
        }
    }

    private static string Kind(string? oid) => oid switch
    {
        "1.3.101.112" => "Ed25519", // RFC 8410, section 3
        "1.3.101.113" => "Ed448",
        "1.2.840.113549.1.1.10" => "RSA for PSS only", // RFC 4055, section 3.1
        _ => oid ?? "?",
    };

    private static string Curve(X509Certificate2 certificate)
    {
        try
        {
            return AsnDecoder.ReadObjectIdentifier(certificate.PublicKey.EncodedParameters?.RawData ?? [], AsnEncodingRules.DER, out _);
        }
        catch (AsnContentException)
        {
            return "with parameters of its own";
        }
    }

    private static IEnumerable<string> Names(X509Certificate2 server, string host)
    {
        X509SubjectAlternativeNameExtension? names = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        bool isAddress = IPAddress.TryParse(host, out IPAddress? address);
        bool fits = names is { } all && (isAddress
            ? all.EnumerateIPAddresses().Any(a => a.Equals(address))
            : all.EnumerateDnsNames().Any(n => Fits(n, host)));
        if (!fits)
            yield return $"{Named(server)}: is not for {host}: have it issued with {(isAddress ? "IP" : "DNS")}:{host} among its "
                + "alternative names";
    }

    // no wildcard directly below a top level: boards take it and PCs do not
    private static bool Fits(string name, string host) => string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("*.", StringComparison.Ordinal) && name.IndexOf('.', 2) > 0 && host.IndexOf('.') is > 0 and var dot
            && string.Equals(name[1..], host[dot..], StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Usage(X509Certificate2 server)
    {
        X509KeyUsageExtension? usage = server.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        if (usage is not null && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature))
            yield return $"{Named(server)}: its key may not sign (keyUsage without digitalSignature): have it issued with it";
        X509EnhancedKeyUsageExtension? extended = server.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        if (extended is not null && extended.EnhancedKeyUsages.Cast<Oid>().All(o => o.Value != "1.3.6.1.5.5.7.3.1"))
            yield return $"{Named(server)}: is not for servers (extendedKeyUsage without serverAuth): have it issued with it";
    }

    private static IEnumerable<string> Chain(
        IReadOnlyList<X509Certificate2> shown, IReadOnlyList<X509Certificate2> trusted, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true; // boards do not fetch what is missing
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid; // said above
        foreach (X509Certificate2 ca in trusted)
            if (IsSelfSigned(ca)) chain.ChainPolicy.CustomTrustStore.Add(ca);
            else chain.ChainPolicy.ExtraStore.Add(ca);
        foreach (X509Certificate2 other in shown.Skip(1)) chain.ChainPolicy.ExtraStore.Add(other);
        if (chain.Build(shown[0])) yield break;
        X509ChainStatusFlags all = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (f, s) => f | s.Status);
        if (all.HasFlag(X509ChainStatusFlags.PartialChain))
            yield return $"{Named(shown[0])}: comes from {shown[0].Issuer}, and no way leads from there to a CA of ca.pem: let the "
                + "broker send the certificates in between with its own, or correct ca.pem";
        else if ((all & ~X509ChainStatusFlags.NotTimeValid) != X509ChainStatusFlags.NoError)
            yield return $"{Named(shown[0])}: its chain to the CA is not good ({all})";
    }

    private static bool IsSelfSigned(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static string Named(X509Certificate2 certificate) =>
        certificate.Subject.Length > 0 ? certificate.Subject : "a certificate without a name";
}
