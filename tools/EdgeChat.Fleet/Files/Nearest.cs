using EdgeChat.Cli;

namespace EdgeChat.Fleet;

/// <summary>Finds what somebody meant by a mistyped word.</summary>
public static class Nearest
{
    /// <summary>The one of <paramref name="known"/> that is at most 3 edits, and less than half its length, away; or null.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in known)
        {
            var distance = EditDistance.Between(word, candidate);
            if (distance > 3 || distance * 2 >= candidate.TrimStart('-').Length || distance >= bestDistance)
                continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }
}
