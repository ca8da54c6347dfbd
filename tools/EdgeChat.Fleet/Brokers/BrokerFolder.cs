using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>What an update of a broker's folder has done.</summary>
/// <param name="Limits">What has become of each limit that was not what the fleet's size asks for.</param>
/// <param name="Authority">The CA that the server's certificate comes from.</param>
/// <param name="IsRenewed">Whether there is a new one: not without the CA's key, nor when the CA has ended.</param>
public sealed record BrokerUpdate(IReadOnlyList<LimitChange> Limits, Authority Authority, bool IsRenewed);

/// <summary>The folder of a broker: its whole configuration, its certificates, its data, and what <c>edgechat broker check</c> comes
/// with.</summary>
public sealed class BrokerFolder
{
    /// <summary>The CA that boards trust; while another takes over, both.</summary>
    public const string CaCertificate = "ca.pem";

    /// <summary>The broker's certificate.</summary>
    public const string ServerCertificate = "server.pem";

    /// <summary>The broker's key.</summary>
    public const string ServerKey = "server.key";

    /// <summary>The certificate that the nodes of a cluster have for each other.</summary>
    public const string NodeCertificate = "nodes.pem";

    /// <summary>Its key.</summary>
    public const string NodeKey = "nodes.key";

    private const string CheckSecrets = "check.secret";
    private const string Bundle = "esp32-devkit.bundle";

    private readonly IBrokerConfiguration _configuration;

    private BrokerFolder(string path, BrokerPlan plan, FleetFile fleet)
    {
        Path = path;
        Plan = plan;
        Fleet = fleet;
        Rights = TopicRights.Of(fleet);
        Limits = new BrokerLimits(Rights.Users.Count);
        _configuration = plan.Kind switch
        {
            BrokerKind.Nats => new NatsConfiguration(),
            BrokerKind.RabbitMq => new RabbitMqConfiguration(),
            _ => new MosquittoConfiguration(),
        };
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>What it is for.</summary>
    public BrokerPlan Plan { get; }

    /// <summary>The fleet, as the broker has to know it.</summary>
    public FleetFile Fleet { get; }

    /// <summary>Who may do what.</summary>
    public TopicRights Rights { get; }

    /// <summary>What the broker may be asked to keep.</summary>
    public BrokerLimits Limits { get; }

    /// <summary>How a node of the broker, from 1 on, is started.</summary>
    public BrokerProgram Program(int node) => _configuration.Program(this, node);

    /// <summary>The CAs that boards trust.</summary>
    public AuthorityFile Authorities => new(At(CaCertificate), At(ServerCertificate));

    /// <summary>Claims a node for who runs it, until what is given is disposed of; throws <see cref="FleetException"/> when it runs
    /// already, or the folder cannot be written.</summary>
    public IDisposable Claim(int node) => FolderClaim.ToRun(Path, node, _configuration.Process(this, node));

    /// <summary>The CA of the clients, where these come with certificates.</summary>
    public ClientCa Clients => new(At(ClientCa.File));

    /// <summary>Where passwords are set.</summary>
    public ICredentials Credentials => _configuration.Credentials(this);

    /// <summary>What stands below <c>broker:</c> in a fleet's file that uses this broker.</summary>
    public string FleetLines => $"""
        host: {Plan.Host}
        port: {Plan.Port}
        tls: true
        ca: {At(CaCertificate)}
        {_configuration.FleetLines(this)}
        """;

    /// <summary>Makes the folder with all that is in it; throws <see cref="FleetException"/> when something is there
    /// already.</summary>
    /// <param name="path">Where.</param>
    /// <param name="plan">What for; without the fleet's file one is written into the folder.</param>
    /// <param name="now">The time, for the certificates.</param>
    public static BrokerFolder Create(string path, BrokerPlan plan, DateTimeOffset now)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (path.Any(c => char.IsControl(c) || c is '"' or '\'' or '\\' or '#' or '$'))
            throw new FleetException($"{path}: brokers cannot be told of such a path: take a name without quotes, # and $");
        if (IsHalf(path)) throw FolderClaim.IsTaken(path) ? FolderClaim.Busy(path) : Half(path);
        if (FolderClaim.HasOthers(path))
            throw new FleetException(
                $"{path} is there already, and is not written over: choose another folder, or `edgechat broker update {path}`");
        if (plan is { IsCluster: true, Kind: BrokerKind.Mosquitto })
            throw new FleetException("Mosquitto has no cluster: take --kind nats or rabbitmq, or one node");
        bool hasFleet = plan.Fleet.Length > 0;
        if (!hasFleet) plan = plan with { Fleet = System.IO.Path.Combine(path, FleetFile.DefaultName) };
        FileStream? guard = null;
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            guard = FolderClaim.ToMake(path);
            new BrokerFile(BrokerPlan.FileName, plan.Text()).WriteTo(path);
            FleetFile fleet = hasFleet
                ? FleetReader.Load(plan.Fleet, FleetFiles.None)
                : FleetReader.Read(plan.Fleet, FleetSample.Of("home", plan.Host, plan.Port, Bundle, ["alice", "bob"]), FleetFiles.None);
            var folder = new BrokerFolder(path, plan, fleet);
            if (!hasFleet)
            {
                string text = FleetSample.Of("home", plan.Host, plan.Port, Bundle, ["alice", "bob"], brokerLines: folder.FleetLines);
                new BrokerFile(FleetFile.DefaultName, text).WriteTo(path);
                folder = new BrokerFolder(path, plan, FleetReader.Load(plan.Fleet, FleetFiles.None));
            }

            folder.WriteAll(now);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FleetException)
        {
            Empty(path, isMine: guard is not null);
            if (e is FleetException) throw;
            throw new FleetException($"{path}: cannot be written ({FileFault.Of(e)}): make it writable, or choose another", e);
        }
        finally
        {
            guard?.Dispose();
        }
    }

    /// <summary>Opens a folder that <see cref="Create"/> has made.</summary>
    public static BrokerFolder Open(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        BrokerPlan plan = BrokerPlan.Load(path);
        if (IsHalf(path)) throw Half(path);
        return new BrokerFolder(path, plan, FleetReader.Load(plan.Fleet, FleetFiles.None));
    }

    /// <summary>How long the broker's certificate is good for.</summary>
    public DateTime CertificateEnd => Server.End;

    /// <summary>Writes the rights anew, as the fleet's file has them now, and, with the key of a CA that is in date, a new certificate for
    /// the server, and has the limits follow the fleet's size; lets the broker read them when it runs.</summary>
    public async Task<BrokerUpdate> UpdateAsync(DateTimeOffset now, CancellationToken stop)
    {
        BrokerUpdate done = await LockedAsync(() =>
        {
            Authority used = Authorities.Used;
            bool isRenewed = used.HasKey && used.Until > now;
            BrokerFile[] certificates = isRenewed ? Server.Make(used.Pem, File.ReadAllText(used.KeyFile), now) : [];
            IReadOnlyList<LimitChange> changes = _configuration.FollowLimits(this);
            BrokerFile.WriteAll(Path, [.. _configuration.Rules(this), .. certificates]);
            if (Plan.HasCertificates) Clients.RevokeOthers(Rights.Users);
            return Task.FromResult(new BrokerUpdate(changes, used, isRenewed));
        }, stop);
        await _configuration.UpdateAsync(this, stop);
        return done;
    }

    /// <summary>Makes whole what was cut off while it was written, before the broker starts.</summary>
    public Task MendAsync(CancellationToken stop) =>
        Server.IsCutOff ? LockedAsync(() => Task.FromResult(true), stop) : Task.CompletedTask;

    /// <summary>Has the limits follow the fleet's size before the broker starts: some cannot be written while it runs.</summary>
    /// <returns>What has become of each that was not what the fleet's size asks for.</returns>
    public IReadOnlyList<LimitChange> FollowLimits()
    {
        try
        {
            return _configuration.FollowLimits(this);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{Path}: the limits cannot follow the fleet's size ({FileFault.Of(e)})", e);
        }
    }

    /// <summary>Whether a broker of this machine runs since before a file of it was written, and has not read that one, unless it was told
    /// to.</summary>
    public bool RunsSinceBefore(string name) => _configuration.Process(this).Since < File.GetLastWriteTimeUtc(At(name));

    /// <summary>A file in it, or with an empty name the folder with a separator behind it.</summary>
    public string At(string name) => $"{Path}/{name}";

    /// <summary>A user of the fleet; throws <see cref="FleetException"/> for anybody else.</summary>
    public string User(string id) => Rights.Users.Contains(id) && !CheckUsers.IsReserved(id) ? id : throw new FleetException(
        $"{id} is no user of {Plan.Fleet}: add it to \"peers\" there, then `edgechat broker update`");

    /// <summary>The password of one of <see cref="CheckUsers"/>; with certificates its certificate with its key.</summary>
    public string CheckSecret(string user)
    {
        if (Plan.HasCertificates) return CheckText(CheckCertificates.FileOf(user));
        string start = user + " ";
        return CheckText(CheckSecrets).Split('\n').FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..]
            ?? throw new FleetException($"{At(CheckSecrets)}: lacks {user}: make a new folder with `edgechat broker init`");
    }

    /// <summary>What the broker knows each of <see cref="CheckUsers"/> by: a password, or a certificate's whole name.</summary>
    internal IReadOnlyList<(string User, string Password)> CheckNames() =>
        [.. CheckUsers.All.Select(u => (u, Plan.HasCertificates ? ClientCertificate.NameOf(CheckSecret(u)) : CheckSecret(u)))];

    private string CheckText(string name)
    {
        try
        {
            return File.ReadAllText(At(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{At(name)}: cannot be read ({e.Message.TrimEnd('.')}): run as who has made the folder", e);
        }
    }

    /// <summary>The certificates that it shows.</summary>
    internal ServerCertificates Server => new(this);

    /// <summary>Those of its files that hold rights and nothing else.</summary>
    internal IEnumerable<BrokerFile> Rules() => _configuration.Rules(this);

    /// <summary>Changes what is in it, beside other processes; throws <see cref="FleetException"/> when it cannot be written.</summary>
    internal async Task<T> LockedAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        try
        {
            await using FileStream guard = await FileLock.TakeAsync(At(FolderClaim.LockFile), stop);
            Server.Mend();
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{Path}: cannot be written ({FileFault.Of(e)})", e);
        }
    }

    private void WriteAll(DateTimeOffset now)
    {
        (string ca, string caKey) = BrokerCertificates.MakeCa(Fleet.Name, now);
        new BrokerFile(CaCertificate, ca + "\n").WriteTo(Path);
        new BrokerFile(System.IO.Path.GetFileName(Authorities.Used.KeyFile), caKey + "\n", IsSecret: true).WriteTo(Path);
        if (Plan.HasCertificates) ClientCa.Create(At(ClientCa.File), Fleet.Name, now);
        foreach (BrokerFile secret in Plan.HasCertificates ? new CheckCertificates(this).Make(now) : CheckPasswords()) secret.WriteTo(Path);
        foreach (BrokerFile file in _configuration.Files(this, CheckNames())) file.WriteTo(Path);
        BrokerFile.WriteAll(Path, Server.Make(ca, caKey, now)); // the last ones: with them it is whole
    }

    private static IEnumerable<BrokerFile> CheckPasswords() =>
    [
        new(CheckSecrets, string.Concat(CheckUsers.All.Select(u => $"{u} {Provisioner.NewPassword()}\n")), IsSecret: true),
    ];

    // its certificate is written last
    private static bool IsHalf(string path) => File.Exists(System.IO.Path.Combine(path, BrokerPlan.FileName))
        && !File.Exists(System.IO.Path.Combine(path, ServerCertificate));

    private static FleetException Half(string path) => new($"{path} is half made, since `edgechat broker init` was cut off, or its "
        + $"{ServerCertificate} was taken away: remove the folder, and make it again");

    // there was nothing in it; what another has put there since is not touched
    private static void Empty(string path, bool isMine)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: isMine);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // what cannot be removed is told of the next time
        }
    }
}
