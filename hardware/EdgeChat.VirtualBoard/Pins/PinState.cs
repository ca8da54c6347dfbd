using System.Device.Gpio;

namespace EdgeChat.VirtualBoard;

/// <summary>One pin: what drives it, and so its level.</summary>
/// <param name="idle">The level that the board's own resistor gives when nothing drives the pin.</param>
internal sealed class PinState(bool idle)
{
    /// <summary>The highest pin number of any ESP32 (the S3 has 0 to 48).</summary>
    public const int Highest = 48;

    public PinMode Mode { get; set; } = PinMode.Input;

    public bool Output { get; set; }

    /// <summary>True while the firmware has the pin open.</summary>
    public bool IsOpen { get; set; }

    /// <summary>What the outside drives, or null.</summary>
    public bool? Driven { get; set; }

    /// <summary>Called with the new level, inside the lock of the pins: it only enqueues.</summary>
    public Action<bool>? Watcher { get; set; }

    public bool Level => Mode switch
    {
        PinMode.Output => Output,
        // An open drain pulls down or lets go; an open source pulls up or lets go.
        PinMode.OutputOpenDrain or PinMode.OutputOpenDrainPullUp => Output && (Driven ?? true),
        PinMode.OutputOpenSource or PinMode.OutputOpenSourcePullDown => Output || (Driven ?? false),
        PinMode.InputPullUp => Driven ?? true,
        PinMode.InputPullDown => Driven ?? idle,
        _ => Driven ?? idle,
    };

    public void PowerLost()
    {
        Mode = PinMode.Input;
        Output = false;
        IsOpen = false;
        Watcher = null;
    }
}
