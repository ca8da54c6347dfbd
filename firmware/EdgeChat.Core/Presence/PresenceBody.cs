namespace EdgeChat.Core;

/// <summary>Writes the presence of this board: birth, will and goodbye (docs/protocol.md, section 9).</summary>
internal static class PresenceBody
{
    /// <summary>The bytes of a presence; <paramref name="wakeAfter"/> and <paramref name="time"/> are left out when 0.</summary>
    public static byte[] Write(string state, int incarnation, int boot, int connection, int wakeAfter, long time)
    {
        var body = new Body();
        body.State = state;
        body.Incarnation = incarnation;
        body.Boot = boot;
        body.Connection = connection;
        body.WakeAfter = wakeAfter;
        body.Time = time;
        var writer = new BodyWriter(new byte[Limits.PresenceBytes]);
        writer.WritePresence(body);
        return writer.ToArray();
    }

    /// <summary>Below 0, 0 or above 0 as the first (boot, connection) is earlier than, the same as or later than the second.</summary>
    public static int Compare(int boot, int connection, int otherBoot, int otherConnection)
    {
        if (boot != otherBoot) return boot < otherBoot ? -1 : 1;
        return connection == otherConnection ? 0 : connection < otherConnection ? -1 : 1;
    }
}
