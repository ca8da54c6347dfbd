namespace EdgeChat.Delivery;

/// <summary>The time of day from the milliseconds since boot, once somebody has said it.</summary>
internal sealed class WallClock
{
    private long _unixAtBoot;

    /// <summary>Takes the time of day.</summary>
    public void Set(long unixSeconds, long nowMs) { _unixAtBoot = unixSeconds - nowMs / 1000; }

    /// <summary>Unix seconds, or 0 while nobody has said it.</summary>
    public long UnixAt(long nowMs) { return _unixAtBoot == 0 ? 0 : _unixAtBoot + nowMs / 1000; }
}
