namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Thread. It belongs to the board of the thread that starts it, and ends when that board has no power.</summary>
public sealed class Thread(ThreadStart start)
{
    [ThreadStatic]
    private static Thread? _current;

    private BoardThread? _board;
    private System.Threading.Thread? _plain;
    private ThreadPriority _priority = ThreadPriority.Normal;

    public static Thread CurrentThread => _current ??= new Thread(static () => { }) { _plain = System.Threading.Thread.CurrentThread };

    public ThreadPriority Priority
    {
        get => _priority;
        set => _priority = value;
    }

    public int ManagedThreadId => Real?.ManagedThreadId ?? 0;

    public bool IsAlive => Real?.IsAlive ?? false;

    public System.Threading.ThreadState ThreadState => Real?.ThreadState ?? System.Threading.ThreadState.Unstarted;

    private System.Threading.Thread? Real => _board?.Thread ?? _plain;

    public void Start()
    {
        if (Real is not null) throw new InvalidOperationException("this thread was started already; make a new one");
        if (PowerCycle.Current is { } cycle)
        {
            _board = cycle.Start("thread", Run);
            return;
        }

        _plain = new System.Threading.Thread(Run, PowerCycle.StackBytes) { IsBackground = true };
        _plain.Start();
    }

    public void Join() => Join(Timeout.Infinite);

    public bool Join(int millisecondsTimeout)
    {
        if (_board is { } thread) return PowerCycle.Wait(((IAsyncResult)thread.Ended).AsyncWaitHandle, millisecondsTimeout);
        return _plain?.Join(millisecondsTimeout) ?? throw new InvalidOperationException("this thread was not started");
    }

    public bool Join(TimeSpan timeout) => Join((int)timeout.TotalMilliseconds);

    public static void Sleep(int millisecondsTimeout)
    {
        if (PowerCycle.Current is not { } cycle) System.Threading.Thread.Sleep(millisecondsTimeout);
        else cycle.Sleep(millisecondsTimeout);
    }

    public static void Sleep(TimeSpan timeout) => Sleep((int)timeout.TotalMilliseconds);

    public static void SpinWait(int iterations) => System.Threading.Thread.SpinWait(iterations);

    private void Run()
    {
        _current = this;
        start();
    }
}
