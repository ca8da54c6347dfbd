using System;

namespace EdgeChat.Device;

/// <summary>The only place that reads time: a monotonic one for what the board does, and the wall clock once it was set.</summary>
public sealed class Clock
{
    private const int FirstPlausibleYear = 2024; // the runtime counts from 1970 until SNTP has answered
    private const long TicksOfSecond = 10000000;

    private readonly long _start = Environment.TickCount64;

    /// <summary>Milliseconds since this object was made, right after boot; never goes back.</summary>
    public long NowMs { get { return Environment.TickCount64 - _start; } }

    /// <summary>Whether the wall clock was set.</summary>
    public bool IsSet { get { return DateTime.UtcNow.Year >= FirstPlausibleYear; } }

    /// <summary>Seconds since 1970-01-01 UTC; means nothing before <see cref="IsSet"/>.</summary>
    public long UnixSeconds { get { return (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TicksOfSecond; } }
}
