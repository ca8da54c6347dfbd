namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Timer: it stops when its board has no power.</summary>
public sealed class Timer : MarshalByRefObject, IDisposable
{
    private readonly System.Threading.Timer _timer;
    private readonly PowerCycle? _cycle;

    public Timer(TimerCallback callback, object? state, int dueTime, int period)
    {
        _cycle = PowerCycle.Current;
        _cycle?.Check();
        _timer = new System.Threading.Timer(_ => Raise(callback, state));
        _cycle?.Bind(_timer);
        _timer.Change(dueTime, period);
    }

    public Timer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        : this(callback, state, (int)dueTime.TotalMilliseconds, (int)period.TotalMilliseconds)
    {
    }

    public bool Change(int dueTime, int period)
    {
        _cycle?.Check();
        return _timer.Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period) => Change((int)dueTime.TotalMilliseconds, (int)period.TotalMilliseconds);

    public void Dispose()
    {
        _cycle?.Unbind(_timer);
        _timer.Dispose();
    }

    private void Raise(TimerCallback callback, object? state)
    {
        if (_cycle is null) callback(state!);
        else if (!_cycle.IsOff) _cycle.Enter(() => callback(state!));
    }
}
