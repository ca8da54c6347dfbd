namespace EdgeChat.Fleet;

/// <summary>Which of a broker's CAs.</summary>
public enum AuthoritySide
{
    /// <summary>The one that the server's certificate comes from, and that boards trust.</summary>
    Server,

    /// <summary>The one that clients' certificates come from, and that the broker trusts.</summary>
    Clients,
}

/// <summary>Has another CA follow the one of a broker's folder, in steps between which everybody goes on. Each leaves the folder usable
/// when it is cut off anywhere, and does the rest when it is run again.</summary>
/// <remarks>
/// <code>
/// in the file     used     step
/// 1               1        make: 2 is there, and trusted once it has been given to all
/// 1, 2 (next)     1        switch: what is issued from now on comes from 2
/// 1 (old), 2      2        drop: 1 is trusted no more
/// 2               2
/// </code>
/// </remarks>
/// <param name="folder">The folder.</param>
/// <param name="side">Which CA.</param>
public sealed class AuthorityChange(BrokerFolder folder, AuthoritySide side)
{
    /// <summary>The file with the CAs.</summary>
    public AuthorityFile File => side == AuthoritySide.Server ? folder.Authorities : folder.Clients.Authorities;

    /// <summary>Makes the next CA; one that is there already stays. Throws <see cref="FleetException"/>.</summary>
    public Task MakeAsync(DateTimeOffset now, CancellationToken stop) => folder.LockedAsync(() =>
    {
        if (File.Find(AuthorityState.Next) is not null) return Task.FromResult(true);
        if (File.Find(AuthorityState.Old) is { } old)
            throw new FleetException($"{old.Name} is still trusted, and boards keep two CAs: "
                + $"`{Command} --drop old` first, once no board needs it");
        if (side == AuthoritySide.Clients) folder.Clients.MakeNext(folder.Fleet.Name, now);
        else File.Write([.. File.Read(), File.Make(number => BrokerCertificates.MakeCa(folder.Fleet.Name, now, number))]);
        return Task.FromResult(true);
    }, stop);

    /// <summary>Has the next CA take over; throws <see cref="FleetException"/>.</summary>
    public Task SwitchAsync(DateTimeOffset now, CancellationToken stop) => folder.LockedAsync(async () =>
    {
        Authority? next = File.Find(AuthorityState.Next);
        if (next is null && File.Find(AuthorityState.Old) is null)
            throw new FleetException($"there is no next CA to switch to: `{Command} --new` makes one");
        if (next is { HasKey: false })
            throw new FleetException($"{next.KeyFile} is not there, and what is issued is signed with it: bring it back");
        if (side == AuthoritySide.Server)
        {
            if (next is null) return true;
            if (folder.Plan.IsCluster)
                RequireStart(BrokerFolder.CaCertificate, $"and its nodes would not trust each other with {next.Name}");
            BrokerFile[] certificates = folder.Server.Make(next.Pem, System.IO.File.ReadAllText(next.KeyFile), now);
            BrokerFile.WriteAll(folder.Path, certificates);
            return true;
        }

        if (next is not null)
        {
            RequireStart(ClientCa.File, $"and would let nobody come with certificates of {next.Name}");
            folder.Clients.Switch();
        }

        await new CheckCertificates(folder).FollowAsync(now, stop);
        return true;
    }, stop);

    /// <summary>Takes a CA away that is not used; when there is none, nothing. Throws <see cref="FleetException"/>.</summary>
    /// <param name="state"><see cref="AuthorityState.Next"/> to give one up, or <see cref="AuthorityState.Old"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Ends it.</param>
    public Task DropAsync(AuthorityState state, DateTimeOffset now, CancellationToken stop) => folder.LockedAsync(async () =>
    {
        if (File.Find(state) is not { } authority) return true;
        if (side == AuthoritySide.Server)
        {
            if (state == AuthorityState.Old)
                RequireStart(BrokerFolder.ServerCertificate, $"and may still show a certificate of {authority.Name}");
            File.Drop(authority);
            return true;
        }

        if (state == AuthorityState.Old) await new CheckCertificates(folder).FollowAsync(now, stop);
        folder.Clients.Drop(authority);
        return true;
    }, stop);

    /// <summary>Takes an old CA away that has ended.</summary>
    /// <returns>Which one, or null.</returns>
    public async Task<Authority?> DropEndedAsync(DateTimeOffset now, CancellationToken stop)
    {
        if (File.Find(AuthorityState.Old) is not { } old || old.Until > now) return null;
        await DropAsync(AuthorityState.Old, now, stop);
        return old;
    }

    // what is known of a broker that runs on another machine is what the operator says
    private void RequireStart(string file, string why)
    {
        if (folder.RunsSinceBefore(file))
            throw new FleetException($"the broker runs since before {folder.At(file)} was written, {why}: start it again, then run the "
                + "same command");
    }

    private string Command => $"edgechat broker ca {folder.Path}{(side == AuthoritySide.Clients ? " --clients" : "")}";
}
