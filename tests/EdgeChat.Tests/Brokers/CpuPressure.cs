using System.Globalization;

namespace EdgeChat.Tests.Brokers;

/// <summary>How long anything on this machine has waited for a processor, as Linux counts it: what was measured meanwhile says that much
/// less about what was to be measured.</summary>
internal static class CpuPressure
{
    private const string File = "/proc/pressure/cpu"; // "some avg10=0.00 avg60=0.00 avg300=0.00 total=123" in microseconds
    private const string Total = "total=";

    /// <summary>Since the machine was started; null where nobody counts.</summary>
    public static TimeSpan? Waited()
    {
        if (!System.IO.File.Exists(File)) return null;
        string some = System.IO.File.ReadLines(File).First(l => l.StartsWith("some ", StringComparison.Ordinal));
        string microseconds = some[(some.IndexOf(Total, StringComparison.Ordinal) + Total.Length)..];
        return TimeSpan.FromMicroseconds(long.Parse(microseconds, CultureInfo.InvariantCulture));
    }
}
