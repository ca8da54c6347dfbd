using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>A certificate as nanoFramework constructs it: from DER or PEM bytes, or from PEM text (where .NET would take a file
/// name).</summary>
public class X509Certificate : System.Security.Cryptography.X509Certificates.X509Certificate
{
#pragma warning disable SYSLIB0057 // the replacement makes a sealed type; firmware calls a constructor
    /// <summary>From DER or PEM bytes.</summary>
    /// <param name="certificate">May end with zeros, as PEM text for mbedTLS does.</param>
    /// <exception cref="CryptographicException">It cannot be read, or mbedTLS cannot read it.</exception>
    public X509Certificate(byte[] certificate)
        : base(WithoutZeros(certificate))
    {
        byte[] text = WithoutZeros(certificate);
        All = text.Length > 0 && text[0] == '-' ? Encoding.UTF8.GetString(text) : null;
        using var read = X509CertificateLoader.LoadCertificate(GetRawCertData());
        CertificateFault? fault = BoardCertificates.OfAuthority(read).FirstOrDefault(f => f.Code == MbedTls.NoSuchCa);
        if (fault is not null) throw new CryptographicException(fault.Text);
    }
#pragma warning restore SYSLIB0057

    /// <summary>All certificates of the PEM text, which the board trusts, or null when it was made from one in DER.</summary>
    internal string? All { get; }

    /// <summary>From PEM text.</summary>
    /// <param name="certificate">With its BEGIN and END lines.</param>
    public X509Certificate(string certificate)
        : this(Encoding.UTF8.GetBytes(certificate))
    {
    }

    /// <summary>When it ends, UTC.</summary>
    public virtual Platform.DateTime GetExpirationDate()
    {
        using var read = X509CertificateLoader.LoadCertificate(GetRawCertData());
        return read.NotAfter.ToUniversalTime();
    }

    private static byte[] WithoutZeros(byte[] certificate)
    {
        int length = certificate.Length;
        bool isText = length > 0 && certificate[0] == '-';
        while (isText && length > 0 && certificate[length - 1] == 0)
            length--;
        return certificate[..length];
    }
}
