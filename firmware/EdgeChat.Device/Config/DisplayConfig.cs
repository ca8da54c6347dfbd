using EdgeChat.Drivers;

namespace EdgeChat.Device;

/// <summary>Which display a board has and how it is wired: the section <c>display</c> of board.json.</summary>
/// <remarks>As made, without a file, it is the display of the reference board.</remarks>
public sealed class DisplayConfig
{
    /// <summary>SSD1306 on I2C.</summary>
    public const string Ssd1306 = "ssd1306";

    /// <summary>ST7789 on SPI.</summary>
    public const string St7789 = "st7789";

    /// <summary>ILI9342C on SPI.</summary>
    public const string Ili9342 = "ili9342";

    /// <summary>The chip: one of the constants.</summary>
    public string Driver = Ssd1306;

    /// <summary>Columns as the display is mounted.</summary>
    public int Width = 128;

    /// <summary>Rows as the display is mounted.</summary>
    public int Height = 64;

    /// <summary>The I2C or SPI bus, 1 or 2.</summary>
    public int Bus = 1;

    /// <summary>The I2C address.</summary>
    public int Address = 0x3C;

    /// <summary>The pin of the I2C bus's data line.</summary>
    public int Sda = 21;

    /// <summary>The pin of the I2C bus's clock line.</summary>
    public int Scl = 22;

    /// <summary>The pin of the SPI bus's data line to the display.</summary>
    public int Mosi = BoardConfig.NoPin;

    /// <summary>The pin of the SPI bus's data line from other chips, or <see cref="BoardConfig.NoPin"/>.</summary>
    public int Miso = BoardConfig.NoPin;

    /// <summary>The pin of the SPI bus's clock line.</summary>
    public int Clock = BoardConfig.NoPin;

    /// <summary>The pin that selects the display on SPI.</summary>
    public int ChipSelect = BoardConfig.NoPin;

    /// <summary>The pin that tells data from commands on SPI.</summary>
    public int DataCommand = BoardConfig.NoPin;

    /// <summary>The pin that resets the display when low, or <see cref="BoardConfig.NoPin"/>.</summary>
    public int Reset = BoardConfig.NoPin;

    /// <summary>The pin that switches the backlight on when high, or <see cref="BoardConfig.NoPin"/>.</summary>
    public int Backlight = BoardConfig.NoPin;

    /// <summary>The pin that switches the supply of the display and of what is connected on when low, or
    /// <see cref="BoardConfig.NoPin"/>.</summary>
    public int Vext = BoardConfig.NoPin;

    /// <summary>The column address of the glass's leftmost column.</summary>
    public int ColumnOffset;

    /// <summary>The row address of the glass's topmost row.</summary>
    public int RowOffset;

    /// <summary>Whether the glass shows its colours right only when the chip inverts them.</summary>
    public bool IsInverting;

    /// <summary>The bus of an AXP192 that switches the backlight, or 0 when there is none.</summary>
    public int Axp192Bus;

    /// <summary>Its data pin.</summary>
    public int Axp192Sda = BoardConfig.NoPin;

    /// <summary>Its clock pin.</summary>
    public int Axp192Scl = BoardConfig.NoPin;

    /// <summary>Whether it has colours.</summary>
    public bool HasColours { get { return Driver != Ssd1306; } }

    /// <summary>Columns of the messenger's picture on this display.</summary>
    public int FrameWidth { get { return !HasColours ? Width : MipiDisplay.FrameWidth(Width); } }

    /// <summary>Rows of the messenger's picture on this display.</summary>
    public int FrameHeight { get { return !HasColours ? Height : MipiDisplay.FrameHeight(Height); } }

    /// <summary>Reads the section; throws <see cref="ConfigException"/>.</summary>
    public static DisplayConfig Read(ConfigSection section, PinReader pins)
    {
        var display = new DisplayConfig();
        display.Driver = section.Text("driver", 16, Ssd1306);
        display.Bus = section.Number("bus", 1, 2, 1);
        if (display.Driver == Ssd1306) display.ReadI2c(section, pins);
        else if (display.Driver == St7789 || display.Driver == Ili9342) display.ReadSpi(section, pins);
        else throw section.Wrong("driver", display.Driver, "must be \"ssd1306\", \"st7789\" or \"ili9342\"");
        display.Reset = pins.Output(section, "reset", BoardConfig.NoPin);
        display.Vext = pins.Output(section, "vext", BoardConfig.NoPin);
        return display;
    }

    private void ReadI2c(ConfigSection section, PinReader pins)
    {
        Width = section.Number("width", 128, 128, 128);
        Height = section.Number("height", 32, 64, 64);
        if (Height != 64 && Height != 32) throw section.Wrong("height", Height, "must be 64 or 32");
        Address = section.Number("address", 8, 119, 0x3C);
        Sda = pins.Output(section, "sda", ConfigSection.Required);
        Scl = pins.Output(section, "scl", ConfigSection.Required);
        if (Sda == Scl) throw section.Wrong("scl", Scl, "must be another pin than \"sda\"");
    }

    // 240x128 is what the messenger's screens need at least
    private void ReadSpi(ConfigSection section, PinReader pins)
    {
        Width = section.Number("width", 240, 320, ConfigSection.Required);
        Height = section.Number("height", 128, 240, ConfigSection.Required);
        Mosi = pins.Output(section, "mosi", ConfigSection.Required);
        Miso = pins.Input(section, "miso", BoardConfig.NoPin);
        Clock = pins.Output(section, "clock", ConfigSection.Required);
        ChipSelect = pins.Output(section, "cs", ConfigSection.Required);
        DataCommand = pins.Output(section, "dc", ConfigSection.Required);
        Backlight = pins.Output(section, "backlight", BoardConfig.NoPin);
        ColumnOffset = section.Number("columnOffset", 0, 319, 0);
        RowOffset = section.Number("rowOffset", 0, 319, 0);
        IsInverting = section.Flag("invert", false);
        ConfigSection chip = section.Section("axp192");
        if (chip == null) return;
        Axp192Bus = chip.Number("bus", 1, 2, 1);
        Axp192Sda = pins.Output(chip, "sda", ConfigSection.Required);
        Axp192Scl = pins.Output(chip, "scl", ConfigSection.Required);
    }
}
