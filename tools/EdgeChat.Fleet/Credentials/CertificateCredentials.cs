namespace EdgeChat.Fleet;

/// <summary>Certificates of clients in the place of passwords: a secret is a certificate with its key, and the broker is told which one
/// counts.</summary>
/// <param name="ca">The CA that issues them.</param>
/// <param name="users">Where the broker keeps its users, which it knows by the whole names of their certificates; null for Mosquitto, which
/// takes the user's name from any certificate of the CA that is on no list of revoked ones.</param>
/// <param name="pidFile">Of Mosquitto, its process id; null when somebody else starts it again.</param>
public sealed class CertificateCredentials(ClientCa ca, ICredentials? users, string? pidFile) : ICredentials
{
    /// <inheritdoc/>
    public bool HasPasswords => true;

    /// <inheritdoc/>
    public string NewSecret(string user, bool isPassing = false) => ca.Issue(user, isPassing);

    /// <inheritdoc/>
    public bool IsCurrent(string secret) => ca.IsCurrent(secret);

    /// <inheritdoc/>
    public async Task SetAsync(string user, string password, CancellationToken stop)
    {
        ca.Revoke(user, but: password);
        if (users is null) await RereadAsync(stop);
        else await users.SetAsync(user, ClientCertificate.NameOf(password), stop);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string user, CancellationToken stop)
    {
        ca.Revoke(user);
        if (users is null) await RereadAsync(stop);
        else await users.RemoveAsync(user, stop);
    }

    // It reads the list at its start, since 2.0 ends at a SIGHUP when it demands certificates. What it has read is told by the times.
    private Task RereadAsync(CancellationToken stop) =>
        pidFile is not null && (!File.Exists(pidFile) || File.GetLastWriteTimeUtc(ca.RevokedFile) > File.GetLastWriteTimeUtc(pidFile))
            ? BrokerProcess.OfMosquitto(pidFile).RestartAsync(stop) : Task.CompletedTask;
}
