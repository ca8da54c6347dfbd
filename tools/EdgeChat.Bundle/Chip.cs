namespace EdgeChat.Bundle;

/// <summary>A chip of the ESP32 family, as its images name it.</summary>
/// <param name="Id">The number in an image's header (ESP-IDF, <c>esp_chip_id_t</c>).</param>
/// <param name="Name">Its name.</param>
/// <param name="BootLoader">Where its boot loader lies in flash.</param>
/// <param name="Uarts">How many UARTs it has beside those of low power (ESP-IDF, <c>SOC_UART_HP_NUM</c>); the first one is COM1.</param>
public sealed record Chip(ushort Id, string Name, int BootLoader, int Uarts)
{
    /// <summary>Where the partition table lies, on every chip.</summary>
    public const int PartitionTable = 0x8000;

    /// <summary>The chips that nanoFramework has a runtime for.</summary>
    public static IReadOnlyList<Chip> All { get; } =
    [
        new(0, "esp32", 0x1000, 3), new(2, "esp32s2", 0x1000, 2), new(5, "esp32c3", 0, 2), new(9, "esp32s3", 0, 3),
        new(13, "esp32c6", 0, 2), new(16, "esp32h2", 0, 2), new(18, "esp32p4", 0x2000, 5), new(20, "esp32c61", 0, 3),
        new(23, "esp32c5", 0x2000, 2),
    ];

    /// <summary>The chip of a number, or null.</summary>
    public static Chip? Of(ushort id) => All.FirstOrDefault(c => c.Id == id);

    /// <summary>The chip of a name, or null.</summary>
    public static Chip? Of(string name) => All.FirstOrDefault(c => c.Name == name);
}
