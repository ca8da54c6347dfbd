using System.Diagnostics;

namespace EdgeChat.Tests.Mqtt;

/// <summary>What happened, in order: who, what, when. All may write; a test waits for entries and then compares.</summary>
internal sealed class Trace
{
    private static readonly TimeSpan Longest = Waiting.Longest;

    private readonly List<Entry> _entries = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public void Add(string who, string what)
    {
        lock (_entries)
        {
            _entries.Add(new Entry(_entries.Count, _clock.ElapsedMilliseconds, who, what));
            Monitor.PulseAll(_entries);
        }
    }

    /// <summary>Waits for the n-th entry of this kind.</summary>
    public Entry WaitFor(string who, string what, int nth = 1)
    {
        long end = Stopwatch.GetTimestamp() + (long)(Longest.TotalSeconds * Stopwatch.Frequency);
        lock (_entries)
        {
            while (true)
            {
                Entry? found = _entries.Where(e => e.Who == who && e.What == what).ElementAtOrDefault(nth - 1);
                if (found != null)
                    return found;
                TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_entries, left))
                    throw new AssertFailedException(
                        $"\"{who}: {what}\" (number {nth}) did not come within {Longest.TotalSeconds} s. What came:\n{this}");
            }
        }
    }

    public bool Has(string who, string what)
    {
        lock (_entries)
            return _entries.Exists(e => e.Who == who && e.What == what);
    }

    /// <summary>Everything that one party did, one line each.</summary>
    public string Of(string who)
    {
        lock (_entries)
            return string.Join('\n', _entries.Where(e => e.Who == who).Select(e => e.What));
    }

    /// <summary>One party did this, and no more; waits for the last of it, as each party writes what it did when it has the time.</summary>
    public void AssertOf(string who, params string[] expected)
    {
        WaitForLast(who, expected);
        Assert.AreEqual(string.Join('\n', expected), Of(who), $"{who}; all:\n{this}");
    }

    /// <summary>The same, but what the client repeats counts once: it does so when an answer takes a second, on a busy PC too.</summary>
    public void AssertOnce(string who, params string[] expected)
    {
        WaitForLast(who, expected);
        var lines = new List<string>();
        foreach (string line in Of(who).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isConnect = line.StartsWith("10", StringComparison.Ordinal); // of a connection of its own
            if ((!IsRepeated(line) || expected.Contains(line)) && (isConnect || line != lines.LastOrDefault())) lines.Add(line);
        }

        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', lines), $"{who}; all:\n{this}");
    }

    /// <summary>Everything that one party did begins so; what else the client does in time may follow.</summary>
    public void AssertBegins(string who, params string[] expected)
    {
        string[] lines = Of(who).Split('\n');
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', lines.Take(expected.Length)), $"{who}; all:\n{this}");
    }

    private void WaitForLast(string who, string[] expected)
    {
        if (expected.LastOrDefault() is { Length: > 0 } last) WaitFor(who, last, expected.Count(e => e == last));
    }

    // a PUBLISH of QoS 1 or 2 whose DUP flag is set (OASIS MQTT 3.1.1, section 3.3.1.1)
    private static bool IsRepeated(string line)
    {
        string packet = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return packet.StartsWith("3A", StringComparison.Ordinal) || packet.StartsWith("3C", StringComparison.Ordinal);
    }

    public override string ToString()
    {
        lock (_entries)
            return string.Join('\n', _entries.Select(e => $"{e.Ms,6} {e.Who}: {e.What}"));
    }

    internal sealed record Entry(int Order, long Ms, string Who, string What)
    {
        public void AssertAfter(Entry other) => Assert.IsGreaterThan(other.Order, Order, $"\"{What}\" has to come after \"{other.What}\"");

        /// <summary>At least so much later, which is two thirds of what the client waits: on a busy PC the first of the two is stamped
        /// late.</summary>
        public void AssertLater(Entry other, int milliseconds)
            => Assert.IsGreaterThanOrEqualTo(milliseconds, Ms - other.Ms, $"\"{What}\" came too soon after \"{other.What}\"");
    }
}
