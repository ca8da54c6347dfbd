using System.Diagnostics;
using System.Text;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Tests.Brokers;

/// <summary>A broker of this machine in a process and a folder of its own, for as long as a test needs it.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-broker-").FullName;
    private readonly ReservedPorts _ports = ReservedPorts.Take(3);
    private readonly StringBuilder _log = new();
    private Process? _process;
    private ProcessStartInfo? _start;
    private string _ready = "";

    private BrokerProcess()
    {
    }

    /// <summary>Where it listens for MQTT.</summary>
    public BrokerAddress Address => new("127.0.0.1", _ports.First);

    /// <summary>What it has said.</summary>
    public string Log
    {
        get { lock (_log) return _log.ToString(); }
    }

    /// <summary>Debian's Mosquitto with an access list; anybody may connect.</summary>
    public static Task<BrokerProcess> MosquittoAsync(string acl) => StartAsync("mosquitto", " running", (b, port) =>
    {
        string list = b.Write("acl", acl);
        string settings = b.Write("mosquitto.conf", $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            acl_file {list}
            user {Environment.UserName}
            persistence true
            persistence_location {b._folder}/
            """);
        return ["-v", "-c", settings];
    });

    /// <summary>Debian's NATS server with the section <c>authorization</c> of its configuration.</summary>
    public static Task<BrokerProcess> NatsAsync(string authorization) => StartAsync("nats-server", "Server is ready", (b, port) =>
    [
        "-c",
        b.Write("nats.conf", $$"""
            server_name: edgechat-test
            listen: "127.0.0.1:-1"
            jetstream { store_dir: "{{b._folder}}/js" }
            mqtt { listen: "127.0.0.1:{{port}}" }
            {{authorization}}
            """),
    ]);

    /// <summary>Debian's RabbitMQ with its MQTT plugin and with definitions: users and what they may do.</summary>
    public static Task<BrokerProcess> RabbitMqAsync(string definitions) =>
        StartAsync("rabbitmq-server", "Server startup complete", (b, port) =>
    {
        string users = b.Write("definitions.json", definitions);
        b.Set("HOME", b._folder);
        b.Set("RABBITMQ_NODENAME", $"edgechat-{port}@localhost");
        b.Set("RABBITMQ_MNESIA_BASE", Path.Combine(b._folder, "mnesia"));
        b.Set("RABBITMQ_LOG_BASE", Path.Combine(b._folder, "log"));
        b.Set("RABBITMQ_LOGS", "-");
        b.Set("RABBITMQ_DIST_PORT", (port + 1).ToString());
        b.Set("ERL_EPMD_PORT", (port + 2).ToString());
        b.Set("ERL_EPMD_ADDRESS", "127.0.0.1");
        b.Set("RABBITMQ_ENABLED_PLUGINS_FILE", b.Write("enabled_plugins", "[rabbitmq_mqtt]."));
        b.Set("RABBITMQ_CONFIG_FILE", b.Write("rabbitmq.conf", $"""
            listeners.tcp = none
            mqtt.listeners.tcp.default = 127.0.0.1:{port}
            load_definitions = {users}
            """));
        return [];
    });

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Starts it again where it was, with what it has saved; comes back when it is ready.</summary>
    public async Task StartAgainAsync()
    {
        if (!await Begin().WaitAsync(Patience)) throw new AssertFailedException($"the broker did not start again: {Log}");
    }

    /// <summary>Has Mosquitto write its database now: what comes after this is lost with <see cref="KillAsync"/>.</summary>
    public async Task SaveAsync()
    {
        const string Saving = "Saving in-memory database";
        int before = Count(Saving);
        using Process signal = Process.Start("kill", ["-USR1", _process!.Id.ToString()]);
        await signal.WaitForExitAsync();
        for (var since = Stopwatch.StartNew(); Count(Saving) == before; await Task.Delay(100))
            if (since.Elapsed > Patience) throw new AssertFailedException($"Mosquitto does not save: {Log}");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();

        // Erlang's port mapper goes on as a daemon
        if (_environment.TryGetValue("ERL_EPMD_PORT", out string? mapper))
        {
            using Process end = Process.Start(new ProcessStartInfo("epmd", ["-port", mapper, "-kill"]) { RedirectStandardOutput = true })!;
            await end.WaitForExitAsync();
        }

        Directory.Delete(_folder, recursive: true);
        _ports.Dispose();
    }

    private readonly Dictionary<string, string> _environment = [];

    private void Set(string name, string value) => _environment[name] = value;

    private string Write(string file, string text)
    {
        string path = Path.Combine(_folder, file);
        File.WriteAllText(path, text + "\n");
        return path;
    }

    private static async Task<BrokerProcess> StartAsync(string program, string ready, Func<BrokerProcess, int, string[]> configure)
    {
        string[] folders = ["/usr/lib/rabbitmq/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
        string path = folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists)
            ?? throw new AssertInconclusiveException($"{program} is not installed: apt-get install {program}");
        var broker = new BrokerProcess();
        broker._start = new ProcessStartInfo(path, configure(broker, broker.Address.Port))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in broker._environment) broker._start.Environment[name] = value;
        broker._ready = ready;
        if (await broker.Begin().WaitAsync(Patience)) return broker;
        await broker.DisposeAsync();
        throw new AssertFailedException($"{program} did not start: {broker.Log}");
    }

    private int Count(string part) => Log.Split(part).Length - 1;

    // gives whether it says that it is ready
    private Task<bool> Begin()
    {
        var isReady = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = _start!, EnableRaisingEvents = true };
        void Take(string? line)
        {
            if (line is null) return;
            lock (_log) _log.AppendLine(line);
            if (line.Contains(_ready, StringComparison.Ordinal)) isReady.TrySetResult(true);
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Exited += (_, _) => isReady.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        return isReady.Task;
    }
}
