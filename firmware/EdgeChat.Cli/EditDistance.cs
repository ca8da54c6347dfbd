using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>How far two words are from each other, for "did you mean": letters added, left out, changed, or two neighbours swapped
/// (the restricted Damerau-Levenshtein distance).</summary>
public static class EditDistance
{
    /// <summary>The distance, or <see cref="Limits.GuessedLetters"/> when a word is longer than that.</summary>
    public static int Between(string a, string b)
    {
        char[] left = a.ToCharArray();
        char[] right = b.ToCharArray();
        if (left.Length > Limits.GuessedLetters || right.Length > Limits.GuessedLetters) return Limits.GuessedLetters;
        int[] before = new int[right.Length + 1];
        int[] row = new int[right.Length + 1];
        int[] next = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++) row[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            next[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int best = row[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                if (row[j] + 1 < best) best = row[j] + 1;
                if (next[j - 1] + 1 < best) best = next[j - 1] + 1;
                bool isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (isSwap && before[j - 2] + 1 < best) best = before[j - 2] + 1;
                next[j] = best;
            }

            int[] free = before;
            before = row;
            row = next;
            next = free;
        }

        return row[right.Length];
    }

    /// <summary>Whether a word is near enough to be a slip of the other: one letter in short words, two in longer ones.</summary>
    public static bool IsNear(int distance, string word) { return distance <= (word.Length < 5 ? 1 : 2); }
}
