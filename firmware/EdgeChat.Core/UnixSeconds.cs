namespace EdgeChat.Core;

/// <summary>Unix seconds in 32 bits, as tables and records keep them: up to February 2106. A later time counts as the last that
/// fits.</summary>
public static class UnixSeconds
{
    /// <summary>Packs a time from 0.</summary>
    public static int Pack(long seconds) { return seconds > uint.MaxValue ? -1 : (int)seconds; }

    /// <summary>The time that <see cref="Pack"/> packed.</summary>
    public static long Unpack(int packed) { return (uint)packed; }
}
