namespace EdgeChat.Fleet;

/// <summary>A folder for Mosquitto.</summary>
internal sealed class MosquittoConfiguration : IBrokerConfiguration
{
    public const string Passwords = "passwords";
    public const string Acl = "acl";
    public const string PidFile = "mosquitto.pid";

    private const string Settings = "mosquitto.conf";

    // of these it takes the memory alone while it runs (seen with 2.0.11)
    private static readonly BrokerLimit[] Limits =
    [
        new("max_queued_messages", l => $"{l.QueuedMessages}", LimitTime.Start),
        new("max_connections", l => $"{l.Connections}", LimitTime.Start),
        new("memory_limit", l => $"{(long)l.MemoryMiB << 20}", LimitTime.Running),
    ];

    public BrokerProgram Program(BrokerFolder folder, int node) =>
        new("mosquitto", ["-c", folder.At(Settings)], []) { StartsAgain = folder.Plan.HasCertificates };

    public IEnumerable<BrokerFile> Files(BrokerFolder folder, IReadOnlyList<(string User, string Password)> users)
    {
        BrokerLimits limits = folder.Limits;
        yield return new BrokerFile(Settings, $"""
            # Written by `edgechat broker init` for {limits.Users} users; docs/brokers.md tells why each line is here.
            user {Environment.UserName}
            pid_file {folder.At(PidFile)}

            listener {folder.Plan.Port}
            certfile {folder.At(BrokerFolder.ServerCertificate)}
            keyfile {folder.At(BrokerFolder.ServerKey)}
            tls_version tlsv1.2
            {Authentication(folder)}

            allow_anonymous false
            allow_zero_length_clientid false
            acl_file {folder.At(Acl)}

            # what is confirmed is on disk a second later; without these, half an hour is gone after a kill or a power cut
            persistence true
            persistence_location {folder.At("")}
            autosave_on_changes true
            autosave_interval 1

            max_queued_messages {limits.QueuedMessages}
            max_inflight_messages 20
            message_size_limit {BrokerLimits.MessageBytes}
            max_packet_size {2 * BrokerLimits.MessageBytes}
            max_connections {limits.Connections}
            memory_limit {(long)limits.MemoryMiB << 20}
            persistent_client_expiration {BrokerLimits.SessionDays}d
            set_tcp_nodelay true
            log_dest stderr

            """);
        if (!folder.Plan.HasCertificates)
            yield return new BrokerFile(Passwords, string.Concat(users.Select(u => MosquittoPasswords.Line(u.User, u.Password) + "\n")),
                IsSecret: true);
        foreach (BrokerFile file in Rules(folder)) yield return file;
    }

    public IEnumerable<BrokerFile> Rules(BrokerFolder folder) => [new BrokerFile(Acl, MosquittoAcl.Write(folder.Rights))];

    public IReadOnlyList<LimitChange> FollowLimits(BrokerFolder folder) =>
        LimitFile.Follow(folder, Settings, Limits, Running(folder) is not null);

    public async Task UpdateAsync(BrokerFolder folder, CancellationToken stop)
    {
        // the password file is only touched, so that the broker reads the rules and the limits too
        BrokerProcess? running = Running(folder);
        if (!folder.Plan.HasCertificates)
            await new UserFile(folder.At(Passwords), running).EditAsync(
                lines => [.. lines.Where(l => folder.Rights.Users.Contains(l.Split(':')[0]))], stop);
        else if (running is not null) await running.RestartAsync(stop);
    }

    public BrokerProcess Process(BrokerFolder folder, int? node = null) => BrokerProcess.OfMosquitto(folder.At(PidFile));

    public ICredentials Credentials(BrokerFolder folder)
    {
        string? pid = Running(folder) is null ? null : folder.At(PidFile);
        return folder.Plan.HasCertificates
            ? new CertificateCredentials(folder.Clients, null, pid)
            : new MosquittoPasswords(folder.At(Passwords), pid);
    }

    public string FleetLines(BrokerFolder folder) => $"""
        credentials: mosquitto
        {(folder.Plan.HasCertificates ? $"client-ca: {folder.At(ClientCa.File)}" : $"passwords: {folder.At(Passwords)}")}
        pid-file: {folder.At(PidFile)}
        acl: {folder.At(Acl)}
        """;

    // a broker that was killed has left its file
    private BrokerProcess? Running(BrokerFolder folder) => Process(folder) is { IsRunning: true } broker ? broker : null;

    private static string Authentication(BrokerFolder folder) => folder.Plan.HasCertificates
        ? $"""

            # the user's name is the CN of the certificate; those of the list are refused
            require_certificate true
            use_identity_as_username true
            cafile {folder.Clients.CertificateFile}
            crlfile {folder.Clients.RevokedFile}
            """
        : $"""

            password_file {folder.At(Passwords)}
            """;
}
