using EdgeChat.Metering;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What is done until its end counts for nothing.</summary>
internal readonly struct Unmetered : IDisposable
{
    public Unmetered() => Meter.IsOn = false;

    public void Dispose() => Meter.IsOn = true;
}
