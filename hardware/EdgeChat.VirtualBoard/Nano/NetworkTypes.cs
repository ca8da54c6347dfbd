using EdgeChat.VirtualBoard;

namespace System.Net.NetworkInformation;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's AuthenticationType.</summary>
public enum AuthenticationType : byte
{
    None = 0,
    EAP = 1,
    PEAP = 2,
    WCN = 3,
    Open = 4,
    Shared = 5,
    WEP = 6,
    WPA = 7,
    WPA2 = 8,
}

/// <summary>nanoFramework's EncryptionType.</summary>
public enum EncryptionType : byte
{
    None = 0,
    WEP = 1,
    WPA = 2,
    WPA2 = 3,
    WPA_PSK = 4,
    WPA2_PSK = 5,
    Certificate = 6,
}

/// <summary>nanoFramework's RadioType.</summary>
[Flags]
public enum RadioType : byte
{
    NotSpecified = 0,
    _802_11a = 1,
    _802_11b = 2,
    _802_11g = 4,
    _802_11n = 8,
}

/// <summary>nanoFramework's Wireless80211Configuration: the Wi-Fi settings that the board keeps over a reset.</summary>
public class Wireless80211Configuration(uint id)
{
    public AuthenticationType Authentication { get; set; } = AuthenticationType.WPA2;

    public EncryptionType Encryption { get; set; } = EncryptionType.WPA2_PSK;

    public RadioType Radio { get; set; } = RadioType._802_11n;

    public ConfigurationOptions Options { get; set; }

    public string Password { get; set; } = "";

    public string Ssid { get; set; } = "";

    public uint Id { get; } = id;

    /// <summary>The board has one station, so one configuration.</summary>
    public static Wireless80211Configuration[] GetAllWireless80211Configurations()
    {
        StoredNetwork stored = PowerCycle.Require(nameof(Wireless80211Configuration)).Board.Wifi.Stored;
        return [new Wireless80211Configuration(0) { Ssid = stored.Ssid, Password = stored.Password, Options = stored.Options }];
    }

    public void SaveConfiguration() =>
        PowerCycle.Require(nameof(Wireless80211Configuration)).Board.Wifi.Stored.Save(Ssid, Password, Options);

    /// <summary>When the board connects by itself.</summary>
    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoConnect = 6,
        SmartConfig = 10,
    }
}
