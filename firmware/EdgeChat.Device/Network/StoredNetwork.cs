using System.Net.NetworkInformation;

namespace EdgeChat.Device;

/// <summary>The Wi-Fi that is stored in the board's network configuration, beside the files.</summary>
public static class StoredNetwork
{
    /// <summary>Its name and password, each empty when there is none.</summary>
    public static string[] Read()
    {
        Wireless80211Configuration[] stored = Wireless80211Configuration.GetAllWireless80211Configurations();
        return stored.Length == 0 ? new[] { "", "" } : new[] { stored[0].Ssid ?? "", stored[0].Password ?? "" };
    }

    /// <summary>Forgets name and password.</summary>
    public static void Erase()
    {
        Wireless80211Configuration[] stored = Wireless80211Configuration.GetAllWireless80211Configurations();
        for (int i = 0; i < stored.Length; i++)
        {
            stored[i].Ssid = "";
            stored[i].Password = "";
            stored[i].Options = Wireless80211Configuration.ConfigurationOptions.None;
            stored[i].SaveConfiguration();
        }
    }
}
