using System;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Device;

/// <summary>Random numbers that differ between boards and boots, for back-off and nothing else.</summary>
public sealed class SeededRandom : IRandomSource
{
    private readonly Random _random;

    /// <summary>Mixes what differs: the device id between boards, the time that the boot took between boots.</summary>
    public SeededRandom(string deviceId)
    {
        long ticks = DateTime.UtcNow.Ticks ^ Environment.TickCount64;
        int seed = (int)ticks ^ (int)(ticks >> 32);
        char[] letters = (deviceId ?? "").ToCharArray();
        for (int i = 0; i < letters.Length; i++) seed = (seed * 31) + letters[i];
        _random = new Random(seed & 0x7FFFFFFF);
    }

    /// <inheritdoc/>
    public int Next(int bound) { return _random.Next(bound); }
}
