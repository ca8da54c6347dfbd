namespace EdgeChat.Fleet;

/// <summary>A folder for Mosquitto.</summary>
internal sealed class MosquittoConfiguration : IBrokerConfiguration
{
    public const string Passwords = "passwords";
    public const string Acl = "acl";
    public const string PidFile = "mosquitto.pid";

    private const string Settings = "mosquitto.conf";

    public BrokerProgram Program(BrokerFolder folder, int node) => new("mosquitto", ["-c", folder.At(Settings)], []);

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

            allow_anonymous false
            allow_zero_length_clientid false
            password_file {folder.At(Passwords)}
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
        yield return new BrokerFile(Passwords, string.Concat(users.Select(u => MosquittoPasswords.Line(u.User, u.Password) + "\n")), true);
        foreach (BrokerFile file in Rules(folder)) yield return file;
    }

    public IEnumerable<BrokerFile> Rules(BrokerFolder folder) => [new BrokerFile(Acl, MosquittoAcl.Write(folder.Rights))];

    public async Task UpdateAsync(BrokerFolder folder, CancellationToken stop)
    {
        // the password file is only touched, so that the broker reads the rules too
        string pid = folder.At(PidFile);
        await new UserFile(folder.At(Passwords), File.Exists(pid) ? pid : null, "Mosquitto").EditAsync(
            lines => [.. lines.Where(l => folder.Rights.Users.Contains(l.Split(':')[0]))], stop);
    }

    public ICredentials Credentials(BrokerFolder folder) =>
        new MosquittoPasswords(folder.At(Passwords), File.Exists(folder.At(PidFile)) ? folder.At(PidFile) : null);

    public string FleetLines(BrokerFolder folder) => $"""
        credentials: mosquitto
        passwords: {folder.At(Passwords)}
        pid-file: {folder.At(PidFile)}
        acl: {folder.At(Acl)}
        """;
}
