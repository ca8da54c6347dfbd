using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Tests.Fleet;

/// <summary>A Mosquitto process of its own, with persistence, in a folder of the test.</summary>
internal sealed class MosquittoBroker : IBroker
{
    private const int SigTerm = 15; // signal(7): Mosquitto saves its database and ends
    private static readonly TimeSpan Patience = Waiting.Longest;
    private static readonly TimeSpan TermAgain = TimeSpan.FromSeconds(1);

    private readonly ReservedPorts _ports = ReservedPorts.Take();
    private readonly string _folder;
    private readonly string _access;
    private readonly StringBuilder _log = new();
    private Process? _process;

    /// <summary>Makes a broker that does not run; <paramref name="access"/> is the lines of its configuration that say who may connect, and
    /// how.</summary>
    public MosquittoBroker(string folder, string access = "allow_anonymous true")
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _access = access;
    }

    public string Kind => IBroker.Mosquitto;

    public int Port => _ports.First;

    public async Task StartAsync()
    {
        if (_process is not null) return;
        if (!await RunAsync()) throw new AssertFailedException($"Mosquitto did not start on port {Port}: {_log}");
    }

    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        var since = Stopwatch.StartNew();
        do
        {
            if (since.Elapsed > Patience) throw new AssertFailedException($"Mosquitto on port {Port} does not end: {_log}");
            // again, because one that comes between Mosquitto's look at its flag and its wait is seen only when a client sends something
            if (!process.HasExited) _ = kill(process.Id, SigTerm);
        }
        while (!await HasEndedAsync(process));
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ports.Dispose();
    }

    private static async Task<bool> HasEndedAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TermAgain);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> RunAsync()
    {
        string file = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(file, $"""
            listener {Port} 127.0.0.1
            {_access}
            user {Environment.UserName}
            persistence true
            persistence_location {_folder}/
            max_queued_messages 10000
            max_inflight_messages 20
            set_tcp_nodelay true
            log_dest stderr
            log_type all
            """);
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Program("mosquitto"), ["-c", file]) { RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is null) return;
            lock (_log) _log.AppendLine(e.Data);
            // its last line before it serves
            if (e.Data.Contains(" running", StringComparison.Ordinal)) started.TrySetResult(true);
        };
        process.Exited += (_, _) => started.TrySetResult(false);
        process.Start();
        process.BeginErrorReadLine();
        bool isRunning = await started.Task.WaitAsync(Patience);
        if (isRunning) _process = process;
        return isRunning;
    }

    /// <summary>The path of one of Mosquitto's programs.</summary>
    public static string Program(string name)
    {
        string[] folders =
            [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin"];
        return folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists)
            ?? throw new AssertFailedException(name + " is not installed: apt-get install mosquitto, or run tools/test, which does");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);
}
