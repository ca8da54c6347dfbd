using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>What boards cannot take of a server's certificates, though a PC can. Their TLS is mbedTLS 3.6 as ESP-IDF 5.5 builds
/// it.</summary>
public static class BoardCertificates
{
    /// <summary>The longest RSA key that each board can check: that of an ESP32-C3, in bits.</summary>
    public const int RsaBitsOfC3 = 3072;

    /// <summary>The longest RSA key that an ESP32 or ESP32-S3 can check, in bits: what its accelerator takes.</summary>
    public const int RsaBits = 4096;

    private const int MostIntermediates = 8;
    private const int LeastRsaBits = 2048;
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

    private const string OwnCurve = "with parameters of its own";
    private const string Policies = "2.5.29.32"; // RFC 5280, section 4.2.1.4

    // keyUsage, extKeyUsage, subjectAltName, basicConstraints: RFC 5280, section 4.2.1
    private static readonly string[] Critical = ["2.5.29.15", "2.5.29.37", "2.5.29.17", "2.5.29.19"];

    /// <summary>What is wrong, with the cure; empty when boards take it.</summary>
    /// <param name="shown">The server's certificate, and what it sends with it.</param>
    /// <param name="trusted">What stands in the boards' <c>ca.pem</c>.</param>
    /// <param name="host">The broker's name or address, as boards are given it.</param>
    /// <param name="now">The time.</param>
    /// <param name="mostRsaBits">The longest RSA key.</param>
    public static IEnumerable<CertificateFault> Faults(IReadOnlyList<X509Certificate2> shown, IReadOnlyList<X509Certificate2> trusted,
        string host, DateTimeOffset now, int mostRsaBits = RsaBitsOfC3)
    {
        X509Certificate2 server = shown[0];
        (HashSet<string> used, CertificateFault? broken) = Chain(shown, trusted, now);
        int between = used.Count(u => u != server.Thumbprint && trusted.All(t => t.Thumbprint != u));
        foreach (X509Certificate2 certificate in trusted.Concat(shown).DistinctBy(c => c.Thumbprint))
        {
            bool isTrusted = trusted.Any(t => t.Thumbprint == certificate.Thumbprint);
            bool isUsed = used.Contains(certificate.Thumbprint);
            foreach (CertificateFault fault in OfOne(certificate, isTrusted, certificate == server, mostRsaBits))
                if (isUsed || fault.Code == MbedTls.NoSuchCa)
                    yield return fault with { Text = $"{Named(certificate)}: {fault.Text}" };
            if (!isUsed) continue; // another fleet's, or a CA that is going or coming
            if (now < certificate.NotBefore || now > certificate.NotAfter)
                yield return new(MbedTls.NotAccepted,
                    $"{Named(certificate)}: is good from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}");
            else if (now + Soon > certificate.NotAfter)
                yield return new(CertificateFault.Taken,
                    $"{Named(certificate)}: ends on {certificate.NotAfter:yyyy-MM-dd}: "
                    + (isTrusted ? "`edgechat broker ca` has another CA follow it" : "`edgechat broker update` renews a server's"));
        }

        foreach (CertificateFault fault in Names(server, host)) yield return fault;
        foreach (CertificateFault fault in Usage(server)) yield return fault;
        if (between > MostIntermediates)
            yield return new(MbedTls.TooManyCertificates,
                $"{between} intermediate certificates lead to the CA, and boards take {MostIntermediates}");
        if (shown.Sum(c => c.RawData.Length) is > MostBytes and var bytes)
            yield return new(MbedTls.TooLarge, $"{bytes} bytes of certificates, and boards read {MostBytes}");
        if (broken is not null) yield return broken;
    }

    /// <summary>What is wrong with a CA of <c>ca.pem</c>, with the cure; empty when boards take it. Of one with
    /// <see cref="MbedTls.NoSuchCa"/> they cannot even read the file.</summary>
    /// <param name="ca">The CA.</param>
    /// <param name="mostRsaBits">The longest RSA key.</param>
    public static IEnumerable<CertificateFault> OfAuthority(X509Certificate2 ca, int mostRsaBits = RsaBitsOfC3) =>
        OfOne(ca, isTrusted: true, isServer: false, mostRsaBits).Concat(NoAuthority(ca))
            .Select(f => f with { Text = $"{Named(ca)}: {f.Text}" });

    // one that has signed itself may be the broker's own; those before X.509 version 3 cannot say it (mbedTLS, x509_crt.c)
    private static IEnumerable<CertificateFault> NoAuthority(X509Certificate2 certificate)
    {
        const int SaysIt = 3;
        if (certificate.Version < SaysIt || IsSelfSigned(certificate)
            || certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(c => c.CertificateAuthority)) yield break;
        yield return new(MbedTls.NotAccepted, $"is no CA: take the certificate of the one that has issued it ({certificate.Issuer})");
    }

    // mbedTLS does not offer what it cannot check, so that a server with such a key ends the handshake; one of ca.pem is not read
    private static IEnumerable<CertificateFault> OfOne(X509Certificate2 certificate, bool isTrusted, bool isServer, int mostRsaBits)
    {
        int unknown = isTrusted ? MbedTls.NoSuchCa : isServer ? MbedTls.Alert : MbedTls.NotAccepted;
        string? kind = certificate.PublicKey.Oid.Value;
        if (kind == RsaKey)
        {
            int bits = RsaBitsOf(certificate);
            if (bits < LeastRsaBits)
                yield return new(MbedTls.NotAccepted,
                    $"has an RSA key of {bits} bits, and boards take {LeastRsaBits} or more: take ECDSA on P-256");
            if (bits > mostRsaBits)
                yield return new(MbedTls.NotAccepted, mostRsaBits == RsaBitsOfC3
                    ? $"has an RSA key of {bits} bits, and an ESP32-C3 takes {mostRsaBits}: take ECDSA on P-256"
                    : $"has an RSA key of {bits} bits, and boards take {mostRsaBits}: take ECDSA on P-256");
        }
        else if (kind != EcKey)
        {
            yield return new(unknown, $"has a key that boards do not know ({Kind(kind)}): take ECDSA on P-256");
        }
        else if (Curve(certificate) == OwnCurve)
        {
            yield return new(isTrusted ? MbedTls.NoSuchCa : MbedTls.ExplicitCurve,
                "has a key on a curve that is written out, and boards know those that have a name: take P-256");
        }
        else if (isServer && certificate.PublicKey.EncodedKeyValue.RawData is [2 or 3, ..])
        {
            yield return new(MbedTls.Alert, "has a key whose point is compressed, which boards do not take: issue it with the whole point");
        }
        else if (!Curves.Contains(Curve(certificate)))
        {
            yield return new(isServer ? MbedTls.Alert : MbedTls.NotAccepted,
                $"has a key on curve {Curve(certificate)}, and boards know P-256, P-384 and P-521: take P-256");
        }

        if (isTrusted && certificate.SubjectName.RawData is [_, 0])
            yield return new(MbedTls.NoSuchCa, "has no subject: make a CA that has a name");
        if (!IsSelfSigned(certificate) && !Signatures.Contains(certificate.SignatureAlgorithm.Value))
            yield return new(MbedTls.NotAccepted, $"is signed with {certificate.SignatureAlgorithm.FriendlyName}, and boards take "
                + "SHA-256, 384 or 512: have it signed anew");
        foreach (X509Extension extension in certificate.Extensions.Where(e => e.Critical && !Critical.Contains(e.Oid?.Value)))
            yield return new(isTrusted ? MbedTls.NoSuchCa : extension.Oid?.Value == Policies ? MbedTls.CriticalPolicy
                : MbedTls.CriticalExtension, $"has the critical extension {extension.Oid?.FriendlyName ?? extension.Oid?.Value}, "
                + "which boards do not know: have it issued without it, or not critical");
    }

    // to the bit, where .NET rounds up
    private static int RsaBitsOf(X509Certificate2 certificate)
    {
        try
        {
            var key = new AsnReader(certificate.PublicKey.EncodedKeyValue.RawData, AsnEncodingRules.DER);
            return (int)key.ReadSequence().ReadInteger().GetBitLength();
        }
        catch (AsnContentException)
        {
            return 0;
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
            return OwnCurve;
        }
    }

    private static IEnumerable<CertificateFault> Names(X509Certificate2 server, string host)
    {
        X509SubjectAlternativeNameExtension? names = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        bool isAddress = IPAddress.TryParse(host, out IPAddress? address);
        bool isCommon = names is null
            && string.Equals(server.GetNameInfo(X509NameType.SimpleName, false), host, StringComparison.OrdinalIgnoreCase);
        bool fits = names is { } all && (isAddress
            ? all.EnumerateIPAddresses().Any(a => a.Equals(address))
            : all.EnumerateDnsNames().Any(n => Fits(n, host)));
        if (!fits)
            yield return new(isCommon ? CertificateFault.Taken : MbedTls.NotAccepted,
                $"{Named(server)}: is not for {host}: have it issued with {(isAddress ? "IP" : "DNS")}:{host} among its alternative names");
    }

    // no wildcard directly below a top level: boards take it and PCs do not
    private static bool Fits(string name, string host) => string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("*.", StringComparison.Ordinal) && name.IndexOf('.', 2) > 0 && host.IndexOf('.') is > 0 and var dot
            && string.Equals(name[1..], host[dot..], StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<CertificateFault> Usage(X509Certificate2 server)
    {
        X509KeyUsageExtension? usage = server.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        if (usage is not null && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature))
            yield return new(MbedTls.BadUsage,
                $"{Named(server)}: its key may not sign (keyUsage without digitalSignature): have it issued with it");
        X509EnhancedKeyUsageExtension? extended = server.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        if (extended is not null && extended.EnhancedKeyUsages.Cast<Oid>().All(o => o.Value != "1.3.6.1.5.5.7.3.1"))
            yield return new(MbedTls.BadUsage,
                $"{Named(server)}: is not for servers (extendedKeyUsage without serverAuth): have it issued with it");
    }

    // whose certificates lead from the server's to the CA, and what is wrong with that way but dates
    private static (HashSet<string> Used, CertificateFault? Broken) Chain(
        IReadOnlyList<X509Certificate2> shown, IReadOnlyList<X509Certificate2> trusted, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(trusted, now) };
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        foreach (X509Certificate2 other in shown.Skip(1)) chain.ChainPolicy.ExtraStore.Add(other);
        bool isGood = chain.Build(shown[0]);
        // .NET takes what it has kept of other chains too, and a board knows only what was sent and what it trusts
        HashSet<string> known = [.. shown.Concat(trusted).Select(c => c.Thumbprint)];
        string[] elements = [.. chain.ChainElements.Select(e => e.Certificate.Thumbprint)];
        HashSet<string> used = [.. elements.Where(known.Contains), shown[0].Thumbprint];
        bool isKnown = elements.All(known.Contains);
        if (isGood && isKnown) return (used, null);
        X509ChainStatusFlags all = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (f, s) => f | s.Status);
        if (!isKnown || all.HasFlag(X509ChainStatusFlags.PartialChain))
            return (used, new(MbedTls.NotAccepted,
                $"{Named(shown[0])}: comes from {shown[0].Issuer}, and no way leads from there to a CA of ca.pem: let the "
                + "broker send the certificates in between with its own, or correct ca.pem"));
        bool isBroken = (all & ~X509ChainStatusFlags.NotTimeValid) != X509ChainStatusFlags.NoError;
        return (used, isBroken ? new(MbedTls.NotAccepted, $"{Named(shown[0])}: its chain to the CA is not good ({all})") : null);
    }

    /// <summary>How a chain is built: from <c>ca.pem</c> and what the server sends, with nothing fetched, at a time.</summary>
    /// <param name="trusted">What stands in <c>ca.pem</c>.</param>
    /// <param name="now">The time.</param>
    public static X509ChainPolicy Policy(IReadOnlyList<X509Certificate2> trusted, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true, // boards do not fetch what is missing
            VerificationTime = now.LocalDateTime,
            VerificationTimeIgnored = false,
        };
        foreach (X509Certificate2 ca in trusted)
            if (IsSelfSigned(ca)) policy.CustomTrustStore.Add(ca);
            else policy.ExtraStore.Add(ca);
        return policy;
    }

    private static bool IsSelfSigned(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static string Named(X509Certificate2 certificate) =>
        certificate.Subject.Length > 0 ? certificate.Subject : "a certificate without a name";
}
