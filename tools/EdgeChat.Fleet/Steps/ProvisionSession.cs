namespace EdgeChat.Fleet;

/// <summary>Provisions many boards at once: those at some ports, or each that is plugged in until somebody ends it.</summary>
public sealed class ProvisionSession(Provisioner provisioner, Func<string, IBoardPort> open)
{
    /// <summary>How many boards at once.</summary>
    public const int AtOnce = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly List<BoardOutcome> _outcomes = [];
    private readonly SemaphoreSlim _places = new(AtOnce);

    /// <summary>Told when a board has ended.</summary>
    public Action<BoardOutcome>? Ended { get; init; }

    /// <summary>The boards at these ports.</summary>
    public async Task<IReadOnlyList<BoardOutcome>> RunAsync(IReadOnlyList<string> ports, string? wanted, CancellationToken stop)
    {
        await Task.WhenAll(ports.Select(p => OneAsync(p, wanted, stop)));
        return Outcomes();
    }

    /// <summary>Each board that is plugged in: a port is taken again when it was gone in between. Ends when <paramref name="stop"/> says
    /// so, or when <paramref name="isComplete"/> is.</summary>
    public async Task<IReadOnlyList<BoardOutcome>> WatchAsync(
        Func<IReadOnlyCollection<string>> ports, Func<bool> isComplete, CancellationToken stop)
    {
        var running = new Dictionary<string, Task>();
        try
        {
            while (!stop.IsCancellationRequested && !isComplete())
            {
                IReadOnlyCollection<string> there = ports();
                string[] gone = [.. running.Keys.Where(p => !there.Contains(p) && running[p].IsCompleted)];
                foreach (string port in gone) running.Remove(port);
                foreach (string port in there.Where(p => !running.ContainsKey(p))) running[port] = OneAsync(port, null, stop);
                await Task.Delay(Pause, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // what each board has come to is in the store; the next run goes on
        }

        await Task.WhenAll(running.Values);
        return Outcomes();
    }

    private async Task OneAsync(string name, string? wanted, CancellationToken stop)
    {
        BoardOutcome outcome;
        try
        {
            await _places.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            using IBoardPort port = open(name);
            outcome = await provisioner.RunAsync(port, wanted, stop);
        }
        catch (FleetException e)
        {
            outcome = new BoardOutcome(name, null, Step.Identify, e.Message, TimeSpan.Zero);
        }
        finally
        {
            _places.Release();
        }

        lock (_lock) _outcomes.Add(outcome);
        Ended?.Invoke(outcome);
    }

    private BoardOutcome[] Outcomes()
    {
        lock (_lock) return [.. _outcomes];
    }
}
