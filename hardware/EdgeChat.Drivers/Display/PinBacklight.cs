using System.Device.Gpio;

namespace EdgeChat.Drivers;

/// <summary>A backlight that a pin switches on when it is high.</summary>
public sealed class PinBacklight : IBacklight
{
    private readonly GpioPin _pin;

    /// <summary>Takes an open pin and makes it an output; the light is off.</summary>
    public PinBacklight(GpioPin pin)
    {
        _pin = pin;
        pin.SetPinMode(PinMode.Output);
        pin.Write(PinValue.Low);
    }

    /// <inheritdoc/>
    public void Set(bool on) { _pin.Write(on ? PinValue.High : PinValue.Low); }
}
