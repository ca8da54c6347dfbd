using System.Security.Cryptography.X509Certificates;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Device;

/// <summary>Who the board is and where its broker is: edgechat.json.</summary>
public sealed class DeviceConfig
{
    /// <summary>The file's name on the drive.</summary>
    public const string File = "edgechat.json";

    private const int PlainPort = 1883; // the two ports that IANA has registered for MQTT

    private const int TlsPort = 8883;

    private const int MostBrokers = 4;

    private const string Cure = "Write it again, see \"Building for the board\".";

    /// <summary>What of it the core needs; without a device id when the board is not provisioned.</summary>
    public readonly Identity Me = new Identity();

    /// <summary>The broker's host name or IPv4 address; of several the first one's.</summary>
    public string Host = "";

    /// <summary>The broker's port; of several the first one's.</summary>
    public int Port = PlainPort;

    /// <summary>The broker's further addresses, each as <c>host:port</c>, or null for none.</summary>
    public string[] Others;

    /// <summary>Names and passwords of up to two Wi-Fi networks in turn, the one to be preferred first; null for the stored one
    /// alone.</summary>
    public string[] Networks;

    /// <summary>The fleet's CA, which the broker's certificate must come from, or null for a connection without TLS.</summary>
    public X509Certificate Ca;

    /// <summary>The user name at the broker, or null for none.</summary>
    public string User;

    /// <summary>The password at the broker, or null.</summary>
    public string Password;

    /// <summary>The device id, which is the MQTT client id too; null when the board is not provisioned.</summary>
    public string Id { get { return Me.DeviceId; } }

    /// <summary>A key of the file that says nothing to this board, with the file, or null.</summary>
    public string Unread;

    /// <summary>Reads edgechat.json, or gives a configuration without <see cref="Id"/> when there is none; throws
    /// <see cref="ConfigException"/>.</summary>
    public static DeviceConfig Load()
    {
        return ConfigFile.Exists(File) ? Read(ConfigFile.Bytes(File, Cure), null) : new DeviceConfig();
    }

    /// <summary>Reads the content of edgechat.json; throws <see cref="ConfigException"/>.</summary>
    /// <param name="file">The content.</param>
    /// <param name="ca">That of ca.pem, or null for the one on the drive.</param>
    public static DeviceConfig Read(byte[] file, byte[] ca)
    {
        var device = new DeviceConfig();
        Identity me = device.Me;
        var root = new ConfigSection(File, "", ConfigFile.Table(File, file, Cure));
        me.DeviceId = root.Text("id", Topics.MaxIdLength, "alice");
        if (!Topics.IsDeviceId(me.DeviceId)) throw root.Wrong("id", me.DeviceId, "may have only a-z, 0-9 and -");
        me.Incarnation = root.Number("e", 1, Body.MaxIncarnation, 1);
        me.DisplayName = root.Text("name", 32);
        me.Operator = root.Text("operator", Topics.MaxIdLength);
        if (me.Operator != null && !Topics.IsDeviceId(me.Operator))
            throw root.Wrong("operator", me.Operator, "may have only a-z, 0-9 and -");
        bool isTls = root.Flag("tls", false);
        device.ReadBrokers(root, isTls ? TlsPort : PlainPort);
        me.KeepAliveSeconds = root.Number("keepAlive", 5, 65535, 60);
        device.Password = root.Secret("password", 128);
        // RabbitMQ refuses a user name that comes without a password
        device.User = root.Text("user", 64) ?? (device.Password == null ? null : me.DeviceId);
        device.Networks = root.Networks("wifi");
        me.Contacts = root.Texts("contacts", Limits.Contacts);
        for (int i = 0; me.Contacts != null && i < me.Contacts.Length; i++)
            if (!Topics.IsDeviceId(me.Contacts[i]))
                throw root.Wrong("contacts", me.Contacts[i], "may have only device ids: a-z, 0-9 and -, at most 16 of them");
        me.UtcOffsetMinutes = root.Number("utcOffset", -12 * 60, 14 * 60, 0);
        string zone = root.Text("timeZone", 64);
        if (zone != null) me.Zone = ZoneRule.Parse(zone);
        if (zone != null && me.Zone == null)
            throw root.Wrong("timeZone", zone, "must be a POSIX time zone, such as CET-1CEST,M3.5.0,M10.5.0/3");
        root.Skip("demo"); // a note of the demo for itself
        device.Unread = root.Unread();
        if (!isTls) return device;
        device.Ca = FleetCa.Read(ca ?? ConfigFile.Bytes(FleetCa.File, FleetCa.Cure));
        OwnCertificate.Load(); // what is wrong with it is told now, and not as a broker that is away
        return device;
    }

    /// <summary>The broker's address for a try, as <c>host:port</c>: the first one, and after each try that failed the next.</summary>
    /// <param name="turn">How many tries failed since the last session that worked.</param>
    public string AddressAt(int turn)
    {
        int place = PlaceAt(turn);
        return place == 0 ? Host + ":" + Port : Others[place - 1];
    }

    /// <summary>The place of that address among all, from 0.</summary>
    public int PlaceAt(int turn) { return Others == null ? 0 : turn % (Others.Length + 1); }

    private void ReadBrokers(ConfigSection root, int port)
    {
        string[] all = root.Texts("brokers", MostBrokers);
        if (all == null)
        {
            Host = root.Text("host", Limits.HostCharacters, "192.168.1.10");
            if (!HostName.IsSound(Host)) throw root.Wrong("host", Host, HostName.Rule);
            Port = root.Number("port", 1, 65535, port);
            return;
        }

        string single = root.Text("host", Limits.HostCharacters);
        if (single != null)
            throw root.Wrong("host", single, "must not be beside \"brokers\": make it the first of them");
        for (int i = 0; i < all.Length; i++)
        {
            int colon = all[i].IndexOf(':');
            string host = colon < 0 ? all[i] : all[i].Substring(0, colon);
            if (!HostName.IsSound(host)) throw root.Wrong("brokers", all[i], HostName.Rule);
            int at = port;
            if (colon >= 0 && (!int.TryParse(all[i].Substring(colon + 1), out at) || at < 1 || at > 65535))
                throw root.Wrong("brokers", all[i], "must have a port from 1 to 65535 behind the colon");
            all[i] = host + ":" + at;
            if (i > 0) continue;
            Host = host;
            Port = at;
        }

        if (all.Length == 1) return;
        Others = Column.Strings(all.Length - 1);
        for (int i = 0; i < Others.Length; i++) Others[i] = all[i + 1];
    }
}
