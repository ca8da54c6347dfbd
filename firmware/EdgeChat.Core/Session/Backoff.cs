namespace EdgeChat.Core;

/// <summary>How long to wait before the next try: exponential with full jitter, so that a fleet does not come back all at once.</summary>
internal sealed class Backoff
{
    private const int DoublingsToMax = 9; // 1 s doubled 9 times is beyond 5 min
    private readonly IRandomSource _random;

    public Backoff(IRandomSource random)
    {
        _random = random;
    }

    /// <summary>Tries that failed one after another.</summary>
    public int Failures { get; private set; }

    /// <summary>Forgets the failures.</summary>
    public void Reset()
    {
        Failures = 0;
    }

    /// <summary>Counts a failure; gives the wait in milliseconds, between 0 and a delay that doubles each time.</summary>
    public int Next()
    {
        int delay = Failures >= DoublingsToMax ? Limits.BackoffMaxMs : Limits.BackoffMinMs << Failures;
        if (delay > Limits.BackoffMaxMs) delay = Limits.BackoffMaxMs;
        Failures++;
        return _random.Next(delay + 1);
    }

    /// <summary>The broker said no: the longest delay at once, and of it never less than half, so that no try comes soon by luck.</summary>
    public int NextAfterRefusal()
    {
        if (Failures < DoublingsToMax) Failures = DoublingsToMax;
        int half = Limits.BackoffMaxMs / 2;
        return half + _random.Next(Limits.BackoffMaxMs - half + 1);
    }
}
