namespace EdgeChat.VirtualBoard;

/// <summary>The one thread on which a board's events are raised, one after another, as the runtime does. It starts with the first event.</summary>
internal sealed class EventThread
{
    private readonly Queue<Action> _queue = new();
    private readonly AutoResetEvent _wake = new(false);
    private bool _isRunning;

    public void Post(PowerCycle cycle, Action handler)
    {
        lock (_queue)
        {
            _queue.Enqueue(handler);
            if (!_isRunning)
            {
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
        }

        _wake.Set();
    }

    private void Run(PowerCycle cycle)
    {
        while (true)
        {
            Action? next;
            lock (_queue) _queue.TryDequeue(out next);
            if (next is null)
            {
                PowerCycle.Wait(_wake, Timeout.Infinite);
                continue;
            }

            cycle.Check();
            // An exception that leaves a handler must not end the events of the board.
            cycle.Enter(next);
        }
    }
}
