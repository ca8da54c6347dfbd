namespace EdgeChat.VirtualBoard;

/// <summary>What one virtual board is made of.</summary>
public sealed class BoardOptions
{
    /// <summary>The board's name, for messages and for the names of its threads.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that is the drive <c>I:\</c>. Whoever makes the board puts <c>board.json</c> and <c>edgechat.json</c>
    /// there.</summary>
    public required string FlashFolder { get; init; }

    /// <summary>The firmware's entry: <c>EdgeChat.Device.Program.Main</c>.</summary>
    public required Action Main { get; init; }

    /// <summary>What is wired where.</summary>
    public required BoardHardware Hardware { get; init; }

    /// <summary>Also offer the console UART as a pseudo terminal that a terminal program can open. Linux only.</summary>
    public bool WithPty { get; init; }

    /// <summary>How long each durable write takes; zero by default. A LittleFS close takes some 10 ms on an ESP32.</summary>
    public TimeSpan FlashWriteDelay { get; init; }

    /// <summary>How long the board may stand still in a native call before a watchdog resets it; null for no watchdog, as with the runtimes
    /// for ESP32.</summary>
    public TimeSpan? Watchdog { get; init; }
}
