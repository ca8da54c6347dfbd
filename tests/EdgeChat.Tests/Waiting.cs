namespace EdgeChat.Tests;

/// <summary>How long a test waits for what must come: a guard against a hang and no claim, so it is long enough for a PC with much else to
/// do.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);
}
