using System.Text.Json;
using EdgeChat.Fleet;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Broker;
using MQTTnet;

namespace EdgeChat.Tests.Brokers;

/// <summary>A broker that <c>edgechat broker init</c> has set up and <c>run</c> runs, with TLS.</summary>
internal sealed class FolderUnderTest : IBroker
{
    private const int Kill = 9;

    private static readonly Dictionary<string, (string Ready, string PidFile)> Kinds = new()
    {
        ["mosquitto"] = (" running", "mosquitto.pid"),
        ["nats"] = ("Server is ready", "nats.pid"),
        ["rabbitmq"] = ("Server startup complete", "rabbitmq.pid"),
    };

    /// <summary>Who may come beside alice and bob.</summary>
    public static readonly string[] Peers = ["carol", "dave", "erin", "frank"];

    private readonly string _root = Directory.CreateTempSubdirectory("edgechat-folder-").FullName;
    private readonly string _kind;
    private readonly ToolUnderTest?[] _tools;
    private readonly Task<int>?[] _runs;
    private readonly ReservedPorts _ports;

    private FolderUnderTest(string kind, int nodes)
    {
        _kind = kind;
        _tools = new ToolUnderTest?[nodes];
        _runs = new Task<int>?[nodes];
        _ports = ReservedPorts.Take(nodes + 1); // RabbitMQ has more, each beside the next one
        Address = new BrokerAddress("127.0.0.1", _ports.First);
        File.WriteAllText(FleetFile, $$"""
            fleet: test
            broker: { host: 127.0.0.1, port: {{Address.Port}}, tls: true }
            peers: [{{string.Join(", ", Peers)}}]
            groups:
              team: { members: [alice, bob], admins: [alice] }
              crew: { members: [alice, bob, carol], admins: [alice] }
            boards: { alice: {}, bob: {} }
            """);
    }

    public BrokerAddress Address { get; }

    string IBroker.Kind => _kind;

    int IBroker.Port => Address.Port;

    public string Folder => Path.Combine(_root, "broker");

    public string FleetFile => Path.Combine(_root, "fleet.yaml");

    /// <summary>What a client trusts.</summary>
    public MqttClientTlsOptions Tls
    {
        get
        {
            var chain = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
            chain.ImportFromPemFile(this["ca.pem"]);
            return new MqttClientTlsOptionsBuilder().UseTls().WithTrustChain(chain).Build();
        }
    }

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Sets a broker up and runs it.</summary>
    public static async Task<FolderUnderTest> StartAsync(string kind, int nodes = 1, string authentication = "password")
    {
        var folder = new FolderUnderTest(kind, nodes);
        (int code, string error) = await ToolUnderTest.RunAsync(
            "broker", "init", folder.Folder, "--kind", kind, "--fleet", folder.FleetFile, "--nodes", nodes.ToString(),
            "--auth", authentication);
        Assert.AreEqual(0, code, error);
        await Task.WhenAll(Enumerable.Range(1, nodes).Select(folder.RunAsync));
        return folder;
    }

    /// <summary>Where a node, from 1 on, listens.</summary>
    public BrokerAddress AddressOf(int node) => Address with { Port = Address.Port + node - 1 };

    /// <summary>Runs a node; comes back when it is ready.</summary>
    public async Task RunAsync(int node = 1)
    {
        var tool = _tools[node - 1] = new ToolUnderTest();
        _runs[node - 1] = tool.StartAsync(null, "broker", "run", Folder, "--node", node.ToString());
        await tool.PrintsAsync(Kinds[_kind].Ready, TimeSpan.FromMinutes(4));
    }

    Task IBroker.StartAsync() => RunAsync();

    Task IBroker.StopAsync() => StopAsync();

    /// <summary>Ends a node as Ctrl-C does; gives the exit code.</summary>
    public async Task<int> StopAsync(int node = 1)
    {
        _tools[node - 1]!.RequestStop();
        int code = await _runs[node - 1]!.WaitAsync(TimeSpan.FromMinutes(2));
        _tools[node - 1]!.Dispose();
        _runs[node - 1] = null;
        return code;
    }

    /// <summary>Ends a node as a power cut does.</summary>
    public async Task KillAsync(int node = 1)
    {
        Assert.IsTrue(UnixSignal.Send(Pid(node), Kill));
        await _runs[node - 1]!.WaitAsync(TimeSpan.FromMinutes(1));
        _tools[node - 1]!.Dispose();
        _runs[node - 1] = null;
    }

    /// <summary>Has it read its files again.</summary>
    public async Task ReloadAsync()
    {
        ToolUnderTest tool = _tools[0]!;
        int before = Reloads(tool);
        Assert.IsTrue(UnixSignal.Send(Pid(1), UnixSignal.HangUp));
        await tool.PrintsAsync(_ => Reloads(tool) > before, "reloaded", TimeSpan.FromMinutes(1));
    }

    /// <summary>Gives passwords to some of the fleet; comes back when the broker knows them.</summary>
    public async Task<Dictionary<string, string>> PasswordsAsync(params string[] ids)
    {
        var passwords = new Dictionary<string, string>();
        foreach (string id in ids)
        {
            string file = Path.Combine(_root, id + ".secret");
            await TellAsync("password", id, "--password-file", file);
            passwords[id] = File.ReadLines(file).First();
        }

        return passwords;
    }

    /// <summary>Gives one of the fleet a certificate; comes back with the files when the broker knows it.</summary>
    public async Task<(string Certificate, string Key)> CertifyAsync(string id)
    {
        string file = Path.Combine(_root, $"{id}-{Random.Shared.Next():x8}");
        await TellAsync("certificate", id, "--cert", file + ".pem", "--key", file + ".key");
        return (file + ".pem", file + ".key");
    }

    /// <summary>Has a CA follow another, or tells how far that is; gives the exit code and what was said to be wrong.</summary>
    public Task<(int Code, string Error)> CaAsync(params string[] step) => ToolUnderTest.RunAsync(["broker", "ca", Folder, .. step]);

    /// <summary>Gives it the rights that the fleet has now; comes back when it has read them.</summary>
    public Task UpdateAsync() => TellAsync("update");

    // RabbitMQ's script comes back when it is so, and Mosquitto is started again where it wants certificates
    private async Task TellAsync(string what, params string[] words)
    {
        bool isRead = _kind == "nats" || (_kind == "mosquitto" && !BrokerPlan.Load(Folder).HasCertificates);
        (ToolUnderTest Tool, int Before)[] nodes =
            isRead ? [.. _tools.Where((_, i) => _runs[i] is not null).Select(t => (t!, Reloads(t)))] : [];
        (int code, string error) = await ToolUnderTest.RunAsync(["broker", what, Folder, .. words]);
        Assert.AreEqual(0, code, error);
        foreach ((ToolUnderTest tool, int before) in nodes)
            await tool.PrintsAsync(_ => Reloads(tool) > before, "reloaded", TimeSpan.FromMinutes(1));
    }

    /// <summary>TLS for a client with a certificate.</summary>
    public MqttClientTlsOptions Certified((string Certificate, string Key) files) => BrokerTls.Trusting(
        BrokerTls.Read(File.ReadAllBytes(this["ca.pem"])), ClientFiles.OfOptions(new FileInfo(files.Certificate), new FileInfo(files.Key)));

    /// <summary>Checks it; gives the exit code, how many were well, and what was not, by name.</summary>
    public async Task<(int Code, int Well, string[] Limits, string[] Wrong)> CheckAsync(params string[] acts)
    {
        using var tool = new ToolUnderTest();
        int code = await tool.StartAsync(null, ["broker", "check", Folder, "--json", .. acts.SelectMany(a => new[] { "--act", a })]);
        (string Name, string State)[] found = [.. tool.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement).Where(e => e.TryGetProperty("name", out _))
            .Select(e => (e.GetProperty("name").GetString()!, e.GetProperty("state").GetString()!))];
        string[] Of(string state) => [.. found.Where(f => f.State == state).Select(f => f.Name)];
        return (code, Of("well").Length, Of("limit"), Of("wrong"));
    }

    /// <summary>Changes a file of the folder.</summary>
    public void Edit(string file, string from, string to)
    {
        string text = File.ReadAllText(this[file]);
        Assert.Contains(from, text);
        File.WriteAllText(this[file], text.Replace(from, to, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        for (int node = 1; node <= _runs.Length; node++)
            if (_runs[node - 1] is not null) await StopAsync(node);
        Directory.Delete(_root, recursive: true);
        _ports.Dispose();
    }

    // Mosquitto says so before it does it, and does nothing else meanwhile
    private static int Reloads(ToolUnderTest? tool) =>
        tool!.Out.Split("Reloaded server configuration").Length + tool.Out.Split("Reloading config").Length - 2;

    private int Pid(int node) => int.Parse(File.ReadAllText(
        this[_runs.Length > 1 ? Kinds[_kind].PidFile.Replace(".", $"-{node}.") : Kinds[_kind].PidFile]));
}
