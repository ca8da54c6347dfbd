using System.Device.Gpio;
using System.Device.Spi;

namespace EdgeChat.Drivers;

/// <summary>What a colour display is connected to, and where its glass is in the memory of its chip.</summary>
public sealed class MipiWiring
{
    /// <summary>The SPI device, mode 0, whose chip select the bus drives.</summary>
    public SpiDevice Bus;

    /// <summary>The open pin that tells data (high) from commands (low).</summary>
    public GpioPin DataCommand;

    /// <summary>The open pin that resets the chip when low, or null when there is none.</summary>
    public GpioPin Reset;

    /// <summary>The light behind the glass, or null when it always shines.</summary>
    public ILight Backlight;

    /// <summary>Columns of the glass as it is mounted.</summary>
    public int Width;

    /// <summary>Rows of the glass as it is mounted.</summary>
    public int Height;

    /// <summary>The column address of its leftmost column.</summary>
    public int ColumnOffset;

    /// <summary>The row address of its topmost row.</summary>
    public int RowOffset;

    /// <summary>Whether the glass is normally black (IPS): such a one shows its colours right with INVON only.</summary>
    public bool IsInverting;
}
