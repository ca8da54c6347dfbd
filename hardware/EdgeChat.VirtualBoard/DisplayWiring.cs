namespace EdgeChat.VirtualBoard;

/// <summary>How a board's display is wired. A pin of -1 is not given.</summary>
public sealed class DisplayWiring
{
    /// <summary>The chip: <c>ssd1306</c>, <c>st7789</c>, <c>ili9342</c>.</summary>
    public string Driver { get; private init; } = "ssd1306";

    /// <summary>Width in pixels.</summary>
    public int Width { get; private init; } = 128;

    /// <summary>Height in pixels.</summary>
    public int Height { get; private init; } = 64;

    /// <summary>The bus number: 1 for I2C1 or SPI1.</summary>
    public int Bus { get; private init; } = 1;

    /// <summary>The 7-bit I2C address.</summary>
    public int Address { get; private init; } = 0x3C;

    /// <summary>I2C data pin.</summary>
    public int Sda { get; private init; } = -1;

    /// <summary>I2C clock pin.</summary>
    public int Scl { get; private init; } = -1;

    /// <summary>SPI data pin, board to display.</summary>
    public int Mosi { get; private init; } = -1;

    /// <summary>SPI clock pin.</summary>
    public int Clock { get; private init; } = -1;

    /// <summary>SPI chip select pin, active low.</summary>
    public int ChipSelect { get; private init; } = -1;

    /// <summary>The pin that tells data (high) from commands (low) on SPI.</summary>
    public int DataCommand { get; private init; } = -1;

    /// <summary>The pin that resets the chip, active low.</summary>
    public int ResetPin { get; private init; } = -1;

    /// <summary>The pin that switches the backlight on, active high.</summary>
    public int Backlight { get; private init; } = -1;

    /// <summary>Whether the glass shows its colours right only when the chip inverts them.</summary>
    public bool IsInverting { get; private init; }

    /// <summary>The I2C bus of an AXP192 that feeds the backlight, or null.</summary>
    public I2cWiring? Axp192 { get; private init; }

    internal static DisplayWiring Read(BoardFile file) => new()
    {
        Driver = file.Text("driver", "ssd1306"),
        Width = file.Number("width", 128, 8, 320),
        Height = file.Number("height", 64, 8, 320),
        Bus = file.Number("bus", 1, 1, 2),
        Address = file.Number("address", 0x3C, 0x08, 0x77),
        Sda = file.Number("sda", -1, -1, 48),
        Scl = file.Number("scl", -1, -1, 48),
        Mosi = file.Number("mosi", -1, -1, 48),
        Clock = file.Number("clock", -1, -1, 48),
        ChipSelect = file.Number("cs", -1, -1, 48),
        DataCommand = file.Number("dc", -1, -1, 48),
        ResetPin = file.Number("reset", -1, -1, 48),
        Backlight = file.Number("backlight", -1, -1, 48),
        IsInverting = file.Flag("invert", false),
        Axp192 = file.Child("axp192") is { } chip ? I2cWiring.Read(chip) : null,
    };
}
