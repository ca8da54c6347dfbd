using System;
using System.Device.Gpio;

namespace EdgeChat.Drivers;

/// <summary>One button on a pin: debounced by the runtime, its level changes told to a listener. Allocates nothing for a press.</summary>
public sealed class Button : IDisposable
{
    /// <summary>How long a contact may bounce, in milliseconds.</summary>
    public const int BounceMs = 20;

    private readonly GpioPin _pin;
    private readonly int _number; // its complement when a pressed button is high
    private readonly IButtonListener _listener;

    /// <summary>Sets the pin up and begins to listen.</summary>
    /// <param name="pin">An open pin.</param>
    /// <param name="number">What the listener is told, from 0.</param>
    /// <param name="isActiveLow">Whether pressing connects the pin to ground; the chip's own resistor pulls the other way where it has
    /// one.</param>
    /// <param name="listener">Who is told.</param>
    public Button(GpioPin pin, int number, bool isActiveLow, IButtonListener listener)
    {
        _pin = pin;
        _number = isActiveLow ? number : ~number;
        _listener = listener;
        PinMode pulled = isActiveLow ? PinMode.InputPullUp : PinMode.InputPullDown;
        pin.SetPinMode(pin.IsPinModeSupported(pulled) ? pulled : PinMode.Input);
        pin.DebounceTimeout = new TimeSpan(0, 0, 0, 0, BounceMs);
        pin.ValueChanged += OnChanged;
    }

    /// <summary>Stops listening and frees the pin.</summary>
    public void Dispose()
    {
        _pin.ValueChanged -= OnChanged;
        _pin.Dispose();
    }

    private void OnChanged(object sender, PinValueChangedEventArgs e)
    {
        bool isActiveLow = _number >= 0;
        _listener.OnLevel(isActiveLow ? _number : ~_number, (e.ChangeType == PinEventTypes.Falling) == isActiveLow);
    }
}
