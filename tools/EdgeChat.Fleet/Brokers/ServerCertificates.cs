using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet;

/// <summary>The certificates that a broker shows, with their keys: to its clients, and of a cluster the nodes to each other.</summary>
internal sealed class ServerCertificates(BrokerFolder folder)
{
    private static readonly (string Certificate, string Key)[] Pairs =
    [
        (BrokerFolder.NodeCertificate, BrokerFolder.NodeKey), (BrokerFolder.ServerCertificate, BrokerFolder.ServerKey),
    ];

    /// <summary>How long that for clients is good for; throws <see cref="FleetException"/>.</summary>
    public DateTime End
    {
        get
        {
            try
            {
                string file = folder.At(BrokerFolder.ServerCertificate);
                using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(file);
                return certificate.NotAfter.ToUniversalTime();
            }
            catch (CryptographicException e)
            {
                throw new FleetException($"{folder.At(BrokerFolder.ServerCertificate)}: cannot be read ({e.Message.TrimEnd('.')})", e);
            }
        }
    }

    /// <summary>New ones: each key before its certificate, and that for clients as the last one, which decides which CA is used.</summary>
    public BrokerFile[] Make(string ca, string caKey, DateTimeOffset now)
    {
        string[] hosts = [.. folder.Plan.Nodes.Select(n => n.Host), "localhost", "127.0.0.1"];
        return
        [
            .. folder.Plan.IsCluster
                ? Pair(BrokerFolder.NodeCertificate, BrokerFolder.NodeKey, BrokerCertificates.MakeNode(ca, caKey, hosts, now)) : [],
            .. Pair(BrokerFolder.ServerCertificate, BrokerFolder.ServerKey, BrokerCertificates.MakeServer(ca, caKey, hosts, now)),
        ];
    }

    /// <summary>Whether something came between when they were written.</summary>
    public bool IsCutOff => Pairs.Any(p => File.Exists(folder.At(p.Certificate) + BrokerFile.New));

    /// <summary>Completes a pair of which the key was written and not the certificate, since something came between: no broker starts with
    /// such a one. Whoever calls it holds the folder's lock.</summary>
    public void Mend()
    {
        foreach (var (name, itsKey) in Pairs)
        {
            string certificate = folder.At(name), key = folder.At(itsKey), next = certificate + BrokerFile.New;
            if (!File.Exists(next)) continue;
            if (!AuthorityFile.IsPair(certificate, key) && AuthorityFile.IsPair(next, key)) File.Move(next, certificate, overwrite: true);
            else File.Delete(next);
            File.Delete(key + BrokerFile.New);
        }
    }

    private static BrokerFile[] Pair(string certificate, string key, (string Certificate, string Key) made) =>
        [new(key, made.Key + "\n", IsSecret: true), new(certificate, made.Certificate + "\n")];
}
