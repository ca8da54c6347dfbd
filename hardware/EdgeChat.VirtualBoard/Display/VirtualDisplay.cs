namespace EdgeChat.VirtualBoard;

/// <summary>A board's display as a person sees it, decoded from the bytes that the firmware sends to the chip.</summary>
public sealed class VirtualDisplay
{
    private readonly Ssd1306? _chip;

    private VirtualDisplay(int width, int height, Ssd1306? chip)
    {
        Width = width;
        Height = height;
        _chip = chip;
        if (chip is not null) chip.SeenChanged += () => Changed?.Invoke();
    }

    /// <summary>Raised after a transfer that changed what is seen, on the firmware's thread: enqueue only.</summary>
    public event Action? Changed;

    /// <summary>Width in pixels; 0 when the board has no display.</summary>
    public int Width { get; }

    /// <summary>Height in pixels; 0 when the board has no display.</summary>
    public int Height { get; }

    /// <summary>True when the panel shines: switched on, and with its charge pump running.</summary>
    public bool IsOn => _chip?.IsLit ?? false;

    /// <summary>Brightness, 0 to 255.</summary>
    public byte Contrast => _chip?.Contrast ?? 0;

    /// <summary>True when the chip inverts the picture; <see cref="Pixel"/> and <see cref="Snapshot"/> have it applied.</summary>
    public bool IsInverted => _chip?.IsInverted ?? false;

    /// <summary>Bytes that the chip was sent, with the address and control bytes.</summary>
    public long BytesReceived => _chip?.BytesReceived ?? 0;

    /// <summary>Bytes that the chip did not understand: commands it does not have. Zero for a right driver.</summary>
    public long UnknownCommands => _chip?.UnknownCommands ?? 0;

    /// <summary>Whether a pixel is lit. <paramref name="x"/> counts from the left, <paramref name="y"/> from the top.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the display.</exception>
    public bool Pixel(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return _chip!.Lit(x, y);
    }

    /// <summary>What is seen, width times height / 8 bytes in SSD1306 page order: byte x of page p is column x, bit 0 is row 8 p.</summary>
    public byte[] Snapshot() => _chip?.Snapshot() ?? [];

    internal static VirtualDisplay Attach(Board board)
    {
        if (board.Hardware.Display is not { } wiring) return new VirtualDisplay(0, 0, null);
        if (wiring.Driver != "ssd1306")
            throw new NotSupportedException($"board \"{board.Name}\": there is no virtual \"{wiring.Driver}\" display; use \"ssd1306\", or a driver of hardware/EdgeChat.VirtualBoard/Display");
        var chip = new Ssd1306(wiring.Width, wiring.Height);
        board.I2c.Attach(wiring.Bus, wiring.Address, chip, wiring.Sda, wiring.Scl);
        return new VirtualDisplay(wiring.Width, wiring.Height, chip);
    }

    internal void PowerLost() => _chip?.Reset();
}
