using System.Device.Gpio;

namespace EdgeChat.Drivers;

/// <summary>A light at a pin.</summary>
public sealed class PinLight : ILight
{
    private readonly GpioPin _pin;
    private readonly bool _isActiveLow;

    /// <summary>Takes an open pin and makes it an output; the light is off.</summary>
    /// <param name="pin">The pin.</param>
    /// <param name="isActiveLow">Whether the light is on while the pin is low.</param>
    public PinLight(GpioPin pin, bool isActiveLow)
    {
        _pin = pin;
        _isActiveLow = isActiveLow;
        pin.SetPinMode(PinMode.Output);
        Set(false);
    }

    /// <inheritdoc/>
    public void Set(bool on) { _pin.Write(on != _isActiveLow ? PinValue.High : PinValue.Low); }
}
