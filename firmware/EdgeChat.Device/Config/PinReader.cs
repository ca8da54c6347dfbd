namespace EdgeChat.Device;

/// <summary>Reads pin numbers of a board's chip from the configuration.</summary>
public sealed class PinReader
{
    /// <summary>The highest pin number: that of the ESP32-S3, the largest of the family.</summary>
    public const int LastPin = 48;

    private const int FirstInputOnly = 34; // ESP32 datasheet v4.7, 2.2: GPIO34-39 have no output driver
    private const int LastInputOnly = 39;

    private readonly bool _hasInputOnly;
    private long _taken; // a bit a pin

    /// <summary>Makes the reader for a nanoFramework target.</summary>
    public PinReader(string target)
    {
        // S2, S3, C3 and C6 have no input-only pins
        _hasInputOnly = !(target.StartsWith("ESP32_S") || target.StartsWith("ESP32_C") || target.StartsWith("AtomS3"));
    }

    /// <summary>A pin that the board drives, or <paramref name="fallback"/> when it is not there.</summary>
    public int Output(ConfigSection section, string key, int fallback)
    {
        int pin = section.Number(key, 0, LastPin, fallback);
        if (pin >= FirstInputOnly && pin <= LastInputOnly && _hasInputOnly)
            throw section.Wrong(key, pin, "must be a pin that can be an output, and 34 to 39 of an ESP32 cannot: take 21, for example");
        return Take(pin);
    }

    /// <summary>A pin that the board drives, that must be there and that nothing read so far has.</summary>
    public int Free(ConfigSection section, string key)
    {
        long before = _taken;
        int pin = Output(section, key, ConfigSection.Required);
        if ((before >> pin & 1) != 0) throw section.Wrong(key, pin, "must be a pin that nothing else of the board has");
        return pin;
    }

    /// <summary>A pin that the board reads, or <paramref name="fallback"/> when it is not there.</summary>
    public int Input(ConfigSection section, string key, int fallback) { return Take(section.Number(key, 0, LastPin, fallback)); }

    private int Take(int pin)
    {
        if (pin >= 0) _taken |= 1L << pin;
        return pin;
    }
}
