using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>When something is due next, so that nothing needs to be looked through before.</summary>
internal sealed class Agenda
{
    /// <summary>Milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextMs = Deadline.Never;

    /// <summary>Something is due at this time.</summary>
    public void AtMs(long ms)
    {
        if (ms < NextMs) NextMs = ms;
    }

    /// <summary>Something is due at this time, in tenths of a second since boot.</summary>
    public void At(int tenths) { AtMs(tenths * 100L); }

    /// <summary>Tenths of a second since boot: what tables keep, so that a time fits an int.</summary>
    public static int Tenths(long ms) { return (int)(ms / 100); }
}
