using System.Text;
using System.Text.RegularExpressions;
using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>How much work it is to write with three keys, measured over two corpora of short messages: the project's, and one of messages
/// in the field that no word was chosen for.</summary>
[TestClass]
public partial class TextEntryTests
{
    private static readonly string[] Corpus = Read("corpus.txt");
    private static readonly string[] Field = Read("field.txt");

    private static readonly Lazy<Row[]> Results = new(Measure);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Presses a character of each method over both corpora, the best first.</summary>
    internal static Row[] Measured => Results.Value;

    /// <summary>Presses a digit of numbers such as 18:45, over both corpora, all that leads to them and back counted.</summary>
    internal static (double Corpus, double Field) MeasuredDigits => (Numbers(Corpus), Numbers(Field));

    [TestMethod]
    public void Messages_are_written_with_few_presses_a_character()
    {
        TestContext.WriteLine($"presses a character over {Corpus.Length} and {Field.Length} messages:");
        foreach (Row row in Measured) TestContext.WriteLine($"{row.Method}: {row.Corpus:F3}, {row.Field:F3}");
        Row used = Measured[0];
        Assert.IsLessThanOrEqualTo(1.7, used.Corpus, "presses a character, corpus.txt");
        Assert.IsLessThanOrEqualTo(1.9, used.Field, "presses a character, field.txt");
        foreach (Row other in Measured.Skip(1))
            Assert.IsTrue(used.Corpus < other.Corpus && used.Field < other.Field, $"the method that is used is worse than: {other.Method}");
    }

    [TestMethod]
    public void A_digit_takes_three_presses_at_most()
    {
        (double corpus, double field) = MeasuredDigits;
        TestContext.WriteLine($"presses a digit: {corpus:F2}, {field:F2}");
        Assert.IsLessThanOrEqualTo(3.0, corpus, "presses a digit, corpus.txt");
        Assert.IsLessThanOrEqualTo(3.0, field, "presses a digit, field.txt");
    }

    private static Row[] Measure() =>
    [
        Of("three keys, words and letters by their probability (in use)", m => Write(m, 3, true).All),
        Of("three keys, letters by their probability, no words (setting *Keyboard: letters*)", m => Write(m, 3, false).All),
        Of("two keys, words and letters by their probability (boards with one or two buttons)", m => Write(m, 2, true).All),
        Of("three keys, alphabet divided in equal parts (computed)", m => m.Sum(PlainChoice)),
        Of("character wheel: one step a press, one press to take (computed)", m => Wheel(m)),
    ];

    private static Row Of(string method, Func<string, double> presses) =>
        new(method, Corpus.Sum(presses) / Corpus.Sum(m => m.Length), Field.Sum(presses) / Field.Sum(m => m.Length));

    private static double Numbers(string[] corpus) =>
        corpus.Sum(m => Write(m, 3, true).Numbers) / (double)corpus.Sum(m => m.Count(char.IsAsciiDigit));

    private static string[] Read(string corpus) =>
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Screens", corpus)).Where(l => l.Length > 0)];

    /// <summary>Writes a message with the keys that lead to it soonest and proves that it came out; gives the number of presses, and how
    /// many of them were for numbers.</summary>
    private static (int All, int Numbers) Write(string message, int ways, bool usesWords)
    {
        var entry = NewEntry(ways, usesWords);
        return Write(entry, message, key => Assert.IsTrue(entry.Press(key)), entry.OpenDigits);
    }

    /// <summary>The same into an entry that is empty, with the keys of whoever has it.</summary>
    internal static (int All, int Numbers) Write(TextEntry entry, string message, Action<Key> press, Action openDigits)
    {
        bool[] isOfNumber = new bool[message.Length + 1];
        foreach (Match number in Number().Matches(message)) Array.Fill(isOfNumber, true, number.Index, number.Length);
        int presses = 0;
        int numbers = 0;
        while (EntryKeys.TextOf(entry).TrimEnd() != message)
        {
            string text = EntryKeys.TextOf(entry);
            int at = text.Length;
            if (at < message.Length && message.StartsWith(text, StringComparison.Ordinal) &&
                (entry.HasDigits || char.IsAsciiDigit(message[at])))
            {
                int more = WriteBesideDigits(entry, message[at], press, openDigits);
                presses += more;
                if (isOfNumber[at] || (entry.Count == at && at > 0 && isOfNumber[at - 1])) numbers += more;
                continue;
            }

            List<Key> keys = NextKeys(entry, message, entry.UsesWords);
            keys.ForEach(press);
            presses += keys.Count;
            Assert.IsTrue(presses < 20 * message.Length + 40, $"\"{message}\" got stuck at \"{EntryKeys.TextOf(entry)}\"");
        }

        return (presses, numbers);
    }

    // a digit where it is offered, else a hold that opens their page first; there the signs among them too, and the way back to the letters
    private static int WriteBesideDigits(TextEntry entry, char c, Action<Key> press, Action openDigits)
    {
        string wanted = c.ToString();
        if (entry.HasDigits)
        {
            bool isThere = "1234567890:.,-/+%°€".Contains(c, StringComparison.Ordinal);
            return EntryKeys.Choose(entry, c == ' ' ? "␣" : isThere ? wanted : "abc", press);
        }

        int held = 1 + EntryKeys.Choose(Opened(entry), wanted);
        if (EntryKeys.IsOffered(entry, wanted) && EntryKeys.Choose(Copy(entry), wanted) <= held)
            return EntryKeys.Choose(entry, wanted, press);
        openDigits();
        return 1 + EntryKeys.Choose(entry, wanted, press);
    }

    private static TextEntry Copy(TextEntry entry)
    {
        TextEntry copy = NewEntry(entry.Ways, entry.UsesWords);
        copy.Load(entry.Text, entry.Count);
        return copy;
    }

    private static TextEntry Opened(TextEntry entry)
    {
        TextEntry copy = Copy(entry);
        copy.OpenDigits();
        return copy;
    }

    private static TextEntry NewEntry(int ways, bool usesWords)
    {
        var entry = new TextEntry { Ways = ways, UsesWords = usesWords };
        entry.Load([], 0);
        return entry;
    }

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
        private readonly int _have = Encoding.UTF8.GetString(before).TrimEnd().Length;
        private double _cost = double.MaxValue;
        private bool _loaded;
        private bool _shifted;

        public List<Key>? Best { get; private set; }

        public void Explore(List<Key> path)
        {
            if (!_loaded) Replay(path);
            foreach (Key key in EntryKeys.All)
            {
                if (!IsPromising(EntryKeys.Group(_entry, key))) continue;
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
            string text = EntryKeys.TextOf(_entry);
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

    [GeneratedRegex(@"\d([\d:.,/+-]*\d)?")]
    private static partial Regex Number();

    internal sealed record Row(string Method, double Corpus, double Field);
}
