using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>The CAs that somebody trusts, in one PEM file: one, and while another takes over from it, both. Beside it, as
/// <c>ca.pem</c>, lie the first one's key, <c>ca.key</c>, and of each later one its key and itself alone, <c>ca-2.key</c> and
/// <c>ca-2.pem</c>.</summary>
/// <remarks>No file is ever renamed to that of another CA, so that an end at any point leaves each CA with its own key: one counts when it
/// stands in the file with all, which is written last, and its key goes before it does.</remarks>
/// <param name="path">The file.</param>
/// <param name="issued">The file with a certificate of the one that is used; null when that one is the first in the file.</param>
public sealed class AuthorityFile(string path, string? issued = null)
{
    private const int Most = 2; // a board keeps no more of them either

    private string Folder => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private string Stem => Path.GetFileNameWithoutExtension(path);

    /// <summary>All that stand in it, as they stand there; throws <see cref="FleetException"/>.</summary>
    public IReadOnlyList<Authority> Read()
    {
        Dictionary<string, int> numbers = Files().Select(f => (f.Number, Certificate: TryRead(f.Path)))
            .Where(f => f.Certificate is not null).DistinctBy(f => f.Certificate!.Thumbprint)
            .ToDictionary(f => f.Certificate!.Thumbprint, f => f.Number);
        Authority[] all = [.. Certificates(path).Select(c => Of(c, numbers.GetValueOrDefault(c.Thumbprint, 1)))];
        Authority used = issued is not null && TryRead(issued) is { } certificate
            ? all.FirstOrDefault(a => a.HasIssued(certificate)) ?? all[0] : all[0];
        return
        [
            .. all.Select(a => a with
            {
                State = a == used ? AuthorityState.Used : a.Number > used.Number ? AuthorityState.Next : AuthorityState.Old,
            }),
        ];
    }

    /// <summary>The one that is used; throws <see cref="FleetException"/>.</summary>
    public Authority Used => Read().Single(a => a.State == AuthorityState.Used);

    /// <summary>The one in a state, or null.</summary>
    public Authority? Find(AuthorityState state) => Read().FirstOrDefault(a => a.State == state);

    /// <summary>Makes the files of one more, which nobody trusts before it was <see cref="Write">written</see> too. One that was made and
    /// then not written, since something came between, is taken up.</summary>
    /// <param name="make">Makes the how manyth.</param>
    public Authority Make(Func<int, (string Certificate, string Key)> make)
    {
        IReadOnlyList<Authority> all = Read();
        if (all.Count >= Most) throw new FleetException($"{path}: has {all.Count} CAs already: drop one before another is made");
        (int Number, string Path)[] files = [.. Files()];
        foreach (var (known, file) in files.OrderByDescending(f => f.Number))
        {
            if (TryRead(file) is not { } certificate || !IsPair(file, Path.ChangeExtension(file, ".key"))) continue;
            Authority begun = Of(certificate, known);
            if (all.All(a => a.Pem != begun.Pem)) return begun;
        }

        int number = files.Select(f => f.Number).Append(1).Max() + 1;
        (string pem, string key) = make(number);
        BrokerFile.WriteAll(Folder, [new(NameOf(number, ".key"), key + "\n", IsSecret: true), new(NameOf(number, ".pem"), pem + "\n")]);
        using X509Certificate2 made = X509Certificate2.CreateFromPem(pem);
        return Of(made, number);
    }

    /// <summary>Writes the file with these, in this order.</summary>
    public void Write(IEnumerable<Authority> all) =>
        new BrokerFile(Path.GetFileName(path), string.Concat(all.Select(a => a.Pem))).WriteTo(Folder);

    /// <summary>Takes one away, with its key: first that, so that none can be taken for one that was just made.</summary>
    public void Drop(Authority authority)
    {
        File.Delete(authority.KeyFile);
        Write(Read().Where(a => a.Pem != authority.Pem));
        if (authority.Number > 1) File.Delete(authority.File);
    }

    /// <summary>Whether a certificate and a key belong together.</summary>
    internal static bool IsPair(string certificate, string key)
    {
        try
        {
            using X509Certificate2 pair = X509Certificate2.CreateFromPemFile(certificate, key);
            return pair.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException)
        {
            return false;
        }
    }

    private Authority Of(X509Certificate2 certificate, int number) =>
        Authority.Of(certificate, number, number == 1 ? path : At(number, ".pem"), At(number, ".key"));

    private string At(int number, string ending) => Path.Combine(Folder, NameOf(number, ending));

    private string NameOf(int number, string ending) =>
        number == 1 ? Stem + ending : $"{Stem}-{number.ToString(CultureInfo.InvariantCulture)}{ending}";

    // those of the later ones, also what is left of one that is none any more: its number is not given again
    private IEnumerable<(int Number, string Path)> Files()
    {
        foreach (string file in Directory.EnumerateFiles(Folder, $"{Stem}-*.pem"))
        {
            string digits = Path.GetFileNameWithoutExtension(file)[(Stem.Length + 1)..];
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 1)
                yield return (number, file);
        }
    }

    private static X509Certificate2? TryRead(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static X509Certificate2Collection Certificates(string file)
    {
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(File.ReadAllText(file));
            return all.Count > 0 ? all : throw new CryptographicException("it holds no certificate");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{file}: the CA cannot be read ({FileFault.Of(e)}): bring it back from a copy", e);
        }
    }
}
