using nanoFramework.Hardware.Esp32;

namespace EdgeChat.VirtualBoard;

/// <summary>What may wake a board from its deep sleep, and what did. RAM is lost in it, so waking is a boot.</summary>
internal sealed class DeepSleep(Board board) : IDisposable
{
    private readonly Lock _gate = new();
    private TimeSpan? _after;
    private ulong _pins;
    private bool _level;
    private Timer? _timer;
    private Action? _wake;

    public Sleep.WakeupCause Cause { get; private set; }

    public Sleep.WakeupGpioPin Pin { get; private set; }

    public bool IsSleeping
    {
        get
        {
            lock (_gate) return _wake is not null;
        }
    }

    public void WakeAfter(TimeSpan time)
    {
        lock (_gate) _after = time;
    }

    public void WakeBy(ulong pins, bool level)
    {
        lock (_gate)
        {
            _pins = pins;
            _level = level;
        }
    }

    /// <summary>Keeps <paramref name="wake"/> until the timer or a pin calls it.</summary>
    public void Begin(Action wake)
    {
        lock (_gate)
        {
            _wake = wake;
            if (_after is { } after) _timer = new Timer(_ => Wake(Sleep.WakeupCause.Timer, 0), null, after, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A pin has changed.</summary>
    public void PinChanged(int pin, bool level)
    {
        ulong bit = 1UL << pin;
        lock (_gate)
            if (_wake is null || (_pins & bit) == 0 || level != _level) return;
        Wake(Sleep.WakeupCause.Ext0, (Sleep.WakeupGpioPin)bit);
    }

    /// <summary>The power went, or came by hand: the sleep is over and its cause forgotten.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            Clear();
            Cause = Sleep.WakeupCause.Undefined;
            Pin = Sleep.WakeupGpioPin.None;
        }
    }

    public void Dispose() => Forget();

    private void Wake(Sleep.WakeupCause cause, Sleep.WakeupGpioPin pin)
    {
        Action? wake;
        lock (_gate)
        {
            wake = _wake;
            if (wake is null || board.IsOn) return;
            Clear();
            Cause = cause;
            Pin = pin;
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => wake(), null);
    }

    private void Clear()
    {
        _timer?.Dispose();
        _timer = null;
        _wake = null;
        _after = null;
        _pins = 0;
    }
}
