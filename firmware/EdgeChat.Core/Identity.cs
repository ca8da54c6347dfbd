namespace EdgeChat.Core;

/// <summary>Who this board is: what provisioning gave it. Secrets stay with the host, which alone opens the connection.</summary>
public sealed class Identity
{
    /// <summary>The device id, 1-16 characters of <c>a-z 0-9 -</c>; null when the board is not provisioned.</summary>
    public string DeviceId;

    /// <summary>The incarnation, 1 or more: life of the device id between provisionings.</summary>
    public int Incarnation = 1;

    /// <summary>The name that others see, or null for the device id.</summary>
    public string DisplayName;

    /// <summary>The device id that may change this board's configuration over the air, or null for nobody.</summary>
    public string Operator;

    /// <summary>Device ids whose presence this board follows from the start; null for none.</summary>
    public string[] Contacts;

    /// <summary>The MQTT keep-alive in seconds: a link from which nothing came for one and a half of it is dead.</summary>
    public int KeepAliveSeconds = 60;

    /// <summary>Minutes that local time is ahead of UTC, for the screens alone, unless there is a <see cref="Zone"/>.</summary>
    public int UtcOffsetMinutes;

    /// <summary>The time zone by its rule, or null for a fixed offset.</summary>
    public ZoneRule Zone;

    /// <summary>Minutes that local time is ahead of UTC at a time in Unix seconds.</summary>
    public int OffsetAt(long unix) { return Zone == null ? UtcOffsetMinutes : Zone.OffsetAt(unix); }
}
