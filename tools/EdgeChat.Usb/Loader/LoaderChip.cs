using EdgeChat.Bundle;

namespace EdgeChat.Usb.Loader;

/// <summary>A chip of EdgeChat's boards, as its boot loader shows it: how it is recognised and where its registers are.</summary>
/// <param name="Image">The chip, as images name it.</param>
/// <param name="Name">What people call it, <c>ESP32-S3</c>.</param>
/// <param name="Key">What it is called on the command line, <c>s3</c>.</param>
/// <param name="Magic">What the register at <see cref="MagicAddress"/> holds.</param>
/// <param name="Mac">Address of the fuses that hold the MAC address's last four bytes; its first two are in the next word.</param>
/// <param name="Spi">Base of the flash's SPI registers.</param>
public sealed record LoaderChip(Chip Image, string Name, string Key, uint Magic, uint Mac, uint Spi)
{
    /// <summary>A register in ROM that tells old chips apart.</summary>
    public const uint MagicAddress = 0x40001000;

    /// <summary>The ESP32.</summary>
    public static LoaderChip Esp32 { get; } = new(Of("esp32"), "ESP32", "esp32", 0x00F01D83, 0x3FF5A004, 0x3FF42000);

    /// <summary>The ESP32-S3.</summary>
    public static LoaderChip S3 { get; } = new(Of("esp32s3"), "ESP32-S3", "s3", 0x00000009, 0x60007044, 0x60002000);

    /// <summary>The ESP32-C3.</summary>
    public static LoaderChip C3 { get; } = new(Of("esp32c3"), "ESP32-C3", "c3", 0x1B31506F, 0x60008844, 0x60002000);

    /// <summary>The ESP32-C6.</summary>
    public static LoaderChip C6 { get; } = new(Of("esp32c6"), "ESP32-C6", "c6", 0x2CE0806F, 0x600B0844, 0x60003000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LoaderChip> All { get; } = [Esp32, S3, C3, C6];

    /// <summary>True for the ESP32, whose ROM and registers differ from all later ones.</summary>
    public bool IsFirst => Image.Id == 0;

    /// <summary>The chip of this key, name or image, whatever the case; null when there is none.</summary>
    public static LoaderChip? Find(string name) => All.FirstOrDefault(c => new[] { c.Key, c.Name, c.Image.Name }
        .Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Chip Of(string name) => Chip.Of(name) ?? throw new InvalidOperationException(name);
}
