using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Brokers;

namespace EdgeChat.BrokerBench;

/// <summary>A broker as <c>edgechat broker init</c> sets it up for as many boards as come, all with one password.</summary>
internal sealed class BrokerUnderLoad : IAsyncDisposable
{
    /// <summary>How many send to those who are away.</summary>
    public const int Senders = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly ReservedPorts _ports = ReservedPorts.Take();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("edgechat-broker-bench-");
    private readonly BrokerFolder _folder;
    private Process? _process;

    private BrokerUnderLoad(BrokerKind kind, IReadOnlyList<string> ids)
    {
        Kind = kind;
        string fleet = Path.Combine(_root.FullName, FleetFile.DefaultName);
        File.WriteAllText(fleet, $$"""
            fleet: bench
            broker: { host: localhost, port: {{Port}}, tls: true }
            boards: { {{string.Join(", ", ids.Select(id => $"{id}: {{}}"))}} }
            """);
        var plan = new BrokerPlan { Kind = kind, Nodes = [new BrokerNode("localhost", Port)], Fleet = fleet };
        _folder = BrokerFolder.Create(Path.Combine(_root.FullName, "broker"), plan, DateTimeOffset.UtcNow);
        Password = _folder.CheckSecret(CheckUsers.Member);
        AddUsers(ids);
    }

    public BrokerKind Kind { get; }

    public int Port => _ports.First;

    /// <summary>Everybody's.</summary>
    public string Password { get; }

    /// <summary>What its process has in memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What its folder takes on disk, in bytes.</summary>
    public long Disk => new DirectoryInfo(_folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    public static string IdOf(int i) => $"board-{i:0000}";

    /// <summary>The id of one that only sends.</summary>
    public static string SenderOf(int i) => $"sender-{i:00}";

    public static async Task<BrokerUnderLoad> StartAsync(BrokerKind kind, int count)
    {
        var broker = new BrokerUnderLoad(
            kind, [.. Enumerable.Range(0, count).Select(IdOf), .. Enumerable.Range(0, Senders).Select(SenderOf)]);
        await broker.BeginAsync();
        return broker;
    }

    /// <summary>Ends it in an orderly way, and starts it with what it has saved.</summary>
    public async Task StartAgainAsync()
    {
        await EndAsync();
        await BeginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await BrokerRun.EndAsync(_folder.Program(1).Last, Console.Out);
        _root.Delete(recursive: true);
        _ports.Dispose();
    }

    // one password for all, which a user of the check has already: as many hashes as boards would take longer than the measurement
    private void AddUsers(IReadOnlyList<string> ids)
    {
        switch (Kind)
        {
            case BrokerKind.Mosquitto:
                string line = File.ReadLines(_folder.At("passwords")).First(l => l.StartsWith(CheckUsers.Member, StringComparison.Ordinal));
                File.AppendAllLines(_folder.At("passwords"), ids.Select(id => id + line[CheckUsers.Member.Length..]));
                break;
            case BrokerKind.Nats:
                File.WriteAllText(_folder.At("users.conf"), NatsUsers.TextOf(_folder.Rights, ids.Select(id => (id, Password))));
                break;
            default:
                AddToDefinitions(_folder.At("definitions.json"), ids);
                break;
        }
    }

    private void AddToDefinitions(string path, IReadOnlyList<string> ids)
    {
        JsonNode all = JsonNode.Parse(File.ReadAllText(path))!;
        JsonNode member = all["users"]!.AsArray().First(u => u!["name"]!.GetValue<string>() == CheckUsers.Member)!;
        foreach (string id in ids)
        {
            JsonNode user = member.DeepClone();
            user["name"] = id;
            all["users"]!.AsArray().Add(user);
            (string configure, string write, string read) = RabbitMqPermissions.Queues(id);
            all["permissions"]!.AsArray().Add(new JsonObject
            {
                ["user"] = id,
                ["vhost"] = "/",
                ["configure"] = configure,
                ["write"] = write,
                ["read"] = read,
            });
            all["topic_permissions"]!.AsArray().Add(new JsonObject
            {
                ["user"] = id,
                ["vhost"] = "/",
                ["exchange"] = "amq.topic",
                ["write"] = RabbitMqPermissions.Write(_folder.Rights, id),
                ["read"] = RabbitMqPermissions.Read(_folder.Rights, id),
            });
        }

        File.WriteAllText(path, all.ToJsonString());
    }

    private async Task EndAsync()
    {
        if (_process is not { HasExited: false } process) return;
        _ = UnixSignal.Send(process.Id, UnixSignal.Terminate);
        await process.WaitForExitAsync();
    }

    private async Task BeginAsync()
    {
        BrokerProgram program = _folder.Program(1);
        var start = new ProcessStartInfo(BrokerRun.Find(program.Name), program.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in program.Environment) start.Environment[name] = value;
        Process begun = Process.Start(start)!;
        begun.OutputDataReceived += (_, _) => { };
        begun.ErrorDataReceived += (_, _) => { };
        begun.BeginOutputReadLine();
        begun.BeginErrorReadLine();
        for (var since = Stopwatch.StartNew(); !await ListensAsync(); await Task.Delay(100))
            if (begun.HasExited || since.Elapsed > Patience) throw new IOException($"{program.Name} did not start");

        // Erlang's program is started by a script
        string pids = _folder.At("rabbitmq.pid");
        _process = Kind == BrokerKind.RabbitMq ? Process.GetProcessById(int.Parse(File.ReadAllText(pids))) : begun;
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
