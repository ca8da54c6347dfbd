using System.Text.RegularExpressions;
using EdgeChat.Core;
using EdgeChat.Tests.Fleet;

namespace EdgeChat.Tests.Console;

/// <summary>A state has one word everywhere: screens, console, page, JSON and documents take it from one table.</summary>
[TestClass]
public partial class StateWordsTests
{
    private const string Quote = "[\"']";

    // what has its own table, or says another thing with the same word
    private static readonly string[] Tables = ["StateWords.cs", "SessionWords.cs", "PresenceWords.cs", "EntryKind.cs"];

    [TestMethod]
    public void Each_state_has_a_word_of_its_own()
    {
        string[] words =
        [
            .. Enum.GetValues<PresenceState>().Select(StateWords.For), .. Enum.GetValues<Tick>().Select(StateWords.For),
        ];
        CollectionAssert.AllItemsAreUnique(words);
    }

    [TestMethod]
    public void No_other_source_has_a_word_for_a_state()
    {
        IEnumerable<string> sources = new[] { "firmware", "hardware", "tools" }.SelectMany(f => Files(f, "*.*s")
            .Concat(Files(f, "*.html")));
        foreach (string file in sources)
        {
            if (Tables.Contains(Path.GetFileName(file))) continue;
            IEnumerable<string> code = File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal));
            string source = string.Join('\n', code);
            foreach (Match found in new[] { Word().Match(source), Other().Match(source) })
                Assert.IsFalse(found.Success, $"{file}: {found.Value} is said by StateWords.For");
        }
    }

    [TestMethod]
    public void No_document_has_another_word_for_a_state()
    {
        string[] others = [Repository.File("README.md"), Repository.File("CONTRIBUTING.md"), Repository.File("tools/edgechat.help")];
        foreach (string file in Files("docs", "*.md").Concat(Files("findings", "*.md")).Concat(others))
        {
            Match found = Other().Match(File.ReadAllText(file).ReplaceLineEndings(" "));
            Assert.IsFalse(found.Success, $"{file}: \"{found.Value}\" is another word for what StateWords.For says");
        }
    }

    [TestMethod]
    [DataRow("\"online when the connection was lost\"", "'display asleep: any button'")]
    [DataRow("'asleep'", "Behind them: .. waits in this board")]
    public void A_word_is_found_alone_and_in_a_longer_text(string word, string other)
    {
        Assert.IsTrue(Word().IsMatch(word));
        Assert.IsTrue(Other().IsMatch(other));
        Assert.IsFalse(Word().IsMatch("\"the board is offline until then\""));
    }

    [TestMethod]
    [DataRow("docs/console.md", "tick")]
    [DataRow("docs/console.md", "presence")]
    [DataRow("docs/tool.md", "tick")]
    public void The_documents_have_the_words_of_the_table(string document, string key)
    {
        string line = File.ReadLines(Repository.File(document)).First(l =>
            l.StartsWith($"| `{key}` |", StringComparison.Ordinal) || l.StartsWith($"`{key}` is ", StringComparison.Ordinal));
        IEnumerable<string> words = key == "presence"
            ? Enum.GetValues<PresenceState>().Select(StateWords.For)
            : Enum.GetValues<Tick>().Where(t => t != Tick.None).Select(StateWords.For);
        foreach (string word in words) StringAssert.Contains(line, $"`{word}`", document);
    }

    [TestMethod]
    public void The_page_knows_each_word()
    {
        string page = File.ReadAllText(Repository.File("tools/EdgeChat.Tool/wwwroot/demo/packets.js"));
        foreach (Tick tick in new[] { Tick.Clock, Tick.One, Tick.Two, Tick.Shown })
            StringAssert.Contains(page, $"  {StateWords.For(tick)}: [");
        string style = File.ReadAllText(Repository.File("tools/EdgeChat.Tool/wwwroot/demo/style.css"));
        foreach (PresenceState state in new[] { PresenceState.On, PresenceState.Sleep, PresenceState.Lost })
            StringAssert.Contains(style, $".presence[data-state={StateWords.For(state)}]");
        string[] known = [.. Enum.GetValues<PresenceState>().Select(StateWords.For)];
        foreach (Match used in InStyle().Matches(style))
            CollectionAssert.Contains(known, used.Groups[1].Value, $"{used.Value} is the style of no state");
        string board = File.ReadAllText(Repository.File("tools/EdgeChat.Tool/wwwroot/demo/board.js"));
        StringAssert.Contains(board, $"textContent = state.presence ?? '{StateWords.For(PresenceState.Unknown)}'");
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Repository.File(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal));

    // the words themselves, alone or at the beginning of a text; "read" is a command too, and "lost", "sent" and "received" are counters
    [GeneratedRegex(Quote + "((online|offline|asleep)( [^\"'\n]*)?|delivered|with the broker|the broker has it)" + Quote)]
    private static partial Regex Word();

    // those that were said before, wherever they stand
    [GeneratedRegex("there now|switched off|not reachable|not seen yet[\"',.]|waits to be sent|waits in this board|" +
        "display asleep|blue ticks")]
    private static partial Regex Other();

    [GeneratedRegex("\\.presence\\[data-state=([a-z]+)\\]")]
    private static partial Regex InStyle();
}
