using System.Device.Gpio;

namespace EdgeChat.VirtualBoard;

/// <summary>The pins of one board, seen from outside: who presses its buttons, and what it drives.</summary>
public sealed class VirtualPins
{
    private readonly Board _board;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, PinState> _pins = [];

    internal VirtualPins(Board board) => _board = board;

    /// <summary>Raised when a pin has another level than before, with its number and the level (true: high), on the thread that did
    /// it.</summary>
    public event Action<int, bool>? Changed;

    /// <summary>Presses the button on a pin: drives the level that the wiring says (active low: to ground).</summary>
    public void Press(int pin) => Drive(pin, !_board.Hardware.ButtonsActiveLow);

    /// <summary>Releases the button on a pin: its resistor pulls it back.</summary>
    public void Release(int pin) => Drive(pin, null);

    /// <summary>The level of a pin: true is high.</summary>
    public bool Level(int pin)
    {
        lock (_gate) return State(pin).Level;
    }

    /// <summary>Drives a pin from outside, or lets it go with null.</summary>
    public void Drive(int pin, bool? level) => Change(pin, s => s.Driven = level);

    internal void SetMode(int pin, PinMode mode) => Change(pin, s => s.Mode = mode);

    internal void Write(int pin, bool level) => Change(pin, s => s.Output = level);

    internal PinMode Mode(int pin)
    {
        lock (_gate) return State(pin).Mode;
    }

    internal void Watch(int pin, Action<bool> watcher)
    {
        lock (_gate) State(pin).Watcher = watcher;
    }

    /// <summary>Opens a pin for one user. Returns false when it is open already.</summary>
    internal bool Take(int pin)
    {
        lock (_gate)
        {
            PinState state = State(pin);
            bool isFree = !state.IsOpen;
            state.IsOpen = true;
            return isFree;
        }
    }

    internal void Unwatch(int pin)
    {
        lock (_gate) State(pin).PowerLost();
    }

    internal void PowerLost()
    {
        lock (_gate)
            foreach (PinState state in _pins.Values) state.PowerLost();
    }

    private void Change(int pin, Action<PinState> change)
    {
        bool level;
        Action<bool>? watcher;
        lock (_gate)
        {
            PinState state = State(pin);
            bool before = state.Level;
            change(state);
            level = state.Level;
            if (level == before) return;
            watcher = state.Watcher;
            // Inside the lock, so that two changes of a pin are seen in their order: a watcher only enqueues.
            watcher?.Invoke(level);
        }

        _board.Sleep.PinChanged(pin, level);
        Changed?.Invoke(pin, level);
    }

    private PinState State(int pin)
    {
        if (_pins.TryGetValue(pin, out PinState? state)) return state;
        if (pin is < 0 or > PinState.Highest)
            throw new ArgumentOutOfRangeException(nameof(pin), pin, $"an ESP32 has the pins 0 to {PinState.Highest}");
        bool isButton = _board.Hardware.Buttons.Any(b => b.Value == pin);
        return _pins[pin] = new PinState(isButton && _board.Hardware.ButtonsActiveLow);
    }
}
