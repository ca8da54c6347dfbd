namespace EdgeChat.VirtualBoard;

/// <summary>A board's clock: counts from 1970 until the time server answers, and keeps its time over a restart but not without
/// power.</summary>
internal sealed class BoardClock(Board board)
{
    private readonly Lock _gate = new();
    private TimeSpan? _offset;

    public TimeSpan? Offset
    {
        get
        {
            lock (_gate) return _offset;
        }
    }

    public DateTime UtcNow => Offset is { } offset
        ? DateTime.UtcNow + offset
        : DateTime.UnixEpoch + (PowerCycle.Current ?? board.Cycle)?.Uptime.Elapsed ?? DateTime.UnixEpoch;

    public void Set(TimeSpan offset)
    {
        lock (_gate) _offset = offset;
    }

    public void Forget()
    {
        lock (_gate) _offset = null;
    }
}
