using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet;

/// <summary>What a CA is used for now.</summary>
public enum AuthorityState
{
    /// <summary>What is issued comes from it.</summary>
    Used,

    /// <summary>It is trusted, and follows the one that is used.</summary>
    Next,

    /// <summary>It is trusted still, and issues nothing any more.</summary>
    Old,
}

/// <summary>A CA of a fleet, as it stands in an <see cref="AuthorityFile"/>.</summary>
/// <param name="Pem">Its certificate.</param>
/// <param name="Number">The how manyth it is, from 1 on.</param>
/// <param name="File">The file that has it alone; of the first one, the file with all.</param>
/// <param name="KeyFile">Where its key is, unless somebody keeps it somewhere else.</param>
public sealed record Authority(string Pem, int Number, string File, string KeyFile)
{
    private byte[] _subject = [];

    /// <summary>Its common name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Identifies its key: what it has issued names it (RFC 5280, section 4.2.1.1).</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>From when on it is good.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>Until when it is good.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>What it is used for.</summary>
    public AuthorityState State { get; init; }

    /// <summary>Whether its key is there.</summary>
    public bool HasKey => System.IO.File.Exists(KeyFile);

    /// <summary>Whether it has issued a certificate.</summary>
    public bool HasIssued(X509Certificate2 certificate) => certificate.IssuerName.RawData.AsSpan().SequenceEqual(_subject)
        && certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is { } id
        && Convert.ToHexString(id.Span) == KeyId;

    /// <summary>The same, for its certificate.</summary>
    internal static Authority Of(X509Certificate2 certificate, int number, string file, string keyFile) =>
        new(certificate.ExportCertificatePem() + "\n", number, file, keyFile)
        {
            _subject = certificate.SubjectName.RawData,
            Name = certificate.GetNameInfo(X509NameType.SimpleName, false),
            KeyId = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifier ?? "",
            From = certificate.NotBefore.ToUniversalTime(),
            Until = certificate.NotAfter.ToUniversalTime(),
        };
}
