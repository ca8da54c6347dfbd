using System.Diagnostics;

namespace EdgeChat.VirtualBoard;

/// <summary>The one thread on which a board's events are raised, one after another, as the runtime does. It starts with the first
/// event.</summary>
internal sealed class EventThread
{
    private readonly Queue<Action> _queue = new();
    private readonly PriorityQueue<Action, long> _later = new(); // by the Stopwatch
    private readonly AutoResetEvent _wake = new(false);
    private bool _isRunning;

    public void Post(PowerCycle cycle, Action handler)
    {
        lock (_queue)
        {
            _queue.Enqueue(handler);
            Start(cycle);
        }

        _wake.Set();
    }

    /// <summary>Runs something here after a time, and not on a thread of the pool: those of a busy PC come late.</summary>
    public void PostAfter(PowerCycle cycle, TimeSpan delay, Action handler)
    {
        lock (_queue)
        {
            _later.Enqueue(handler, Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency));
            Start(cycle);
        }

        _wake.Set();
    }

    private void Start(PowerCycle cycle)
    {
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            cycle.Start("events", () => Run(cycle));
        }
        catch (BoardOffException)
        {
            // The power went between the event and its delivery.
        }
    }

    private void Run(PowerCycle cycle)
    {
        while (true)
        {
            Action? next = Next(out int wait);
            if (next is null)
            {
                PowerCycle.Wait(_wake, wait);
                continue;
            }

            cycle.Check();
            // An exception that leaves a handler must not end the events of the board.
            cycle.Enter(next);
        }
    }

    // what is to run now, or null and for how long there is nothing, in milliseconds
    private Action? Next(out int wait)
    {
        wait = Timeout.Infinite;
        lock (_queue)
        {
            if (_queue.TryDequeue(out Action? next)) return next;
            if (!_later.TryPeek(out next, out long due)) return null;
            long left = due - Stopwatch.GetTimestamp();
            if (left <= 0) return _later.Dequeue();
            wait = (int)Math.Ceiling(left * 1000.0 / Stopwatch.Frequency);
            return null;
        }
    }
}
