using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>A folder for RabbitMQ: one node, or those of a cluster, of which each machine gets a copy.</summary>
internal sealed class RabbitMqConfiguration : IBrokerConfiguration
{
    public const string Script = "credentials";

    private const string PidFiles = "rabbitmq*.pid"; // of all nodes that run here
    private const string Plugins = "enabled_plugins";
    private const string Definitions = "definitions.json";
    private const string Advanced = "advanced.config";
    private const string Policy = "sessions";
    private const string Sessions = "^mqtt-subscription-";
    private const string Exchange = "amq.topic";
    private const int SaltBytes = 4;

    private static readonly BrokerLimit[] Limits =
    [
        new("vm_memory_high_watermark.absolute", Memory, LimitTime.Start), new("disk_free_limit.absolute", Memory, LimitTime.Start),
    ];

    // the script gives it to the broker
    private static readonly BrokerLimit QueueBytes = new("max-length-bytes", l => $"{l.SessionBytes}", LimitTime.Running);

    // a user is the one certificate whose whole name is the user's; none has a password, which would come before a certificate
    private const string Certificates = """
        ssl_options.verify = verify_peer
        ssl_options.fail_if_no_peer_cert = true
        ssl_cert_login_from = distinguished_name
        mqtt.ssl_cert_login = true
        """;

    public BrokerProgram Program(BrokerFolder folder, int node)
    {
        var nodes = new RabbitMqNodes(folder);
        return new BrokerProgram("rabbitmq-server", [], Environment(folder, nodes, node))
        {
            After = nodes.Before(node),
            Last = nodes.EndMapper,
        };
    }

    public IEnumerable<BrokerFile> Files(BrokerFolder folder, IReadOnlyList<(string User, string Password)> users)
    {
        var nodes = new RabbitMqNodes(folder);
        for (int node = 1; node <= folder.Plan.Nodes.Count; node++)
            yield return new BrokerFile(nodes.File(node, "conf"), Settings(folder, node, nodes.Settings(node)));
        foreach (BrokerFile file in nodes.Files()) yield return file;
        yield return new BrokerFile(Plugins, "[rabbitmq_mqtt].\n");
        yield return new BrokerFile(Advanced, AdvancedSettings());
        foreach (BrokerFile file in Rules(folder, users)) yield return file;
    }

    public IEnumerable<BrokerFile> Rules(BrokerFolder folder) => Rules(folder, folder.CheckNames());

    public IReadOnlyList<LimitChange> FollowLimits(BrokerFolder folder)
    {
        string[] files = [.. Enumerable.Range(1, folder.Plan.Nodes.Count).Select(n => new RabbitMqNodes(folder).File(n, "conf"))];
        int users = new LimitFile(files[0], File.ReadAllText(folder.At(files[0]))).Users;
        // its limits are read when it starts, and whether it runs only Erlang could tell
        return
        [
            .. LimitFile.Follow(folder, Definitions, [QueueBytes], isRunning: true, users),
            .. files.SelectMany(f => LimitFile.Follow(folder, f, Limits, isRunning: true)),
        ];
    }

    public Task UpdateAsync(BrokerFolder folder, CancellationToken stop) => Command(folder).UpdateAsync(stop);

    public BrokerProcess Process(BrokerFolder folder, int? node = null) =>
        BrokerProcess.OfRabbitMq(folder.At(node is { } one ? new RabbitMqNodes(folder).File(one, "pid") : PidFiles));

    public ICredentials Credentials(BrokerFolder folder) =>
        folder.Plan.HasCertificates ? new CertificateCredentials(folder.Clients, Command(folder), null) : Command(folder);

    public string FleetLines(BrokerFolder folder) => $"""
        credentials: command
        command: {folder.At(Script)}
        {(folder.Plan.HasCertificates ? $"client-ca: {folder.At(ClientCa.File)}" : "")}
        """.TrimEnd();

    // the definitions are read at each start: with older rights in them they would bring these back
    private static IEnumerable<BrokerFile> Rules(BrokerFolder folder, IReadOnlyList<(string User, string Password)> users) =>
    [
        new BrokerFile(Definitions, DefinitionsOf(folder, users), IsSecret: true),
        new BrokerFile(Script, ScriptOf(folder), IsProgram: true),
    ];

    private static CommandCredentials Command(BrokerFolder folder) => new(folder.At(Script));

    // folders of earlier versions have no advanced settings
    private static IReadOnlyList<(string Name, string Value)> Environment(BrokerFolder folder, RabbitMqNodes nodes, int node) =>
    [
        .. nodes.Environment(node), ("RABBITMQ_ENABLED_PLUGINS_FILE", folder.At(Plugins)),
        .. File.Exists(folder.At(Advanced)) ? [("RABBITMQ_ADVANCED_CONFIG_FILE", folder.At(Advanced))] : Array.Empty<(string, string)>(),
    ];

    // each version reads its own words here and passes over the other's, as in rabbitmq.conf it does not
    private static string AdvancedSettings()
    {
        TimeSpan away = TimeSpan.FromDays(BrokerLimits.SessionDays);
        return $$"""
            %% Written by `edgechat broker init`. How long a device may be away: 3.10 to 3.12 in milliseconds, from 3.13 on in seconds.
            %% The largest packet: from 4.0 on max_message_size does not count for MQTT.
            [{rabbitmq_mqtt, [
              {subscription_ttl, {{(long)away.TotalMilliseconds}}},
              {max_session_expiry_interval_seconds, {{(long)away.TotalSeconds}}},
              {max_packet_size_authenticated, {{2 * BrokerLimits.MessageBytes}}}
            ]}].

            """;
    }

    private static string Settings(BrokerFolder folder, int node, string cluster)
    {
        BrokerLimits limits = folder.Limits;
        return $"""
            # Written by `edgechat broker init` for {limits.Users} users; docs/brokers.md tells why each line is here.
            listeners.tcp = none
            mqtt.listeners.tcp = none
            mqtt.listeners.ssl.default = {folder.Plan.Nodes[node - 1].Port}
            ssl_options.cacertfile = {Authority(folder)}
            ssl_options.certfile = {folder.At(BrokerFolder.ServerCertificate)}
            ssl_options.keyfile = {folder.At(BrokerFolder.ServerKey)}
            {(folder.Plan.HasCertificates ? Certificates : "ssl_options.verify = verify_none")}
            ssl_options.versions.1 = tlsv1.3
            ssl_options.versions.2 = tlsv1.2
            mqtt.allow_anonymous = false
            # how long a device may be away stands in {Advanced}
            max_message_size = {BrokerLimits.MessageBytes}
            # with more in memory, or less free on the disk, senders are held up, and nothing is dropped
            vm_memory_high_watermark.absolute = {Memory(limits)}
            disk_free_limit.absolute = {Memory(limits)}
            {(node == 1 ? $"load_definitions = {folder.At(Definitions)}" : "# users and rights come from the first node")}
            {cluster}

            """;
    }

    private static string DefinitionsOf(BrokerFolder folder, IReadOnlyList<(string User, string Password)> users) =>
        JsonSerializer.Serialize(new
        {
            users = users.Select(u => new
            {
                name = Name(folder, u),
                password_hash = folder.Plan.HasCertificates ? "" : Hash(u.Password), // without one there is no password
                hashing_algorithm = "rabbit_password_hashing_sha256",
                tags = "",
            }),
            vhosts = new[] { new { name = "/" } },
            permissions = users.Select(u => RabbitMqPermissions.Queues(u.User) is var (configure, write, read)
                ? new { user = Name(folder, u), vhost = "/", configure, write, read } : null),
            topic_permissions = users.Select(u => new
            {
                user = Name(folder, u),
                vhost = "/",
                exchange = Exchange,
                write = RabbitMqPermissions.Write(folder.Rights, u.User),
                read = RabbitMqPermissions.Read(folder.Rights, u.User),
            }),
            policies = new[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = Policy, ["vhost"] = "/", ["pattern"] = Sessions, ["apply-to"] = "queues", ["priority"] = 0,
                    ["definition"] = QueueLimit(folder),
                },
            },
        }, ToolJson.File) + "\n";

    private static string Authority(BrokerFolder folder) =>
        folder.Plan.HasCertificates ? folder.Clients.CertificateFile : folder.At(BrokerFolder.CaCertificate);

    // RabbitMQ writes a certificate's name in the order in which it stands there
    private static string Name(BrokerFolder folder, (string User, string Password) user) =>
        folder.Plan.HasCertificates ? string.Join(',', user.Password.Split(',').Reverse()) : user.User;

    // RabbitMQ would drop the oldest; so it takes nothing, and ends the connection of who sends it
    private static Dictionary<string, object> QueueLimit(BrokerFolder folder) =>
        new() { [QueueBytes.Name] = QueueLength(folder), ["overflow"] = "reject-publish" };

    // what stands there has followed the fleet, or somebody has chosen it
    private static long QueueLength(BrokerFolder folder) => File.Exists(folder.At(Definitions))
        && new LimitFile(Definitions, File.ReadAllText(folder.At(Definitions))).ValueOf(QueueBytes) is { } known
        && long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : folder.Limits.SessionBytes;

    private static string Memory(BrokerLimits limits) => $"{256 + limits.MemoryMiB}MiB";

    // salt and SHA-256 of salt and password, as RabbitMQ keeps it
    private static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    private static string ScriptOf(BrokerFolder folder)
    {
        var nodes = new RabbitMqNodes(folder);
        var text = new StringBuilder("""
            #!/usr/bin/env bash
            # Written by `edgechat broker init` and `update`. `set USER` with the password on the standard input, or with certificates
            # the whole name of the user's, by which RabbitMQ then knows the user; `remove USER`; `update`: gives all users the rights
            # that stand below, and takes away whom it does not name.
            set -euo pipefail
            export PATH=/usr/lib/rabbitmq/bin:$PATH

            """);
        foreach ((string name, string value) in Environment(folder, nodes, 1)) text.Append($"export {name}='{value}'\n");
        text.Append(nodes.Choice()).Append("""
            # again when it does not reach the node (69, sysexits.h): under load their handshake takes longer than Erlang waits
            reach() {
              local input code try
              input=$(cat)
              for try in 1 2 3; do
                code=0
                rabbitmqctl "$@" <<< "$input" || code=$?
                if [ $code -ne 69 ]; then return $code; fi
              done
              echo "RabbitMQ does not answer: does a node of it run?" >&2
              return 69
            }
            # with --quiet 4.0 reads no password and never ends
            ctl() { reach "$@" > /dev/null; }
            # the password on the standard input is for who sets it
            quiet() { ctl "$@" < /dev/null; }
            users() { reach --quiet list_users --formatter json < /dev/null | grep -o '"user":"[^"]*"' | cut -d '"' -f 4; }

            # of a user of RabbitMQ, which with certificates is SERIALNUMBER=NUMBER,CN=USER
            id() { echo "${1##*CN=}"; }
            names() { for name in $(users); do if [ "$(id "$name")" = "$1" ]; then echo "$name"; fi; done; }

            rights() {
              case "$(id "$1")" in

            """);
        foreach (string user in folder.Rights.Users)
        {
            (string configure, string write, string read) = RabbitMqPermissions.Queues(user);
            text.Append($"    {user})\n")
                .Append($"      quiet set_permissions \"$1\" '{configure}' '{write}' '{read}'\n")
                .Append($"      quiet set_topic_permissions \"$1\" {Exchange} \\\n")
                .Append($"        '{RabbitMqPermissions.Write(folder.Rights, user)}' \\\n")
                .Append($"        '{RabbitMqPermissions.Read(folder.Rights, user)}' ;;\n");
        }

        string limit = JsonSerializer.Serialize(QueueLimit(folder));
        return text.Append("""
                *) echo "$1 is no user of this fleet: run edgechat broker update" >&2; exit 1 ;;
              esac
            }


            """).Append($"limits() {{ quiet set_policy --apply-to queues {Policy} '{Sessions}' '{limit}'; }}\n").Append("""

            case "${1:-}" in

            """).Append(folder.Plan.HasCertificates ? """
              set)
                read -r name
                name=${name##*,},${name%%,*} # CN=USER,SERIALNUMBER=NUMBER in RabbitMQ's order
                for other in $(names "$2"); do if [ "$other" != "$name" ]; then quiet delete_user "$other"; fi; done
                if [ -z "$(names "$2")" ]; then
                  head -c 24 /dev/urandom | base64 | ctl add_user "$name"
                  quiet clear_password "$name"
                fi
                rights "$name" ;;

            """ : """
              set)
                if users | grep -qx -- "$2"; then ctl change_password "$2"; else ctl add_user "$2"; fi
                rights "$2" ;;

            """).Append("""
              remove) for name in $(names "$2"); do quiet delete_user "$name"; done ;;
              update)
                for user in $(users); do (rights "$user") 2> /dev/null || quiet delete_user "$user"; done
                limits ;;
              *) echo "usage: $0 set USER | remove USER | update" >&2; exit 2 ;;
            esac

            """).ToString();
    }
}
