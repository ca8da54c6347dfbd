using System.Collections;
using System.Text;
using nanoFramework.Json;

namespace EdgeChat.Device;

/// <summary>Makes the configuration that an operator's order asks for from the present one, and checks all of it.</summary>
public static class ConfigEdit
{
    private const string Cure = "Send it again.";
    private const int WifiLines = 3;
    private const int MostSsidBytes = 32;     // IEEE 802.11, 9.4.2.2
    private const int LeastPassword = 8;      // WPA2: 8 to 63 characters, or 64 digits of a key
    private const int MostPassword = 64;

    /// <summary>Whether an order is about ca.pem.</summary>
    public static bool IsCa(string order) { return order.StartsWith("ca\n"); }

    /// <summary>The content of edgechat.json or ca.pem as the order wants it; throws <see cref="ConfigException"/>.</summary>
    /// <param name="order">A word, <c>brokers</c>, <c>wifi</c> or <c>ca</c>, and lines behind it.</param>
    /// <param name="network">Name and password of the Wi-Fi that the board has now.</param>
    public static byte[] Make(string order, string[] network)
    {
        string[] lines = order.Split('\n');
        switch (lines[0])
        {
            case "brokers": return Brokers(lines);
            case "wifi": return Wifi(lines, network, true);
            case "ca": return FleetCa.With(order.Substring(lines[0].Length + 1));
            default: throw new ConfigException("this board knows no order \"" + lines[0] + "\": brokers, wifi or ca");
        }
    }

    /// <summary>edgechat.json as it is to be while a Wi-Fi is tried and when that does not work: it knows both, the present one first; null
    /// when the order is not about Wi-Fi.</summary>
    public static byte[] Fallback(string order, string[] network)
    {
        string[] lines = order.Split('\n');
        return lines[0] == "wifi" ? Wifi(lines, network, false) : null;
    }

    private static byte[] Brokers(string[] lines)
    {
        Hashtable root = ConfigFile.Table(DeviceConfig.File, ConfigFile.Bytes(DeviceConfig.File, Cure), Cure);
        var all = new ArrayList();
        for (int i = 1; i < lines.Length; i++) all.Add(lines[i]);
        if (all.Count == 0) throw new ConfigException("brokers: at least one address must follow");
        root.Remove("host");
        root.Remove("port");
        root["brokers"] = all;
        return Checked(root);
    }

    private static byte[] Wifi(string[] lines, string[] network, bool isNewFirst)
    {
        if (lines.Length != WifiLines) throw new ConfigException("wifi: a name and a password must follow, each on its line");
        int name = Encoding.UTF8.GetBytes(lines[1]).Length;
        if (name == 0 || name > MostSsidBytes) throw new ConfigException("wifi: the name must have 1 to 32 bytes");
        int password = lines[2].Length;
        if (password != 0 && (password < LeastPassword || password > MostPassword))
            throw new ConfigException("wifi: the password must have 8 to 64 characters, or none for an open network");
        Hashtable root = ConfigFile.Table(DeviceConfig.File, ConfigFile.Bytes(DeviceConfig.File, Cure), Cure);
        var all = new ArrayList();
        if (!isNewFirst) AddNetwork(all, network[0], network[1]);
        AddNetwork(all, lines[1], lines[2]);
        if (isNewFirst) AddNetwork(all, network[0], network[1]);
        root["wifi"] = all;
        return Checked(root);
    }

    private static void AddNetwork(ArrayList all, string name, string password)
    {
        if (name.Length == 0) return;
        all.Add(name);
        all.Add(password);
    }

    private static byte[] Checked(Hashtable root)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(root));
        if (bytes.Length > ConfigFile.MaxBytes)
            throw new ConfigException(DeviceConfig.File + " would have " + bytes.Length + " bytes and may have " + ConfigFile.MaxBytes);
        DeviceConfig.Read(bytes, null);
        return bytes;
    }
}
