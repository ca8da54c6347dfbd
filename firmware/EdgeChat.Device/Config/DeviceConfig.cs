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

    private const string Cure = "Write it again, see \"Building for the board\".";

    /// <summary>The device id, which is the MQTT client id too; null when the board is not provisioned.</summary>
    public string Id;

    /// <summary>The incarnation.</summary>
    public int Incarnation = 1;

    /// <summary>The name that others see, or null.</summary>
    public string Name;

    /// <summary>The broker's host name or IPv4 address.</summary>
    public string Host = "";

    /// <summary>The broker's port.</summary>
    public int Port = PlainPort;

    /// <summary>The fleet's CA, which the broker's certificate must come from, or null for a connection without TLS.</summary>
    public X509Certificate Ca;

    /// <summary>The MQTT keep-alive, in seconds: after one and a half of it without a sign of the broker the connection is given
    /// up.</summary>
    public int KeepAlive = 60;

    /// <summary>The user name at the broker, or null for none.</summary>
    public string User;

    /// <summary>The password at the broker, or null.</summary>
    public string Password;

    /// <summary>Device ids whose presence is followed from the start.</summary>
    public string[] Contacts = new string[0];

    /// <summary>Minutes that local time is ahead of UTC, when there is no <see cref="Zone"/>.</summary>
    public int UtcOffset;

    /// <summary>The time zone with its summer time, or null.</summary>
    public ZoneRule Zone;

    /// <summary>Reads edgechat.json, or gives a configuration without <see cref="Id"/> when there is none; throws
    /// <see cref="ConfigException"/>.</summary>
    public static DeviceConfig Load()
    {
        var device = new DeviceConfig();
        if (!ConfigFile.Exists(File)) return device;
        ConfigSection root = ConfigFile.Read(File, Cure);
        device.Id = root.Text("id", Topics.MaxIdLength, "alice");
        if (!Topics.IsDeviceId(device.Id)) throw root.Wrong("id", device.Id, "may have only a-z, 0-9 and -");
        device.Incarnation = root.Number("e", 1, Body.MaxIncarnation, 1);
        device.Name = root.Text("name", 32);
        device.Host = root.Text("host", 128, "192.168.1.10");
        bool isTls = root.Flag("tls", false);
        device.Port = root.Number("port", 1, 65535, isTls ? TlsPort : PlainPort);
        device.KeepAlive = root.Number("keepAlive", 5, 65535, 60);
        device.Password = root.Secret("password", 128);
        // RabbitMQ refuses a user name that comes without a password
        device.User = root.Text("user", 64) ?? (device.Password == null ? null : device.Id);
        device.Contacts = root.Texts("contacts", Limits.Contacts);
        for (int i = 0; i < device.Contacts.Length; i++)
            if (!Topics.IsDeviceId(device.Contacts[i]))
                throw root.Wrong("contacts", device.Contacts[i], "may have only device ids: a-z, 0-9 and -, at most 16 of them");
        device.UtcOffset = root.Number("utcOffset", -12 * 60, 14 * 60, 0);
        string zone = root.Text("timeZone", 64);
        if (zone != null) device.Zone = ZoneRule.Parse(zone);
        if (zone != null && device.Zone == null)
            throw root.Wrong("timeZone", zone, "must be a POSIX time zone, such as CET-1CEST,M3.5.0,M10.5.0/3");
        if (isTls) device.Ca = FleetCa.Load();
        return device;
    }

    /// <summary>What of it the core needs.</summary>
    public Identity ToIdentity()
    {
        return new Identity
        {
            DeviceId = Id,
            Incarnation = Incarnation,
            DisplayName = Name,
            Contacts = Contacts,
            KeepAliveSeconds = KeepAlive,
            UtcOffsetMinutes = UtcOffset,
            Zone = Zone,
        };
    }
}
