using System.Globalization;
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

    private sealed record Issued(string Serial, string User, DateTimeOffset End, DateTimeOffset? Revoked, string Authority)
    {
        public override string ToString() => string.Join(' ', Serial, User, Time(End), Revoked is { } r ? Time(r) : None, Authority);

        private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
    }

    private const string None = "-";

    /// <summary>The file with its certificate; while another takes over, with both.</summary>
    public string CertificateFile => path;

    /// <summary>What stands in it: the first one is used.</summary>
    public AuthorityFile Authorities { get; } = new(path);

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
        new BrokerFile(made.Authorities.Used.KeyFile, key + "\n", IsSecret: true).WriteTo("");
        made.Write([]);
        made.WriteRevoked([], now);
        return made;
    }

    /// <summary>Makes the next CA, which brokers trust from their next start on; issued is with the present one until
    /// <see cref="Switch"/>.</summary>
    /// <param name="fleet">The fleet's name.</param>
    /// <param name="now">The time.</param>
    public void MakeNext(string fleet, DateTimeOffset now) => Locked(() =>
    {
        Authority next = Authorities.Make(number => BrokerCertificates.MakeClientCa(fleet, now, number));
        // the list comes first: without one a broker would let nobody come of it
        WriteRevoked([.. Read()], now, [.. Authorities.Read(), next]);
        Authorities.Write([.. Authorities.Read(), next]);
        return true;
    });

    /// <summary>From now on the next CA issues.</summary>
    public void Switch() => Locked(() =>
    {
        Authorities.Write(Authorities.Read().OrderByDescending(a => a.State == AuthorityState.Next));
        return true;
    });

    /// <summary>Takes a CA away: nobody comes any more with what it has issued.</summary>
    public void Drop(Authority authority) => Locked(() =>
    {
        Authorities.Drop(authority);
        WriteRevoked([.. Read()], DateTimeOffset.UtcNow);
        return true;
    });

    /// <summary>Who has a certificate of a CA that counts.</summary>
    public IReadOnlyList<string> UsersOf(Authority authority) => [.. Read()
        .Where(i => IsOf(i, authority) && i.Revoked is null && i.End > DateTimeOffset.UtcNow).Select(i => i.User).Distinct().Order()];

    /// <summary>Whether a secret is a certificate of the CA that is used, which does not end before its board is likely to be plugged in
    /// again; one that ends with the CA cannot be any better.</summary>
    public bool IsCurrent(string secret)
    {
        if (!ClientCertificate.Is(secret)) return false;
        using X509Certificate2 certificate = ClientCertificate.Open(secret, secret);
        Authority used = Authorities.Used;
        return used.HasIssued(certificate)
            && (certificate.NotAfter.ToUniversalTime() > DateTime.UtcNow + ClientCertificate.Soon
                || certificate.NotAfter.ToUniversalTime() >= used.Until.UtcDateTime);
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
        Authority used = Authorities.Used;
        (string certificate, string key) = BrokerCertificates.MakeClient(used.Pem, Text(used.KeyFile), user, DateTimeOffset.UtcNow, end);
        using X509Certificate2 made = X509Certificate2.CreateFromPem(certificate);
        Write([.. Read(), new Issued(made.SerialNumber, user, made.NotAfter.ToUniversalTime(), null, used.KeyId)]);
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

    // the list of a CA whose key is not there stays, unless something was taken back that it has issued
    private void WriteRevoked(IReadOnlyList<Issued> all, DateTimeOffset now, IReadOnlyList<Authority>? authorities = null)
    {
        string ListOf(Authority authority)
        {
            Issued[] revoked = [.. all.Where(i => IsOf(i, authority) && i.Revoked is not null && i.End > now)];
            return !authority.HasKey && revoked.All(i => i.Revoked != now) && RevocationList.Find(RevokedFile, authority) is { } kept
                ? kept : RevocationList.Make(authority, revoked.Select(i => (i.Serial, i.Revoked!.Value)), now);
        }

        new BrokerFile(RevokedFile, string.Concat((authorities ?? Authorities.Read()).Select(ListOf))).WriteTo("");
    }

    // what an earlier version has issued does not say it: there was one CA
    private static bool IsOf(Issued one, Authority authority) =>
        one.Authority == None ? authority.Number == 1 : one.Authority == authority.KeyId;

    private IEnumerable<Issued> Read() => Text(IssuedFile).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        string[] words = line.Split(' ');
        DateTimeOffset TimeAt(int word) => DateTimeOffset.Parse(words[word], CultureInfo.InvariantCulture);
        return new Issued(words[0], words[1], TimeAt(2), words.Length > 3 && words[3] != None ? TimeAt(3) : null,
            words.Length > 4 ? words[4] : None);
    });

    private void Write(IEnumerable<Issued> all) =>
        new BrokerFile(IssuedFile, string.Concat(all.Select(i => i + "\n"))).WriteTo("");

    /// <summary>What stands in one of its files; throws <see cref="FleetException"/>.</summary>
    internal static string Text(string file)
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
