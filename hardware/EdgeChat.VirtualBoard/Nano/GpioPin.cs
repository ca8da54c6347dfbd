using System.Diagnostics;
using EdgeChat.VirtualBoard;

namespace System.Device.Gpio;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's GpioPin.</summary>
/// <remarks>
/// Debouncing is the ESP32 port's: the first edge starts the time, further ones within it are not looked at, and when it has passed the
/// event comes if the pin has the level of that first edge. That moment is kept to also when the thread is late: a press is not lost on a
/// busy PC.
/// </remarks>
public sealed class GpioPin : IDisposable
{
    private readonly PowerCycle _cycle;
    private readonly Action<int> _closed;
    private readonly Threading.Lock _gate = new();
    private PinValueChangedEventHandler? _changed;
    private TimeSpan _debounceTimeout;
    private bool _isDebouncing;
    private long _debouncedSince; // Stopwatch
    private bool _expected;
    private bool _isDisposed;

    internal GpioPin(PowerCycle cycle, int pinNumber, Action<int> closed)
    {
        _cycle = cycle;
        _closed = closed;
        PinNumber = pinNumber;
        Pins.Level(pinNumber); // throws for a pin that the chip does not have
    }

    /// <summary>Raised at both edges, on the board's event thread.</summary>
    public event PinValueChangedEventHandler? ValueChanged
    {
        add
        {
            Check();
            lock (_gate) _changed += value;
            Pins.Watch(PinNumber, Edge);
        }

        remove
        {
            Check();
            lock (_gate) _changed -= value;
        }
    }

    public TimeSpan DebounceTimeout
    {
        get
        {
            lock (_gate) return _debounceTimeout;
        }

        set
        {
            Check();
            lock (_gate) _debounceTimeout = value;
        }
    }

    public int PinNumber { get; }

    private VirtualPins Pins => _cycle.Board.Pins;

    private TimeSpan Left => _debounceTimeout - Stopwatch.GetElapsedTime(_debouncedSince);

    public PinMode GetPinMode()
    {
        Check();
        return Pins.Mode(PinNumber);
    }

    public bool IsPinModeSupported(PinMode pinMode) => GpioController.Supports(_cycle.Board, PinNumber, pinMode);

    public void SetPinMode(PinMode value)
    {
        Check();
        if (!IsPinModeSupported(value))
            throw new ArgumentException($"pin {PinNumber} cannot be {value}: the pins 34 to 39 of an ESP32 are inputs without resistors",
                nameof(value));
        Pins.SetMode(PinNumber, value);
    }

    public PinValue Read()
    {
        Check();
        return Pins.Level(PinNumber);
    }

    public void Write(PinValue value)
    {
        Check();
        Pins.Write(PinNumber, (bool)value);
    }

    public void Toggle() => Write(!(bool)Read());

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _changed = null;
        }

        if (_cycle.IsOff) return;
        Pins.Unwatch(PinNumber);
        _closed(PinNumber);
    }

    // Called inside the lock of the pins.
    private void Edge(bool level)
    {
        lock (_gate)
        {
            if (_isDisposed || _changed is null) return;
            if (_debounceTimeout <= TimeSpan.Zero)
            {
                Raise(level);
                return;
            }

            if (_isDebouncing)
            {
                if (Left > TimeSpan.Zero) return;
                Settle(!level); // until this edge
            }

            _isDebouncing = true;
            _expected = level;
            _debouncedSince = Stopwatch.GetTimestamp();
            _cycle.PostAfter(_debounceTimeout, Settled);
        }
    }

    private void Settled()
    {
        bool level = Pins.Level(PinNumber);
        lock (_gate)
        {
            if (_isDisposed || !_isDebouncing) return;
            if (Left <= TimeSpan.Zero) Settle(level); // else this was for an edge before the last, which has its own
        }
    }

    private void Settle(bool level)
    {
        _isDebouncing = false;
        if (level == _expected) Raise(level);
    }

    private void Raise(bool level)
    {
        PinValueChangedEventHandler? handlers;
        lock (_gate) handlers = _changed;
        if (handlers is null) return;
        var args = new PinValueChangedEventArgs(level ? PinEventTypes.Rising : PinEventTypes.Falling, PinNumber);
        _cycle.Post(() => handlers(this, args));
    }

    private void Check()
    {
        _cycle.Check();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
    }
}
