using System.Text;

namespace EdgeChat.Fleet;

/// <summary>The nodes of RabbitMQ, as Erlang has them: their names, their ports for each other, and what each finds in its
/// environment.</summary>
internal sealed class RabbitMqNodes
{
    private const string Cookie = ".erlang.cookie";
    private const string Options = "nodes.config";
    private const int DistributionOffset = 10_000;
    private const int LastBelow = 50_000;
    private const char LastLetter = '\u00FF'; // of ISO 8859-1

    private readonly BrokerFolder _folder;
    private readonly IReadOnlyList<BrokerNode> _nodes;
    private readonly bool _hasLongNames;

    public RabbitMqNodes(BrokerFolder folder)
    {
        _folder = folder;
        _nodes = folder.Plan.Nodes;
        if (folder.Path.Any(c => c > LastLetter))
            throw new FleetException($"{folder.Path}: RabbitMQ reads no path with a letter beyond ISO 8859-1 in its configuration (3.10): "
                + "choose another");
        if (!IsCluster) return;
        int dotted = _nodes.Count(n => n.Host.Contains('.'));
        _hasLongNames = dotted > 0;
        if (_hasLongNames && dotted < _nodes.Count)
            throw new FleetException("Erlang connects hosts with a dot in their names, or hosts without one, and not both: "
                + string.Join(", ", _nodes.Select(n => n.Host)));
        if (folder.Path.Contains(' '))
            throw new FleetException($"{folder.Path}: the nodes of RabbitMQ cannot be told of a path with a space: choose another");
    }

    /// <summary>The command that ends Erlang's port mapper, which goes on as a daemon; it refuses while another node is there.</summary>
    public IReadOnlyList<string> EndMapper => ["epmd", "-port", $"{MapperPort}", "-kill"];

    private bool IsCluster => _folder.Plan.IsCluster;

    private int MapperPort => _nodes.Select((_, i) => DistributionPort(i + 1)).Max() + 1;

    /// <summary>The name of a file that each node, from 1 on, has.</summary>
    public string File(int node, string kind) => _folder.Plan.FileOf("rabbitmq", node, kind);

    /// <summary>The node that has to be there before this one joins it; null when it has joined, or is the first. RabbitMQ 3.10 has a
    /// list of its MQTT clients, of which nodes that start at once may make several.</summary>
    public BrokerNode? Before(int node) =>
        node > 1 && !Directory.Exists(_folder.At($"data/{Name(node)}")) ? _nodes[node - 2] : null;

    /// <summary>The lines of a node's configuration about the others. The first one knows of none, and so begins the cluster.</summary>
    public string Settings(int node)
    {
        if (!IsCluster) return "";
        var text = new StringBuilder("""
            # a session is on most nodes, and not only on the one where it began; a node that sees no majority stops
            mqtt.durable_queue_type = quorum
            cluster_partition_handling = pause_minority
            cluster_formation.peer_discovery_backend = classic_config

            """);
        for (int other = 1; other <= node; other++)
            text.Append($"cluster_formation.classic_config.nodes.{other} = {Name(other)}\n");
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>What nodes prove themselves to each other with: TLS, and a word that all of them know.</summary>
    public IEnumerable<BrokerFile> Files()
    {
        if (!IsCluster) yield break;
        string Tuple(string key, string file) => $"{{{key}, \"{_folder.At(file)}\"}}";
        string tls = string.Join(", ", Tuple("cacertfile", BrokerFolder.CaCertificate), Tuple("certfile", BrokerFolder.NodeCertificate),
            Tuple("keyfile", BrokerFolder.NodeKey), "{verify, verify_peer}");
        yield return new BrokerFile(Cookie, Provisioner.NewPassword(), IsSecret: true);
        yield return new BrokerFile(Options, $"[{{server, [{tls}, {{fail_if_no_peer_cert, true}}]}},\n {{client, [{tls}]}}].\n");
    }

    /// <summary>What a node finds in its environment, and who asks it something.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment(int node)
    {
        (string, string)[] own = [
            ("HOME", _folder.Path), ("RABBITMQ_NODENAME", Name(node)), ("RABBITMQ_MNESIA_BASE", _folder.At("data")),
            ("RABBITMQ_LOG_BASE", _folder.At("log")), ("RABBITMQ_LOGS", "-"), ("RABBITMQ_DIST_PORT", $"{DistributionPort(node)}"),
            ("RABBITMQ_PID_FILE", _folder.At(File(node, "pid"))), ("RABBITMQ_CONFIG_FILE", _folder.At(File(node, "conf"))),
            ("ERL_EPMD_PORT", $"{MapperPort}"),
        ];
        if (!IsCluster)
            return
            [
                .. own, ("ERL_EPMD_ADDRESS", "127.0.0.1"),
                ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
            ];
        string tls = $"-proto_dist inet_tls -ssl_dist_optfile {_folder.At(Options)}";
        return
        [
            .. own, ("RABBITMQ_USE_LONGNAME", _hasLongNames ? "true" : "false"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", tls), ("RABBITMQ_CTL_ERL_ARGS", tls),
        ];
    }

    /// <summary>Lines of a script that choose the node to ask: the first one that is there.</summary>
    public string Choice()
    {
        if (!IsCluster) return "";
        IEnumerable<string> nodes = _nodes.Select((n, i) => $"'{Name(i + 1)} {n.Host} {DistributionPort(i + 1)}'");
        return $$"""
            for node in {{string.Join(' ', nodes)}}; do
              read -r RABBITMQ_NODENAME host port <<< "$node"
              if timeout 3 bash -c ": < /dev/tcp/$host/$port" 2> /dev/null; then break; fi
            done

            """;
    }

    private string Name(int node) =>
        IsCluster ? $"edgechat-{node}@{_nodes[node - 1].Host}" : $"edgechat-{_folder.Plan.Port}@localhost";

    private int DistributionPort(int node)
    {
        int port = _nodes[node - 1].Port;
        return port < LastBelow ? port + DistributionOffset : port - DistributionOffset;
    }
}
