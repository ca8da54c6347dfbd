using System.Collections;
using System.Text;
using nanoFramework.Json;

namespace EdgeChat.Device;

/// <summary>Makes the configuration that an operator's order asks for from the present one, and checks all of it.</summary>
public static class ConfigEdit
{
    private const string Cure = "Send it again.";
    private const string TlsScheme = "mqtts://";
    private const string PlainScheme = "mqtt://";
    private const int FirstLines = 3;
    private const int WifiLines = 3;
    private const int MostSsidBytes = 32;     // IEEE 802.11, 9.4.2.2
    private const int LeastPassword = 8;      // WPA2: 8 to 63 characters, or 64 digits of a key
    private const int MostPassword = 64;

    /// <summary>Whether an order is about ca.pem.</summary>
    public static bool IsCa(string order) { return order.StartsWith("ca\n"); }

    /// <summary>The content of edgechat.json or ca.pem as the order wants it; throws <see cref="ConfigException"/>.</summary>
    /// <param name="order">A word, <c>brokers</c>, <c>wifi</c> or <c>ca</c>, and lines behind it; or <c>first</c>, of who has a board in
    /// hand that nobody has provisioned.</param>
    /// <param name="network">Name and password of the Wi-Fi that the board has now.</param>
    public static byte[] Make(string order, string[] network)
    {
        string[] lines = order.Split('\n');
        switch (lines[0])
        {
            case "first": return First(lines);
            case "brokers": return Brokers(Present(), lines, 1);
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

    // an id, a broker, and unless the board has a Wi-Fi its name and password
    private static byte[] First(string[] lines)
    {
        if (ConfigFile.Exists(DeviceConfig.File)) throw new ConfigException("this board is provisioned");
        bool hasWifi = lines.Length == FirstLines + WifiLines - 1;
        if (lines.Length != FirstLines && !hasWifi)
            throw new ConfigException("first: an id and a broker must follow, and a Wi-Fi with its password, each on its line");
        var root = new Hashtable();
        root["id"] = lines[1];
        if (hasWifi) SetWifi(root, lines[FirstLines], lines[FirstLines + 1], new string[] { "", "" }, true);
        return Brokers(root, new string[] { lines[2] }, 0);
    }

    private static Hashtable Present() { return ConfigFile.Table(DeviceConfig.File, ConfigFile.Bytes(DeviceConfig.File, Cure), Cure); }

    private static byte[] Brokers(Hashtable root, string[] lines, int first)
    {
        var all = new ArrayList();
        for (int i = first; i < lines.Length; i++) all.Add(Address(lines[i], root));
        if (all.Count == 0) throw new ConfigException("brokers: at least one address must follow");
        root.Remove("host");
        root.Remove("port");
        root["brokers"] = all;
        return Checked(root);
    }

    // host and port of an address; what stands before them goes into the configuration
    private static string Address(string line, Hashtable root)
    {
        bool isTls = line.StartsWith(TlsScheme);
        if (isTls || line.StartsWith(PlainScheme))
        {
            root["tls"] = isTls;
            line = line.Substring(isTls ? TlsScheme.Length : PlainScheme.Length);
        }

        int at = line.LastIndexOf('@'); // a password may have more of them
        if (at < 0) return line;
        int colon = line.IndexOf(':');
        bool hasPassword = colon >= 0 && colon < at;
        root["user"] = line.Substring(0, hasPassword ? colon : at);
        root.Remove("password");
        if (hasPassword) root["password"] = line.Substring(colon + 1, at - colon - 1);
        return line.Substring(at + 1);
    }

    private static byte[] Wifi(string[] lines, string[] network, bool isNewFirst)
    {
        if (lines.Length != WifiLines) throw new ConfigException("wifi: a name and a password must follow, each on its line");
        Hashtable root = Present();
        SetWifi(root, lines[1], lines[2], network, isNewFirst);
        return Checked(root);
    }

    private static void SetWifi(Hashtable root, string name, string password, string[] network, bool isNewFirst)
    {
        int bytes = Encoding.UTF8.GetBytes(name).Length;
        if (bytes == 0 || bytes > MostSsidBytes) throw new ConfigException("wifi: the name must have 1 to 32 bytes");
        if (password.Length != 0 && (password.Length < LeastPassword || password.Length > MostPassword))
            throw new ConfigException("wifi: the password must have 8 to 64 characters, or none for an open network");
        var all = new ArrayList();
        if (!isNewFirst) AddNetwork(all, network[0], network[1]);
        AddNetwork(all, name, password);
        if (isNewFirst) AddNetwork(all, network[0], network[1]);
        root["wifi"] = all;
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
