namespace EdgeChat.Fleet;

/// <summary>A folder for NATS: one server, or the nodes of a cluster. Those have all but their own settings in common, so each machine
/// gets a copy of the folder.</summary>
internal sealed class NatsConfiguration : IBrokerConfiguration
{
    private const string Users = "users.conf";
    private const string PidFiles = "nats*.pid"; // of all nodes that run here

    // the nodes' port for each other, beside that for boards
    private const int ClusterOffset = 1000;
    private const int LastPort = 65_535;

    private const int PanicCode = 2; // of every program in Go (package runtime)

    private static readonly BrokerLimit[] Limits =
    [
        new("max_connections", l => $"{l.Connections}", LimitTime.Running),
        new("max_file_store", l => $"{(long)l.StoreMiB << 20}", LimitTime.StartAlone),
    ];

    // A node of 2.9 ends when it reads that a right is gone, and another node has dropped by then what was retained with it. With nodes
    // that end so nobody could connect.
    public BrokerProgram Program(BrokerFolder folder, int node) => new("nats-server", ["-c", folder.At(Name(folder, node, "conf"))], [])
    {
        DefectCode = folder.Plan.IsCluster ? PanicCode : null,
    };

    public IEnumerable<BrokerFile> Files(BrokerFolder folder, IReadOnlyList<(string User, string Password)> users)
    {
        string password = Provisioner.NewPassword();
        for (int node = 1; node <= folder.Plan.Nodes.Count; node++)
            yield return new BrokerFile(Name(folder, node, "conf"), Settings(folder, node, password), IsSecret: folder.Plan.IsCluster);
        yield return new BrokerFile(Users, NatsUsers.TextOf(folder.Rights, users, folder.Plan.HasCertificates),
            IsSecret: true);
    }

    public IEnumerable<BrokerFile> Rules(BrokerFolder folder) => [];

    public IReadOnlyList<LimitChange> FollowLimits(BrokerFolder folder) => [.. Enumerable.Range(1, folder.Plan.Nodes.Count).SelectMany(
        node => LimitFile.Follow(folder, Name(folder, node, "conf"), Limits,
            Process(folder, node).IsRunning))];

    public Task UpdateAsync(BrokerFolder folder, CancellationToken stop) => File(folder).UpdateAsync(stop);

    public BrokerProcess Process(BrokerFolder folder, int? node = null) =>
        BrokerProcess.OfNats(folder.At(node is { } one ? Name(folder, one, "pid") : PidFiles));

    public ICredentials Credentials(BrokerFolder folder) =>
        folder.Plan.HasCertificates ? new CertificateCredentials(folder.Clients, File(folder), null) : File(folder);

    public string FleetLines(BrokerFolder folder) => $"""
        credentials: nats
        passwords: {folder.At(Users)}
        pid-file: {folder.At(PidFiles)}
        {(folder.Plan.HasCertificates ? $"client-ca: {folder.At(ClientCa.File)}" : "")}
        """.TrimEnd();

    private static NatsUsers File(BrokerFolder folder) =>
        new(folder.At(Users), folder.At(PidFiles), folder.Rights, folder.Plan.HasCertificates);

    private static string Name(BrokerFolder folder, int node, string kind) => folder.Plan.FileOf("nats", node, kind);

    private static string Settings(BrokerFolder folder, int node, string password)
    {
        BrokerLimits limits = folder.Limits;
        string nodes = folder.Plan.IsCluster ? $"{folder.Plan.Nodes.Count} nodes and " : "";
        return $$"""
            # Written by `edgechat broker init` for {{nodes}}{{limits.Users}} users; docs/brokers.md tells why each line is here.
            server_name: edgechat-{{node}}
            pid_file: "{{folder.At(Name(folder, node, "pid"))}}"
            # NATS's own protocol: for nobody, since users may come with MQTT only
            listen: "127.0.0.1:-1"
            max_connections: {{limits.Connections}}
            max_payload: 65536
            jetstream {
              store_dir: "{{folder.At(Name(folder, node, "data"))}}"
              # bytes. A store that is full confirms nothing and lets nobody in, until this is raised; what it has confirmed it has
              max_file_store: {{(long)limits.StoreMiB << 20}}
            }
            mqtt {
              port: {{folder.Plan.Nodes[node - 1].Port}}
              # times a board's filters it must be below 65,536. Not said, it is 0 once the server reads its users again, and nothing is
              # delivered any more (2.9)
              max_ack_pending: {{BrokerLimits.Unconfirmed}}
              {{(folder.Plan.IsCluster ? $"stream_replicas: {Replicas(folder)}" : "")}}
              tls {
                cert_file: "{{folder.At(BrokerFolder.ServerCertificate)}}"
                key_file: "{{folder.At(BrokerFolder.ServerKey)}}"
                {{(folder.Plan.HasCertificates ? Certificates(folder) : "")}}
              }
            }
            {{(folder.Plan.IsCluster ? Cluster(folder, node, password) : "")}}
            # a path here is relative to this file, even one that begins with a slash
            include {{Users}}

            """;
    }

    // a user is the one certificate whose whole name is the user's, whatever name and password come with it
    private static string Certificates(BrokerFolder folder) => $"""
        ca_file: "{folder.Clients.CertificateFile}"
                verify_and_map: true
        """;

    // JetStream keeps at most five copies, and an even number keeps no more than the odd one below it
    private static int Replicas(BrokerFolder folder) => folder.Plan.Nodes.Count >= 5 ? 5 : 3;

    private static string Cluster(BrokerFolder folder, int node, string password)
    {
        IEnumerable<string> routes = folder.Plan.Nodes.Select(n => $"    \"nats-route://cluster:{password}@{n.Host}:{ClusterPort(n)}\"");
        return $$"""
            cluster {
              name: edgechat
              listen: "0.0.0.0:{{ClusterPort(folder.Plan.Nodes[node - 1])}}"
              authorization { user: cluster, password: "{{password}}" }
              tls {
                cert_file: "{{folder.At(BrokerFolder.NodeCertificate)}}"
                key_file: "{{folder.At(BrokerFolder.NodeKey)}}"
                ca_file: "{{folder.At(BrokerFolder.CaCertificate)}}"
              }
              routes: [
            {{string.Join('\n', routes)}}
              ]
            }
            """;
    }

    private static int ClusterPort(BrokerNode node) =>
        node.Port + ClusterOffset <= LastPort ? node.Port + ClusterOffset : node.Port - ClusterOffset;
}
