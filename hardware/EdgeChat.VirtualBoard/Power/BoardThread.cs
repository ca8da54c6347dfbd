namespace EdgeChat.VirtualBoard;

/// <summary>One thread of a board, with a small stack, that does not keep the process alive.</summary>
internal sealed class BoardThread(string name)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the thread has ended, or is parked for good.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The thread, once started.</summary>
    public Thread? Thread { get; private set; }

    public void Start(Action body)
    {
        Thread = new Thread(
            () =>
            {
                try
                {
                    body();
                }
                finally
                {
                    _ended.TrySetResult();
                }
            },
            PowerCycle.StackBytes)
        { Name = name, IsBackground = true };
        Thread.Start();
    }

    /// <summary>Nobody waits for this thread any more.</summary>
    public void Abandon() => _ended.TrySetResult();
}
