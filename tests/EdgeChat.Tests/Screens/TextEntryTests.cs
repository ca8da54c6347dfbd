using System.Text;
using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>How much work it is to write with three keys, measured over a corpus of short messages.</summary>
[TestClass]
public class TextEntryTests
{
    private static readonly string[] Corpus =
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Screens", "corpus.txt")).Where(l => l.Length > 0).ToArray();

    private static readonly Lazy<(string Method, double Presses)[]> Results = new(Measure);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Presses a character of each method, the best first.</summary>
    internal static (string Method, double Presses)[] Measured => Results.Value;

    [TestMethod]
    public void Every_message_of_the_corpus_can_be_written_with_fewer_than_two_and_a_half_presses_a_character()
    {
        TestContext.WriteLine($"presses a character over {Corpus.Length} messages, {Corpus.Sum(m => m.Length)} characters:");
        foreach (var (method, presses) in Measured) TestContext.WriteLine($"{method}: {presses:F2}");
        Assert.IsTrue(Measured[0].Presses < 2.5, $"{Measured[0].Presses:F2} presses a character");
        for (int i = 1; i < Measured.Length; i++)
            Assert.IsTrue(Measured[0].Presses < Measured[i].Presses, $"the method that is used is worse than: {Measured[i].Method}");
    }

    private static (string Method, double Presses)[] Measure()
    {
        double characters = Corpus.Sum(m => m.Length);
        return
        [
            ("three keys, words and letters by their probability (in use)", Corpus.Sum(m => Write(m, 3, true)) / characters),
            ("three keys, letters by their probability, no words (setting *Keyboard: letters*)",
                Corpus.Sum(m => Write(m, 3, false)) / characters),
            ("two keys, words and letters by their probability (boards with one or two buttons)",
                Corpus.Sum(m => Write(m, 2, true)) / characters),
            ("three keys, alphabet divided in equal parts (computed)", Corpus.Sum(m => m.Sum(PlainChoice)) / characters),
            ("character wheel: one step a press, one press to take (computed)", Corpus.Sum(Wheel) / characters),
        ];
    }

    /// <summary>Writes a message with the keys that lead to it soonest and proves that it came out; gives the number of presses.</summary>
    private static int Write(string message, int ways, bool usesWords)
    {
        var entry = NewEntry(ways, usesWords);
        int presses = 0;
        while (TextOf(entry).TrimEnd() != message)
        {
            int at = TextOf(entry).Length;
            if (at < message.Length && char.IsAsciiDigit(message[at]) && message.StartsWith(TextOf(entry), StringComparison.Ordinal))
            {
                presses += WriteDigits(entry, message, at);
                continue;
            }

            var keys = NextKeys(entry, message, usesWords);
            foreach (Key key in keys) Assert.IsTrue(entry.Press(key));
            presses += keys.Count;
            Assert.IsTrue(presses < 20 * message.Length + 40, $"\"{message}\" got stuck at \"{TextOf(entry)}\"");
        }

        return presses;
    }

    // a hold that opens their page, the digits with the signs among them, and the way back to the letters
    private static int WriteDigits(TextEntry entry, string message, int at)
    {
        entry.OpenDigits();
        int presses = 1;
        while (at < message.Length && "1234567890:.,-/+%°€".Contains(message[at], StringComparison.Ordinal))
            presses += Choose(entry, message[at++].ToString());
        if (at < message.Length) presses += Choose(entry, message[at] == ' ' ? "␣" : "abc");
        return presses;
    }

    /// <summary>Presses what leads to a candidate; gives the number of presses.</summary>
    internal static int Choose(TextEntry entry, string candidate)
    {
        int presses = 0;
        var group = new byte[512];
        do
        {
            Key key = new[] { Key.Up, Key.Ok, Key.Down }.First(k =>
                Encoding.UTF8.GetString(group, 0, entry.Describe(k, group)).Contains(candidate, StringComparison.Ordinal));
            Assert.IsTrue(entry.Press(key));
            presses++;
        }
        while (entry.IsChoosing);
        return presses;
    }

    private static TextEntry NewEntry(int ways, bool usesWords)
    {
        var entry = new TextEntry { Ways = ways, UsesWords = usesWords };
        entry.Load([], 0);
        return entry;
    }

    private static string TextOf(TextEntry entry) => Encoding.UTF8.GetString(entry.Text, 0, entry.Count);

    /// <summary>The keys to the choice that gains most characters of the message a press; signs and digits are looked for last.</summary>
    private static List<Key> NextKeys(TextEntry entry, string message, bool usesWords)
    {
        byte[] before = entry.Text[..entry.Count];
        foreach (bool more in new[] { false, true })
        {
            var search = new Search(before, message, more, NewEntry(entry.Ways, usesWords));
            search.Explore([]);
            if (search.Best != null) return search.Best;
        }

        throw new AssertFailedException($"no way on from \"{Encoding.UTF8.GetString(before)}\" to \"{message}\"");
    }

    private sealed class Search(byte[] before, string message, bool more, TextEntry entry)
    {
        private readonly TextEntry _entry = entry;
        private readonly byte[] _shown = new byte[512];
        private readonly int _have = Encoding.UTF8.GetString(before).TrimEnd().Length;
        private double _cost = double.MaxValue;
        private bool _loaded;
        private bool _shifted;

        public List<Key>? Best { get; private set; }

        public void Explore(List<Key> path)
        {
            if (!_loaded) Replay(path);
            foreach (Key key in new[] { Key.Up, Key.Ok, Key.Down })
            {
                if (!IsPromising(Encoding.UTF8.GetString(_shown, 0, _entry.Describe(key, _shown)))) continue;
                if (!_entry.Press(key)) continue;
                List<Key> longer = [.. path, key];
                if (_entry.IsChoosing)
                {
                    Explore(longer);
                    Replay(path);
                    continue;
                }

                if (_entry.Count == before.Length && !_shifted)
                {
                    // the shift was pressed: nothing is written yet
                    _shifted = true;
                    Explore(longer);
                    _shifted = false;
                }
                else
                {
                    Judge(longer);
                }

                Replay(path);
            }
        }

        private bool IsPromising(string group)
        {
            if (group.Contains(' ', StringComparison.Ordinal) || (more && group.Contains('⋯', StringComparison.Ordinal)) ||
                (more && group.Contains('⇧', StringComparison.Ordinal)))
                return true;
            int at = Math.Min(before.Length, message.Length - 1);
            foreach (char c in new[] { message[at], message[Math.Max(0, at - 1)] })
                if (group.Contains(c == ' ' ? '␣' : c, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }

        private void Judge(List<Key> keys)
        {
            string text = TextOf(_entry);
            string bare = text.TrimEnd();
            int gained = bare.Length - _have;
            bool isBeginning = message.StartsWith(text, StringComparison.Ordinal) || message == bare ||
                (message.StartsWith(bare, StringComparison.Ordinal) && ".,?!".Contains(message[bare.Length], StringComparison.Ordinal));
            if (text.EndsWith(' ') && isBeginning) gained++;
            if (text.Length == before.Length && text != Encoding.UTF8.GetString(before)) isBeginning = false;
            if (!isBeginning || text.Length <= before.Length || keys.Count / (double)gained >= _cost) return;
            _cost = keys.Count / (double)gained;
            Best = keys;
        }

        private void Replay(List<Key> path)
        {
            _entry.Load(before, before.Length);
            foreach (Key key in path) _entry.Press(key);
            _loaded = true;
        }
    }

    /// <summary>Presses for a character when 33 candidates of equal weight are halved in three; 4 more for what is not among
    /// them.</summary>
    private static double PlainChoice(char c) => char.IsLower(c) || " .,?!'".Contains(c, StringComparison.Ordinal) ? 3.2 : 7;

    /// <summary>Presses when a wheel of the alphabet turns by one with each press from where it stood and Ok takes the letter.</summary>
    private static double Wheel(string message)
    {
        const string Faces = " abcdefghijklmnopqrstuvwxyz.,?!'0123456789:-";
        int at = 0;
        int presses = 0;
        foreach (char c in message.ToLowerInvariant())
        {
            int to = Faces.IndexOf(c);
            int steps = Math.Abs(to - at);
            presses += Math.Min(steps, Faces.Length - steps) + 1;
            at = to;
        }

        return presses;
    }
}
