namespace EdgeChat.VirtualBoard;

/// <summary>A board's display as a person sees it, decoded from the bytes that the firmware sends to the chip.</summary>
public sealed class VirtualDisplay
{
    private readonly IPanel? _panel;
    private readonly Axp192? _power;

    private VirtualDisplay(int width, int height, IPanel? panel, Axp192? power)
    {
        Width = width;
        Height = height;
        _panel = panel;
        _power = power;
        if (panel is not null) panel.SeenChanged += () => Changed?.Invoke();
    }

    /// <summary>The chip that feeds its backlight and measures the board's battery, or null.</summary>
    public Axp192? Power => _power;

    /// <summary>Raised after a transfer that changed what is seen, on the firmware's thread: enqueue only.</summary>
    public event Action? Changed;

    /// <summary>Width in pixels; 0 when the board has no display.</summary>
    public int Width { get; }

    /// <summary>Height in pixels; 0 when the board has no display.</summary>
    public int Height { get; }

    /// <summary>True when the display has colours.</summary>
    public bool IsColour => _panel?.IsColour ?? false;

    /// <summary>Columns and rows of the glass for a pixel of the firmware's picture, as the chip's memory has it, shown or not: 1, of a
    /// display with colours 2, or 3 for large text.</summary>
    public int PixelSize => _panel?.PixelSize ?? 1;

    /// <summary>True when the panel shines: switched on, and with its charge pump or its backlight running.</summary>
    public bool IsOn => _panel?.IsLit ?? false;

    /// <summary>Brightness, 0 to 255.</summary>
    public byte Contrast => _panel?.Contrast ?? 0;

    /// <summary>True when the chip inverts the picture; <see cref="Pixel"/>, <see cref="Snapshot"/> and <see cref="Colours"/> have it
    /// applied.</summary>
    public bool IsInverted => _panel?.IsInverted ?? false;

    /// <summary>Bytes that the chip was sent, on I2C with the address and control bytes.</summary>
    public long BytesReceived => _panel?.BytesReceived ?? 0;

    /// <summary>Bytes that the chip did not understand: commands it does not have. Zero for a right driver.</summary>
    public long UnknownCommands => _panel?.UnknownCommands ?? 0;

    /// <summary>Whether a pixel is lit, of a display with colours: light. <paramref name="x"/> counts from the left, <paramref name="y"/>
    /// from the top.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the display.</exception>
    public bool Pixel(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return _panel!.Lit(x, y);
    }

    /// <summary>What is seen in two tones, in SSD1306 page order: byte x of page p is column x, bit 0 is row 8 p; the last page may hang
    /// over the edge.</summary>
    public byte[] Snapshot() => _panel?.Snapshot() ?? [];

    /// <summary>What is seen in colours, row by row, as RGB565: five bits red, six green, five blue. All black while the display is
    /// off.</summary>
    public ushort[] Colours() => _panel?.Colours() ?? [];

    internal static VirtualDisplay Attach(Board board)
    {
        if (board.Hardware.Display is not { } wiring) return new VirtualDisplay(0, 0, null, null);
        return wiring.Driver switch
        {
            "ssd1306" => AttachSsd1306(board, wiring),
            "st7789" => AttachMipi(board, wiring, MipiGlass.St7789(wiring.Width, wiring.Height, wiring.IsInverting)),
            "ili9342" => AttachMipi(board, wiring, MipiGlass.Ili9342(wiring.Width, wiring.Height, wiring.IsInverting)),
            _ => throw new NotSupportedException(
                $"board \"{board.Name}\": there is no virtual \"{wiring.Driver}\" display; use \"ssd1306\", \"st7789\" or \"ili9342\", "
                + "or add it to hardware/EdgeChat.VirtualBoard/Display"),
        };
    }

    internal void PowerLost()
    {
        _panel?.Reset();
        _power?.Reset();
    }

    private static VirtualDisplay AttachSsd1306(Board board, DisplayWiring wiring)
    {
        var chip = new Ssd1306(wiring.Width, wiring.Height);
        board.I2c.Attach(wiring.Bus, wiring.Address, chip, wiring.Sda, wiring.Scl, wiring.ResetPin);
        if (wiring.ResetPin >= 0)
        {
            board.Pins.Changed += (pin, level) =>
            {
                if (pin == wiring.ResetPin && !level) chip.Reset();
            };
        }

        return new VirtualDisplay(wiring.Width, wiring.Height, chip, null);
    }

    private static VirtualDisplay AttachMipi(Board board, DisplayWiring wiring, MipiGlass glass)
    {
        Axp192? power = wiring.Axp192 is null ? null : new Axp192();
        bool HasLight() => power?.HasLight ?? (wiring.Backlight < 0 || board.Pins.Level(wiring.Backlight));
        var chip = new MipiPanel(glass, () => board.Pins.Level(wiring.DataCommand), HasLight, wiring.ResetPin >= 0);
        board.Spi.Attach(wiring.Bus, wiring.ChipSelect, chip, wiring.Mosi, wiring.Clock);
        if (wiring.Axp192 is { } bus && power is not null)
        {
            board.I2c.Attach(bus.Bus, Axp192.Address, power, bus.Sda, bus.Scl);
            power.Changed += chip.LightChanged;
        }

        board.Pins.Changed += (pin, level) =>
        {
            if (pin == wiring.ResetPin) chip.SetResetPin(level);
            if (pin == wiring.Backlight) chip.LightChanged();
        };
        return new VirtualDisplay(glass.Width, glass.Height, chip, power);
    }
}
