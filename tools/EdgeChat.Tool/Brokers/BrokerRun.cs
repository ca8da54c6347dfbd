using System.ComponentModel;
using System.Diagnostics;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Brokers;

/// <summary>Runs the broker of a folder in the foreground, until it ends or somebody wants it to end.</summary>
internal static class BrokerRun
{
    private static readonly string[] Folders = ["/usr/lib/rabbitmq/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs it, and hands on what it says. Gives the exit code.</summary>
    public static async Task<int> RunAsync(BrokerProgram program, TextWriter output, CancellationToken stop)
    {
        if (program.After is { } other && !await ListensAsync(other, output, stop)) return ExitCode.Success;
        try
        {
            while (true)
            {
                using Process broker = Start(program, output);
                if (!await EndsByItselfAsync(broker, stop)) return ExitCode.Success;
                if (program.StartsAgain && broker.ExitCode == 0) continue;
                if (broker.ExitCode != program.DefectCode)
                    throw new ToolException(ExitCode.Broker,
                        $"{program.Name} has ended by itself with {broker.ExitCode}: what it said last tells why");
                lock (output) output.WriteLine($"{program.Name} has ended by itself with {broker.ExitCode}, and is started again");
                await Task.WhenAny(Task.Delay(Pause, stop));
            }
        }
        finally
        {
            await EndAsync(program.Last, output);
        }
    }

    /// <summary>Runs what ends what a broker leaves behind. That it cannot be run is told: it is no reason to hide how the broker has
    /// ended.</summary>
    public static async Task EndAsync(IReadOnlyList<string> command, TextWriter output)
    {
        if (command.Count == 0) return;
        try
        {
            var start = new ProcessStartInfo(Find(command[0]), command.Skip(1))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process end = Process.Start(start)!;
            await Task.WhenAll(end.StandardOutput.ReadToEndAsync(), end.StandardError.ReadToEndAsync());
        }
        catch (Exception e) when (e is ToolException or Win32Exception)
        {
            lock (output) output.WriteLine($"{command[0]}, which the broker may have left behind, was not ended: {e.Message}");
        }
    }

    // false when nobody wants it to run any more, and it has been ended
    private static async Task<bool> EndsByItselfAsync(Process broker, CancellationToken stop)
    {
        Task over = broker.WaitForExitAsync(CancellationToken.None); // until all that it said is handed on
        await Task.WhenAny(over, Task.Delay(Timeout.Infinite, stop));
        if (!stop.IsCancellationRequested) return true;

        // Ctrl-C reaches it too; a signal that the tool alone got does not
        if (!broker.HasExited) _ = UnixSignal.Send(broker.Id, UnixSignal.Terminate);
        if (await Task.WhenAny(over, Task.Delay(Patience, CancellationToken.None)) != over) broker.Kill(entireProcessTree: true);
        await over;
        return false;
    }

    /// <summary>The program's path; throws when it is not installed.</summary>
    public static string Find(string name)
    {
        string[] own = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        IEnumerable<string> folders = [Folders[0], .. own, .. Folders];
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists)
            ?? throw new ToolException(ExitCode.Machine, $"{name} is not installed: `apt-get install {name}`, or see docs/brokers.md");
    }

    // gives false when nobody wants it to run any more
    private static async Task<bool> ListensAsync(BrokerNode other, TextWriter output, CancellationToken stop)
    {
        var address = new BrokerAddress(other.Host, other.Port);
        bool isTold = false;
        try
        {
            while (!await RawProbe.ListensAsync(address, stop))
            {
                if (!isTold) output.WriteLine($"waiting for the node at {address}: each joins the one before it when it starts first");
                isTold = true;
                await Task.Delay(Pause, stop);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Process Start(BrokerProgram program, TextWriter output)
    {
        var start = new ProcessStartInfo(Find(program.Name), program.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in program.Environment) start.Environment[name] = value;
        try
        {
            Process broker = Process.Start(start)!;
            void Tell(string? line)
            {
                if (line is null) return;
                lock (output) output.WriteLine(SafeText.Line(line));
            }

            broker.OutputDataReceived += (_, e) => Tell(e.Data);
            broker.ErrorDataReceived += (_, e) => Tell(e.Data);
            broker.BeginOutputReadLine();
            broker.BeginErrorReadLine();
            return broker;
        }
        catch (Win32Exception e)
        {
            throw new ToolException(ExitCode.Machine, $"{start.FileName} cannot be run ({e.Message.TrimEnd('.')})", e);
        }
    }
}
