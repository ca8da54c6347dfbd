using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>The CA of a fleet's clients: a file with its certificate, and beside it, with other endings, its key, the list of what it has
/// issued, and the list of what counts no more (RFC 5280, section 5).</summary>
/// <remarks>It is not the CA that boards trust: whoever provisions boards needs this key and not that one, and who has this key cannot
/// pretend to be the broker.</remarks>
/// <param name="path">The certificate's file.</param>
public sealed class ClientCa(string path)
{
    /// <summary>The certificate's file in a broker's folder.</summary>
    public const string File = "clients.pem";

    /// <summary>How long one is good that nobody keeps.</summary>
    private static readonly TimeSpan Passing = TimeSpan.FromHours(1);

    private sealed record Issued(string Serial, string User, DateTimeOffset End, DateTimeOffset? Revoked)
    {
        public override string ToString() => string.Join(' ', new[] { Serial, User, Time(End), Revoked is { } r ? Time(r) : "" }).TrimEnd();

        private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
    }

    /// <summary>The file with its certificate.</summary>
    public string CertificateFile => path;

    /// <summary>The file with its key.</summary>
    public string KeyFile => Path.ChangeExtension(path, ".key");

    /// <summary>The list of what counts no more, which Mosquitto reads at its start.</summary>
    public string RevokedFile => Path.ChangeExtension(path, ".crl");

    private string IssuedFile => Path.ChangeExtension(path, ".issued");

    /// <summary>Makes its files.</summary>
    /// <param name="path">The certificate's file.</param>
    /// <param name="fleet">The fleet's name.</param>
    /// <param name="now">The time.</param>
    public static ClientCa Create(string path, string fleet, DateTimeOffset now)
    {
        var made = new ClientCa(path);
        (string certificate, string key) = BrokerCertificates.MakeClientCa(fleet, now);
        new BrokerFile(path, certificate + "\n").WriteTo("");
        new BrokerFile(made.KeyFile, key + "\n", IsSecret: true).WriteTo("");
        made.Write([]);
        made.WriteRevoked([], now);
        return made;
    }

    /// <summary>Issues a certificate; gives it with its key, as <see cref="ClientCertificate"/> has them. Throws
    /// <see cref="FleetException"/>.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="isPassing">Whether nobody keeps it: then it is good for an hour.</param>
    public string Issue(string user, bool isPassing = false) => Issue(
        user, DateTimeOffset.UtcNow + (isPassing ? Passing : TimeSpan.FromDays(BrokerCertificates.ClientDays)));

    /// <summary>Issues a certificate that ends at a time, which may be over.</summary>
    public string Issue(string user, DateTimeOffset end) => Locked(() =>
    {
        (string certificate, string key) = BrokerCertificates.MakeClient(Text(path), Text(KeyFile), user, DateTimeOffset.UtcNow, end);
        using X509Certificate2 made = X509Certificate2.CreateFromPem(certificate);
        Write([.. Read(), new Issued(made.SerialNumber, user, made.NotAfter.ToUniversalTime(), null)]);
        return $"{certificate}\n{key}\n";
    });

    /// <summary>From now on no certificate of a user counts, but the one that is given.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="but">That one, or null for none.</param>
    public void Revoke(string user, string? but = null)
    {
        string? kept = null;
        if (but is not null)
        {
            using X509Certificate2 certificate = ClientCertificate.Open(but, but);
            kept = certificate.SerialNumber;
        }

        Revoke(i => i.User == user && i.Serial != kept);
    }

    /// <summary>From now on no certificate counts of who is none of these users.</summary>
    public void RevokeOthers(IReadOnlyList<string> users) => Revoke(i => !users.Contains(i.User));

    // What ends within the hour is noted, and put on the list with the next one: Mosquitto starts anew for each.
    private void Revoke(Func<Issued, bool> isMeant) => Locked(() =>
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Issued[] all = [.. Read().Select(i => i.Revoked is null && i.End > now && isMeant(i) ? i with { Revoked = now } : i)];
        // first the list: what was cut in between is done again
        if (all.Any(i => i.Revoked == now && i.End > now + Passing)) WriteRevoked(all, now);
        Write(all);
        return true;
    });

    private void WriteRevoked(IReadOnlyList<Issued> all, DateTimeOffset now)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (Issued one in all)
            if (one.Revoked is { } at && one.End > now) list.AddEntry(Convert.FromHexString(one.Serial), at);
        using X509Certificate2 ca = BrokerCertificates.Open(Text(path), Text(KeyFile));
        // it ends with the CA: an old one, of which nobody takes a copy in time, would keep all boards out
        byte[] made = list.Build(ca, now.ToUnixTimeMilliseconds(), ca.NotAfter, HashAlgorithmName.SHA256, thisUpdate: now.AddDays(-1));
        new BrokerFile(RevokedFile, PemEncoding.WriteString("X509 CRL", made) + "\n").WriteTo("");
    }

    private IEnumerable<Issued> Read() => Text(IssuedFile).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        string[] words = line.Split(' ');
        DateTimeOffset TimeAt(int word) => DateTimeOffset.Parse(words[word], CultureInfo.InvariantCulture);
        return new Issued(words[0], words[1], TimeAt(2), words.Length > 3 ? TimeAt(3) : null);
    });

    private void Write(IEnumerable<Issued> all) =>
        new BrokerFile(IssuedFile, string.Concat(all.Select(i => i + "\n"))).WriteTo("");

    private static string Text(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{file}: cannot be read ({e.Message.TrimEnd('.')}): certificates of clients are issued and taken "
                + "back where the files of their CA are", e);
        }
    }

    // beside other processes: twenty boards may be provisioned while somebody revokes one
    private T Locked<T>(Func<T> work)
    {
        try
        {
            using FileStream guard = FileLock.Take(path + ".lock");
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: what is beside it cannot be written ({FileFault.Of(e)}): run as who may", e);
        }
    }
}
