using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet;

/// <summary>The certificates of a fleet's broker: a CA, which boards trust, and the server's, which it signs; and those of its clients,
/// with a CA of their own. ECDSA on P-256 with SHA-256, which every board and every PC takes.</summary>
public static class BrokerCertificates
{
    /// <summary>How long a CA is good for; boards need the next one before that.</summary>
    public const int CaDays = 3650;

    /// <summary>How long before its end a CA is told of: all boards need the next one until then.</summary>
    public static readonly TimeSpan CaSoon = TimeSpan.FromDays(180);

    /// <summary>How long a server's certificate is good for.</summary>
    public const int ServerDays = 825;

    /// <summary>How long before its end a server's certificate is told of.</summary>
    public static readonly TimeSpan ServerSoon = TimeSpan.FromDays(60);

    /// <summary>How long the CA of clients is good for: twice as long as what it issues. Brokers alone have it.</summary>
    public const int ClientCaDays = 7300;

    /// <summary>How long a client's certificate is good for: a board has to be plugged in for the next one.</summary>
    public const int ClientDays = 3650;

    // RFC 5280, section 4.2.1.12
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string SerialNumber = "2.5.4.5"; // the attribute of a name: RFC 5280, section 4.1.2.4
    private const int SerialBytes = 16;

    /// <summary>Makes a CA: its certificate and its key, in PEM.</summary>
    /// <param name="fleet">The fleet's name.</param>
    /// <param name="now">The time; it is good from a day before it on.</param>
    /// <param name="number">The how manyth of the fleet it is: each has a name of its own, by which TLS finds it.</param>
    public static (string Certificate, string Key) MakeCa(string fleet, DateTimeOffset now, int number = 1) =>
        MakeAuthority($"EdgeChat CA of {fleet}", number, CaDays, now);

    /// <summary>Makes the CA of a fleet's clients: its certificate and its key, in PEM; parameters as with
    /// <see cref="MakeCa"/>.</summary>
    public static (string Certificate, string Key) MakeClientCa(string fleet, DateTimeOffset now, int number = 1) =>
        MakeAuthority($"EdgeChat clients of {fleet}", number, ClientCaDays, now);

    private static (string Certificate, string Key) MakeAuthority(string common, int number, int days, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(number == 1 ? common : $"{common} {number.ToString(CultureInfo.InvariantCulture)}");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using X509Certificate2 ca = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(days));
        return (ca.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Makes a certificate for a server, signed by a CA: itself and its key, in PEM.</summary>
    /// <param name="caCertificate">The CA's certificate.</param>
    /// <param name="caKey">The CA's key.</param>
    /// <param name="hosts">The names and addresses that clients know the server by; the first is the subject.</param>
    /// <param name="now">The time; it is good from a day before it on, for clocks that are behind.</param>
    public static (string Certificate, string Key) MakeServer(
        string caCertificate, string caKey, IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts.Distinct()) Add(names, host);
        return Make(caCertificate, caKey, Named(hosts[0]), names, [ServerAuthentication], NewSerial(), now, now.AddDays(ServerDays));
    }

    /// <summary>Makes the certificate of a client: itself and its key, in PEM. Its name is <c>CN=USER,SERIALNUMBER=</c> with the
    /// certificate's own number, so that a broker that knows users by the whole name knows this one certificate.</summary>
    /// <param name="caCertificate">The certificate of the clients' CA.</param>
    /// <param name="caKey">Its key.</param>
    /// <param name="user">The user's name, that is the device id.</param>
    /// <param name="now">The time; it is good from a day before it on, for clocks that are behind.</param>
    /// <param name="end">When it ends; with the CA at the latest.</param>
    public static (string Certificate, string Key) MakeClient(
        string caCertificate, string caKey, string user, DateTimeOffset now, DateTimeOffset end)
    {
        byte[] serial = NewSerial();
        var name = new X500DistinguishedNameBuilder();
        name.Add(SerialNumber, Convert.ToHexString(serial), UniversalTagNumber.PrintableString);
        name.AddCommonName(user);
        return Make(caCertificate, caKey, name, null, [ClientAuthentication], serial, now, end);
    }

    /// <summary>Makes the certificate that the nodes of a cluster prove themselves to each other with, on both sides of a connection. It
    /// has an address as a name too, since Erlang compares nothing else with the host of a node.</summary>
    /// <param name="caCertificate">The CA's certificate.</param>
    /// <param name="caKey">The CA's key.</param>
    /// <param name="hosts">The names and addresses of all nodes; the first is the subject.</param>
    /// <param name="now">The time, as for a server.</param>
    public static (string Certificate, string Key) MakeNode(
        string caCertificate, string caKey, IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts.Distinct())
        {
            Add(names, host);
            if (IPAddress.TryParse(host, out _)) names.AddDnsName(host);
        }

        return Make(caCertificate, caKey, Named(hosts[0]), names, [ServerAuthentication, ClientAuthentication], NewSerial(), now,
            now.AddDays(ServerDays));
    }

    private static void Add(SubjectAlternativeNameBuilder names, string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? address)) names.AddIpAddress(address);
        else names.AddDnsName(host);
    }

    private static X500DistinguishedNameBuilder Named(string common)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(common);
        return name;
    }

    private static byte[] NewSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40); // positive, and of full length: RFC 5280, section 4.1.2.2
        return serial;
    }

    private static (string Certificate, string Key) Make(string caCertificate, string caKey, X500DistinguishedNameBuilder name,
        SubjectAlternativeNameBuilder? names, string[] uses, byte[] serial, DateTimeOffset now, DateTimeOffset end)
    {
        using X509Certificate2 ca = Open(caCertificate, caKey);
        if (now > ca.NotAfter || now < ca.NotBefore)
            throw new FleetException($"the CA is good from {ca.NotBefore:yyyy-MM-dd} to {ca.NotAfter:yyyy-MM-dd}, and it is "
                + $"{now:yyyy-MM-dd}: correct the clock, or make the next one (`edgechat broker ca`)");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses.Select(u => new Oid(u))], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        if (names is not null) request.CertificateExtensions.Add(names.Build());
        DateTimeOffset from = Later(now.AddDays(-1), ca.NotBefore);
        DateTimeOffset to = end < ca.NotAfter ? end : ca.NotAfter;
        using X509Certificate2 made = request.Create(ca, from, to, serial);
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A CA with its key; throws <see cref="FleetException"/>.</summary>
    internal static X509Certificate2 Open(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new FleetException(
                $"the CA's certificate and key cannot be read, or do not belong together ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
