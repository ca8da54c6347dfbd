using System.Diagnostics;
using System.Globalization;

namespace EdgeChat.Fleet;

/// <summary>The file with a broker's process id, and what is told that process.</summary>
internal static class PidFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends a broker in order, and waits until it was started again; throws <see cref="FleetException"/>.</summary>
    public static async Task RestartAsync(string file, string broker, CancellationToken stop)
    {
        int id = Read(file) ?? throw None(file, broker);
        long asked = Stopwatch.GetTimestamp();
        if (!UnixSignal.Send(id, UnixSignal.Terminate))
            throw new FleetException(
                $"{broker} (process {id}, from {file}) cannot be started again: is it running, and may you signal it?");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            while (Read(file) is not { } now || now == id)
            {
                await Task.Delay(Pause, patience.Token);
                // Mosquitto misses one that comes right before it waits for its clients, until one of them says something
                if (Stopwatch.GetElapsedTime(asked) < Again || Read(file) != id) continue;
                asked = Stopwatch.GetTimestamp();
                _ = UnixSignal.Send(id, UnixSignal.Terminate);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new FleetException($"{broker} has ended, so that it reads who may come, and nothing has started it again within "
                + $"{Patience.TotalSeconds:0} s: `edgechat broker run` does, and so does a service that is always restarted");
        }
    }

    /// <summary>What is said when there is none.</summary>
    public static FleetException None(string file, string broker) =>
        new($"{file} has no process id: is {broker} running, with `pid_file {file}`?");

    /// <summary>The process id in it, or null.</summary>
    public static int? Read(string file)
    {
        try
        {
            string text = File.ReadAllText(file).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 1 ? id : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
