namespace EdgeChat.VirtualBoard;

/// <summary>A board's drive <c>I:\</c>: a folder of the PC with the manners of LittleFS on flash.</summary>
/// <remarks>
/// A file's new content becomes durable when the file is closed, all at once; what was not closed is lost with the power. Creating,
/// deleting and renaming are durable at once and whole. See the LittleFS design document.
/// </remarks>
public sealed partial class VirtualFlash
{
    private readonly Board _board;
    private readonly TimeSpan _delay;
    private readonly Lock _gate = new();
    private readonly FlashHost _host;
    private readonly FlashSpace _space = new();
    private readonly List<FlashFile> _open = [];
    private FlashCut? _cut;

    internal VirtualFlash(Board board, string folder, TimeSpan delay)
    {
        _board = board;
        _delay = delay;
        _host = new FlashHost(board.Name, folder);
        _host.Measure(_space);
    }

    /// <summary>The folder of the PC.</summary>
    public string Folder => _host.Folder;

    /// <summary>Size of the partition in bytes; 256 KiB as on boards with 4 MB.</summary>
    public long CapacityBytes { get; set; } = 256 * 1024;

    /// <summary>Bytes that can still be written, in whole blocks.</summary>
    public long FreeBytes
    {
        get
        {
            lock (_gate) return Math.Max(0, CapacityBytes - _space.Used);
        }
    }

    /// <summary>Closes that added to the end of a file.</summary>
    public long Appends { get; private set; }

    /// <summary>Closes that changed a file otherwise.</summary>
    public long Replaces { get; private set; }

    /// <summary>Closes that wrote: <see cref="Appends"/> and <see cref="Replaces"/>.</summary>
    public long Closes => Appends + Replaces;

    /// <summary>Durable operations of all kinds: closes that wrote, files and folders made, deleted and renamed.</summary>
    public long Operations { get; private set; }

    /// <summary>Bytes that closes wrote: what was added, or the whole content of a file that was changed otherwise.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>True when a power cut that was asked for has happened.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Has the power go inside a durable operation.</summary>
    /// <param name="operations">How many operations succeed before it.</param>
    /// <param name="outcome">What it leaves. A torn append keeps half of its bytes.</param>
    public void CutAfterOperations(long operations, FlashCutOutcome outcome = FlashCutOutcome.Old)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(operations);
        Arm(new FlashCut(operations, 0, outcome));
    }

    /// <summary>Has the power go inside the first close that writes some bytes, whatever is written before it, or a number of operations
    /// after that.</summary>
    /// <param name="content">Bytes that stand next to each other in what the close writes.</param>
    /// <param name="operations">How many operations succeed from that close on.</param>
    /// <param name="outcome">What it leaves. A torn append keeps half of its bytes.</param>
    public void CutAtWriteOf(ReadOnlySpan<byte> content, long operations = 0, FlashCutOutcome outcome = FlashCutOutcome.Old)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(operations);
        Arm(new FlashCut(operations, 0, outcome, content.ToArray()));
    }

    /// <summary>Has the power go inside the write that would pass a number of bytes.</summary>
    /// <param name="bytes">How many bytes, counted as in <see cref="BytesWritten"/>, are written before it.</param>
    /// <param name="outcome">What it leaves. A torn append keeps the bytes up to that number.</param>
    public void CutAfterBytes(long bytes, FlashCutOutcome outcome = FlashCutOutcome.Old)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Arm(new FlashCut(-1, bytes, outcome));
    }

    /// <summary>A file of the PC that belongs to the board but is not on its drive.</summary>
    internal string Beside(string name) => _host.Beside(name);

    internal void PowerCame()
    {
        lock (_gate) _host.Measure(_space);
    }

    internal void PowerLost()
    {
        lock (_gate)
        {
            _open.Clear();
            _cut = null;
        }
    }

    private void Arm(FlashCut cut)
    {
        lock (_gate)
        {
            _cut = cut;
            WasCut = false;
        }
    }

    /// <summary>One durable operation: counted, delayed, and perhaps the last one.</summary>
    /// <param name="cycle">The life that does it.</param>
    /// <param name="added">Bytes that it writes.</param>
    /// <param name="apply">Makes it so.</param>
    /// <param name="tear">Leaves so many of the added bytes; null when it cannot be torn.</param>
    private void Durable(PowerCycle cycle, long added, Action apply, Action<long>? tear = null)
    {
        cycle.Check();
        Operations++;
        if (_cut is null || !_cut.Hits(added, out long kept))
        {
            apply();
            return;
        }

        WasCut = true;
        if (_cut.Outcome == FlashCutOutcome.New) apply();
        else if (_cut.Outcome == FlashCutOutcome.Torn) tear?.Invoke(kept);
        cycle.End();
    }

    // Runs one call of the firmware. A power cut inside it is completed outside of the lock, because it looks at all devices.
    private T Call<T>(PowerCycle cycle, bool isDurable, Func<T> body)
    {
        cycle.Check();
        if (isDurable && _delay > TimeSpan.Zero) cycle.Sleep((int)_delay.TotalMilliseconds);
        T result;
        try
        {
            lock (_gate)
            {
                cycle.Check();
                result = body();
            }
        }
        finally
        {
            if (cycle.IsOff) _board.Cut(cycle);
        }

        cycle.Check();
        return result;
    }
}
