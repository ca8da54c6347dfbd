using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeChat.Core;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Consoles;

/// <summary>docs/console.md says what the console does.</summary>
[TestClass]
public partial class DocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Here(), "../../../docs/console.md")).ReplaceLineEndings("\n");

    [TestMethod]
    public void Every_command_is_in_the_document_with_its_arguments_and_its_help()
    {
        foreach (Command command in Commands())
        {
            string usage = $"{command.Name} {command.Arguments}".TrimEnd().Replace("|", "\\|", StringComparison.Ordinal);
            StringAssert.Contains(Text, $"| `{usage}` | {command.Help} |");
        }
    }

    [TestMethod]
    public void The_document_has_no_command_that_is_not_there()
    {
        string[] names = [.. Commands().Select(c => c.Name)];
        MatchCollection rows = CommandRow().Matches(Section("## Commands", "## JSON"));
        Assert.HasCount(names.Length, rows);
        foreach (Match row in rows) CollectionAssert.Contains(names, row.Groups[1].Value, row.Value);
    }

    [TestMethod]
    public void Each_reason_of_a_refusal_has_a_key_of_its_own_in_the_document()
    {
        var paper = new Paper();
        var board = new AppBoard(new VirtualBroker(), "alice", paper, 128, 64, 3);
        board.SwitchOn();
        for (int i = 1; i < BodyErrors.Count; i++) board.Messenger.Counters.Refuse((BodyError)i);
        board.Type("mode json\rstatus\r");
        using var status = JsonDocument.Parse(paper.TakeRows().Last(r => r.Contains("\"cmd\":\"status\"", StringComparison.Ordinal)));
        string[] reasons = [.. status.RootElement.EnumerateObject().Select(p => p.Name).Where(n => n.StartsWith("refused-"))];
        Assert.HasCount(BodyErrors.Count - 1, reasons);
        CollectionAssert.AllItemsAreUnique(reasons);
        string row = Text.Split('\n').First(l => l.StartsWith("| `refused` |", StringComparison.Ordinal));
        foreach (string reason in reasons) StringAssert.Contains(row, $"`{reason["refused-".Length..]}`");
    }

    [TestMethod]
    public void Every_key_and_code_of_the_JSON_sessions_is_in_the_document()
    {
        string keys = Section("### Keys", "### Codes");
        string codes = Text[Text.IndexOf("### Codes", StringComparison.Ordinal)..];
        int objects = 0;
        foreach (string line in Directory.EnumerateFiles(TranscriptTests.Folder, "*.txt").SelectMany(File.ReadLines))
        {
            int start = line.StartsWith('{') ? 0 : line.IndexOf(" | {", StringComparison.Ordinal) + 3;
            if (start == 2 || line.Contains("> ", StringComparison.Ordinal) && start > 0) continue;
            objects++;
            using var json = JsonDocument.Parse(line[start..]);
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                bool isReason = property.Name.StartsWith("refused-", StringComparison.Ordinal);
                string key = isReason ? property.Name["refused-".Length..] : property.Name;
                StringAssert.Contains(keys, $"`{key}`", line);
                if (key is "item" or "event" or "tick" or "presence" or "session" or "kind")
                    StringAssert.Contains(keys, $"`{property.Value.GetString()}`", line);
                if (key == "code") StringAssert.Contains(codes, $"`{property.Value.GetString()}`", line);
            }
        }

        Assert.IsGreaterThan(50, objects);
    }

    [TestMethod]
    public void Every_code_of_the_sources_is_in_the_document()
    {
        string codes = Text[Text.IndexOf("### Codes", StringComparison.Ordinal)..];
        string folder = Path.Combine(Here(), "../../../firmware/EdgeChat.Cli");
        string sources = string.Concat(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        MatchCollection used = FailCall().Matches(sources);
        Assert.IsGreaterThan(10, used.Count);
        foreach (Match call in used) StringAssert.Contains(codes, $"`{call.Groups[1].Value}`");
    }

    // as the console lists them
    private static List<Command> Commands()
    {
        var output = new LinesOfJson();
        var board = new AppBoard(new VirtualBroker(), "alice", output, 128, 64, 3);
        board.SwitchOn();
        board.Type("mode json\r");
        output.Take();
        board.Type("help\r");
        List<Command> commands = [];
        foreach (JsonElement line in output.Take())
        {
            if (line.TryGetProperty("ok", out _)) continue;
            commands.Add(new Command(Value("name"), Value("arguments"), Value("help")));
            string Value(string key) => line.GetProperty(key).GetString()!;
        }

        Assert.IsGreaterThan(20, commands.Count);
        return commands;
    }

    private static string Section(string from, string to) =>
        Text[Text.IndexOf(from, StringComparison.Ordinal)..Text.IndexOf(to, StringComparison.Ordinal)];

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private sealed record Command(string Name, string Arguments, string Help);

    /// <summary>A terminal that is a program: a line is an object.</summary>
    private sealed class LinesOfJson : ITerminal
    {
        private readonly List<byte> _bytes = [];

        public void Write(byte[] buffer, int index, int count) => _bytes.AddRange(buffer.AsSpan(index, count));

        /// <summary>The objects that came since this was asked last; what is no object is left out.</summary>
        public List<JsonElement> Take()
        {
            string[] lines = Encoding.UTF8.GetString([.. _bytes]).Split('\n');
            _bytes.Clear();
            return [.. lines.Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement)];
        }
    }

    [GeneratedRegex(@"^\| `([a-z-]+)[^`]*` \|", RegexOptions.Multiline)]
    private static partial Regex CommandRow();

    [GeneratedRegex("Fail\\(\"([a-z0-9-]+)\"")]
    private static partial Regex FailCall();
}
