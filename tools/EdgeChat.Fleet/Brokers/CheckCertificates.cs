namespace EdgeChat.Fleet;

/// <summary>The certificates of <see cref="CheckUsers"/>, each with its key in a file of the broker's folder, and three of one of them that
/// the broker must refuse.</summary>
internal sealed class CheckCertificates(BrokerFolder folder)
{
    /// <summary>The file of one.</summary>
    public static string FileOf(string user) => $"{user}.secret";

    /// <summary>All of them, new; those that were there before count no more.</summary>
    public IEnumerable<BrokerFile> Make(DateTimeOffset now)
    {
        ClientCa clients = folder.Clients;
        string revoked = clients.Issue(CheckUsers.Member);
        foreach (string user in CheckUsers.All) clients.Revoke(user);
        // of the same name: nobody may go by that
        (string foreign, string foreignKey) = BrokerCertificates.MakeClientCa(folder.Fleet.Name, now, clients.Authorities.Used.Number);
        (string certificate, string key) = BrokerCertificates.MakeClient(
            foreign, foreignKey, CheckUsers.Member, now, now.AddDays(BrokerCertificates.ClientDays));
        foreach (string user in CheckUsers.All) yield return Secret(user, clients.Issue(user));
        yield return Secret(CheckUsers.Revoked, revoked);
        yield return Secret(CheckUsers.Expired, clients.Issue(CheckUsers.Member, now.AddHours(-1)));
        yield return Secret(CheckUsers.Foreign, $"{certificate}\n{key}\n");
    }

    /// <summary>Renews them when one is not of the CA that is used, and lets the broker know.</summary>
    public async Task FollowAsync(DateTimeOffset now, CancellationToken stop)
    {
        if (CheckUsers.All.Any(u => !folder.Clients.IsCurrent(folder.CheckSecret(u))))
        {
            foreach (BrokerFile secret in Make(now)) secret.WriteTo(folder.Path);
            BrokerFile.WriteAll(folder.Path, [.. folder.Rules()]);
        }

        // also when only this is left to be done
        foreach (string user in CheckUsers.All) await folder.Credentials.SetAsync(user, folder.CheckSecret(user), stop);
    }

    private static BrokerFile Secret(string user, string secret) => new(FileOf(user), secret, IsSecret: true);
}
