using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.VirtualBoard;

/// <summary>One life of a board, from power on to power off: its threads, and what must end with them.</summary>
/// <remarks>
/// The cycle flows with the execution context, so every thread, timer and event that the firmware starts belongs to the boot that it came
/// from. A thread of an earlier boot can therefore never touch the board again, even when the board is on.
/// </remarks>
internal sealed class PowerCycle
{
    /// <summary>Firmware needs little: nanoCLR has stacks of a few KiB. Hundreds of boards need it little.</summary>
    public const int StackBytes = 256 * 1024;

    private static readonly AsyncLocal<PowerCycle?> Flowing = new();

    // A firmware that catches everything in a loop would spin on BoardOffException for ever: such a thread is parked instead.
    private const int PatienceWithCatchers = 16;

    [ThreadStatic]
    private static int _thrown;

    [ThreadStatic]
    private static BoardThread? _own;

    [ThreadStatic]
    private static WaitHandle[]? _pair;

    private readonly Board _board;
    private readonly Lock _gate = new();
    private readonly CycleNetwork _network;
    private readonly List<BoardThread> _threads = [];
    private readonly List<IDisposable> _mortals = [];
    private readonly EventThread _events = new();
    private readonly Lock _standing = new();
    private readonly ManualResetEvent _goesOn = new(true);
    private volatile System.Threading.Thread? _native; // that stands still
    private volatile bool _isOff;
    private bool _isDropped;
    private long _skippedMs;

    public PowerCycle(Board board)
    {
        _board = board;
        _network = new CycleNetwork(this);
    }

    /// <summary>Milliseconds since this boot as the firmware sees them, with those that were skipped.</summary>
    public long UptimeMs => Uptime.ElapsedMilliseconds + Volatile.Read(ref _skippedMs);

    /// <summary>Has the firmware's time since boot jump ahead.</summary>
    public void Skip(long milliseconds) => Interlocked.Add(ref _skippedMs, milliseconds);

    /// <summary>The life that the calling thread belongs to, or null on a thread of the PC.</summary>
    public static PowerCycle? Current => Flowing.Value;

    /// <summary>The board.</summary>
    public Board Board => _board;

    /// <summary>Set when the power is gone.</summary>
    public ManualResetEvent Off { get; } = new(false);

    /// <summary>True when the power is gone.</summary>
    public bool IsOff => _isOff;

    /// <summary>Time since this boot.</summary>
    public System.Diagnostics.Stopwatch Uptime { get; } = System.Diagnostics.Stopwatch.StartNew();

    /// <summary>The life that the calling thread belongs to, which has power.</summary>
    /// <exception cref="InvalidOperationException">The caller is no thread of a board.</exception>
    public static PowerCycle Require(string api)
    {
        PowerCycle cycle = Current ?? throw new InvalidOperationException(
            api + " acts on the board whose thread calls it, and this thread belongs to none; "
            + "call it from the firmware, or from BoardOptions.Main");
        cycle.Check();
        return cycle;
    }

    /// <summary>Throws when the power is gone, so that the calling thread ends.</summary>
    public void Check()
    {
        if (_native is { } native && native != System.Threading.Thread.CurrentThread) WaitHandle.WaitAny([_goesOn, Off]);
        if (_isOff) Throw();
    }

    /// <summary>Does what is one native call on the board: until it ends, every other thread of the board stops where it calls the
    /// platform next. The board's watchdog, when it has one, resets the board when that takes too long.</summary>
    public T StandStill<T>(Func<T> call)
    {
        lock (_standing)
        {
            _native = System.Threading.Thread.CurrentThread;
            _goesOn.Reset();
            using Timer? watchdog = Board.Watchdog is { } patience
                ? new Timer(_ => Board.Reset(this, isSleep: false), null, patience, Timeout.InfiniteTimeSpan) : null;
            try
            {
                return call();
            }
            finally
            {
                _native = null;
                _goesOn.Set();
            }
        }
    }

    /// <summary>Waits as the firmware does: the end of the power ends the wait and the thread.</summary>
    /// <returns>False when the time passed first.</returns>
    public static bool Wait(WaitHandle handle, int milliseconds)
    {
        PowerCycle? cycle = Current;
        if (cycle is null) return handle.WaitOne(milliseconds);
        cycle.Check();
        // a waiting firmware waits often: the pair is kept
        WaitHandle[] pair = _pair ??= new WaitHandle[2];
        pair[0] = handle;
        pair[1] = cycle.Off;
        int which = WaitHandle.WaitAny(pair, milliseconds);
        cycle.Check();
        return which == 0;
    }

    /// <summary>Sleeps as the firmware does: the end of the power ends the sleep and the thread.</summary>
    public void Sleep(int milliseconds)
    {
        Check();
        Off.WaitOne(milliseconds);
        Check();
    }

    /// <summary>Runs something on a thread of the board.</summary>
    public BoardThread Start(string name, Action body)
    {
        var thread = new BoardThread($"{_board.Name} {name}");
        lock (_gate)
        {
            Check();
            _threads.Add(thread);
        }

        thread.Start(() =>
        {
            Flowing.Value = this;
            BoardNetwork.Current = _network;
            _own = thread;
            try
            {
                Guard(body);
            }
            finally
            {
                lock (_gate) _threads.Remove(thread);
            }
        });
        return thread;
    }

    /// <summary>Runs something as a thread of the board, on whatever thread calls.</summary>
    public void Enter(Action body)
    {
        PowerCycle? before = Flowing.Value;
        IBoardNetwork network = BoardNetwork.Current;
        Flowing.Value = this;
        BoardNetwork.Current = _network;
        _thrown = 0;
        try
        {
            Guard(body);
        }
        finally
        {
            Flowing.Value = before;
            BoardNetwork.Current = network;
        }
    }

    /// <summary>Puts something into the queue of the one thread that raises this board's events.</summary>
    public void Post(Action handler)
    {
        if (!_isOff) _events.Post(this, handler);
    }

    /// <summary>Runs something on the board's event thread after a time.</summary>
    public void PostAfter(TimeSpan delay, Action handler)
    {
        if (!_isOff) _events.PostAfter(this, delay, handler);
    }

    /// <summary>Has something disposed when the power goes.</summary>
    public void Bind(IDisposable mortal)
    {
        lock (_gate)
        {
            if (!_isOff)
            {
                _mortals.Add(mortal);
                return;
            }
        }

        mortal.Dispose();
    }

    /// <summary>Forgets what <see cref="Bind"/> was told.</summary>
    public void Unbind(IDisposable mortal)
    {
        lock (_gate) _mortals.Remove(mortal);
    }

    /// <summary>Ends the life: wakes every wait and disposes of what is bound. Returns false when it had ended before.</summary>
    public bool End()
    {
        IDisposable[] mortals;
        lock (_gate)
        {
            if (_isOff) return false;
            _isOff = true;
            mortals = [.. _mortals];
            _mortals.Clear();
        }

        Off.Set();
        _network.Dispose();
        foreach (IDisposable mortal in mortals) mortal.Dispose();
        return true;
    }

    /// <summary>True for the first caller, who then makes the devices forget.</summary>
    public bool Drop()
    {
        lock (_gate)
        {
            bool isFirst = !_isDropped;
            _isDropped = true;
            return isFirst;
        }
    }

    /// <summary>Waits until the threads have ended, or the time has passed. The calling thread is not waited for.</summary>
    public void Join(TimeSpan patience)
    {
        BoardThread[] threads;
        lock (_gate) threads = [.. _threads];
        var since = System.Diagnostics.Stopwatch.StartNew();
        foreach (BoardThread thread in threads)
        {
            TimeSpan left = patience - since.Elapsed;
            if (thread != _own && left > TimeSpan.Zero) thread.Ended.Wait(left);
        }
    }

    private void Guard(Action body)
    {
        try
        {
            body();
        }
        catch (BoardOffException)
        {
            // The board has no power: the thread just ends.
        }
        catch (Exception e)
        {
            // What breaks after the power is gone (a closed socket, a lock) is the power cut itself and no fault.
            if (!_isOff) _board.Report(e);
        }
    }

    private void Throw()
    {
        if (++_thrown > PatienceWithCatchers && _own is { } thread)
        {
            thread.Abandon();
            Thread.Sleep(Timeout.Infinite);
        }

        throw new BoardOffException(_board.Name);
    }
}
