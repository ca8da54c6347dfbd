using nanoFramework.Hardware.Esp32;

namespace EdgeChat.VirtualBoard;

/// <summary>Which pin of the chip has which function; reset by each boot.</summary>
internal sealed class PinFunctions
{
    private readonly Dictionary<DeviceFunction, int> _pins = [];

    public void Set(int pin, DeviceFunction function)
    {
        lock (_pins) _pins[function] = pin;
    }

    /// <summary>The pin of a function, or -1 when none was set.</summary>
    public int Pin(DeviceFunction function)
    {
        lock (_pins) return _pins.GetValueOrDefault(function, -1);
    }

    public void Reset()
    {
        lock (_pins) _pins.Clear();
    }

    /// <summary>Whether a function is on the pin that the wiring says; a wiring that says nothing (-1) fits everything.</summary>
    public bool Fits(DeviceFunction function, int wired) => wired < 0 || Pin(function) == wired;
}
