namespace EdgeChat.Core;

/// <summary>How long to wait before the next try: exponential with full jitter, so that a fleet does not come back all at once.</summary>
internal static class Backoff
{
    private const int DoublingsToMax = 9; // 1 s doubled 9 times is beyond 5 min

    /// <summary>Counts a failure; gives the wait in milliseconds, between 0 and a delay that doubles each time.</summary>
    /// <param name="random">For the jitter.</param>
    /// <param name="failures">Tries that failed one after another.</param>
    public static int Next(IRandomSource random, ref int failures)
    {
        int delay = failures >= DoublingsToMax ? Limits.BackoffMaxMs : Limits.BackoffMinMs << failures;
        if (delay > Limits.BackoffMaxMs) delay = Limits.BackoffMaxMs;
        failures++;
        return random.Next(delay + 1);
    }

    /// <summary>The broker said no: the longest delay at once, and of it never less than half, so that no try comes soon by luck.</summary>
    public static int NextAfterRefusal(IRandomSource random, ref int failures)
    {
        if (failures < DoublingsToMax) failures = DoublingsToMax;
        int half = Limits.BackoffMaxMs / 2;
        return half + random.Next(Limits.BackoffMaxMs - half + 1);
    }
}
