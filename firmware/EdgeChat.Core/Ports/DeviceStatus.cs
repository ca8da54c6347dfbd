namespace EdgeChat.Core;

/// <summary>What only the host knows and the screens and the console show; the host keeps it up to date.</summary>
public sealed class DeviceStatus
{
    /// <summary>Version of the firmware: that of its assemblies without the last part.</summary>
    public const string Version = "0.1.0";

    /// <summary>Of <see cref="Battery"/>: it is being charged.</summary>
    public const int IsCharging = 128;

    /// <summary>At this charge, in percent, a battery that is not being charged is low.</summary>
    public const int LowPercent = 10;

    /// <summary>The board's kind, from board.json.</summary>
    public string BoardName = "";

    /// <summary>The MAC of a board that nobody has provisioned, with colons, else null.</summary>
    public string Mac;

    /// <summary>The broker, as host and port.</summary>
    public string Broker = "";

    /// <summary>The name of the Wi-Fi that the board is connected to, or null.</summary>
    public string Network;

    /// <summary>Whether somebody wants to choose among the networks in range, so that the next scan is to list them.</summary>
    public bool WantsNetworks;

    /// <summary>The names of the networks in range, the strongest first, once a scan has listed them; else null.</summary>
    public string[] Networks;

    /// <summary>Signal of the Wi-Fi when it was measured last, 0 to 100, or -1 when unknown.</summary>
    public int SignalPercent = -1;

    /// <summary>Charge of the battery, 0 to 100 percent, with <see cref="IsCharging"/> while that is so; -1 when the board has none, or
    /// cannot tell.</summary>
    public int Battery = -1;

    /// <summary>Free bytes of the managed heap, or -1 when unknown.</summary>
    public int FreeHeapBytes = -1;

    /// <summary>Presses and releases of keys since the start that came while too many events waited.</summary>
    public int LostKeys;

    /// <summary>How often the heap was short since power came, so that everything was read from flash again.</summary>
    public int MemoryShortages;

    /// <summary>Whether the board has a battery that is low.</summary>
    public bool IsBatteryLow { get { return Battery >= 0 && Battery <= LowPercent; } }
}
