using System.Collections.Concurrent;
using EdgeChat.VirtualBoard;

namespace System.Device.Gpio;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's GpioController: the pins of the board whose thread makes it.</summary>
public sealed class GpioController : IDisposable
{
    private readonly PowerCycle _cycle = PowerCycle.Require(nameof(GpioController));
    private readonly ConcurrentDictionary<int, GpioPin> _open = new();
    private readonly ConcurrentDictionary<(int Pin, PinChangeEventHandler Callback), PinValueChangedEventHandler> _callbacks = new();

    public GpioController()
        : this(PinNumberingScheme.Logical)
    {
    }

    public GpioController(PinNumberingScheme numberingScheme) => NumberingScheme = numberingScheme;

    public PinNumberingScheme NumberingScheme { get; }

    public int PinCount => PinState.Highest + 1;

    public GpioPin OpenPin(int pinNumber)
    {
        _cycle.Check();
        var pin = new GpioPin(_cycle, pinNumber, p => _open.TryRemove(p, out _));
        if (!_cycle.Board.Pins.Take(pinNumber)) throw new InvalidOperationException($"pin {pinNumber} is open already; close it first");
        _open[pinNumber] = pin;
        return pin;
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    public void ClosePin(int pinNumber) => Opened(pinNumber).Dispose();

    public void Dispose()
    {
        foreach (GpioPin pin in _open.Values) pin.Dispose();
    }

    public PinMode GetPinMode(int pinNumber) => Opened(pinNumber).GetPinMode();

    public bool IsPinModeSupported(int pinNumber, PinMode mode) => Supports(_cycle.Board, pinNumber, mode);

    public bool IsPinOpen(int pinNumber) => _open.ContainsKey(pinNumber);

    public PinValue Read(int pinNumber) => Opened(pinNumber).Read();

    public void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        PinValueChangedEventHandler handler = (sender, e) =>
        {
            if ((e.ChangeType & eventTypes) != 0) callback(sender, e);
        };
        if (_callbacks.TryAdd((pinNumber, callback), handler)) Opened(pinNumber).ValueChanged += handler;
    }

    public void SetPinMode(int pinNumber, PinMode mode) => Opened(pinNumber).SetPinMode(mode);

    public void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        if (_callbacks.TryRemove((pinNumber, callback), out PinValueChangedEventHandler? handler))
            Opened(pinNumber).ValueChanged -= handler;
    }

    public void Write(int pinNumber, PinValue value) => Opened(pinNumber).Write(value);

    // ESP32 technical reference manual, 4.10: GPIO34 to GPIO39 are inputs and have no pull resistors.
    internal static bool Supports(Board board, int pin, PinMode mode) =>
        mode == PinMode.Input || !(board.Hardware.IsFirstEsp32 && pin is >= 34 and <= 39);

    private GpioPin Opened(int pinNumber)
    {
        _cycle.Check();
        return _open.TryGetValue(pinNumber, out GpioPin? pin)
            ? pin
            : throw new InvalidOperationException($"pin {pinNumber} is not open; call OpenPin first");
    }
}
