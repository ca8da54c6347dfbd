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
        string[] folders = ["firmware/EdgeChat.Ui", "firmware/EdgeChat.Cli", "firmware/EdgeChat.Device", "tools/EdgeChat.Tool"];
        foreach (string file in folders.SelectMany(f => Directory.GetFiles(Repository.File(f), "*.*s", SearchOption.AllDirectories)))
        {
            if (Tables.Contains(Path.GetFileName(file))) continue;
            IEnumerable<string> code = File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal));
            string source = string.Join('\n', code);
            Match found = Word().Match(source);
            Assert.IsFalse(found.Success, $"{file}: {found.Value} is said by StateWords.For");
        }
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
    }

    // the words, and those that were said before; "read" is a command too, and "lost", "sent" and "received" are counters
    [GeneratedRegex(Quote + "(online|offline|asleep|there now|switched off|not reachable|delivered|with the broker|waits to be sent|" +
        "waits in this board|the broker has it)" + Quote)]
    private static partial Regex Word();
}
