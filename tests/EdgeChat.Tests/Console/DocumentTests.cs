using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeChat.Cli;

namespace EdgeChat.Tests.Consoles;

/// <summary>docs/console.md says what the console does.</summary>
[TestClass]
public partial class DocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Here(), "../../../docs/console.md")).ReplaceLineEndings("\n");

    [TestMethod]
    public void Every_command_is_in_the_document_with_its_arguments_and_its_help()
    {
        for (int i = 0; i < CommandTable.Count; i++)
        {
            var id = (CommandId)i;
            string usage = (CommandTable.NameOf(id) + " " + CommandTable.ArgumentsOf(id)).TrimEnd().Replace("|", "\\|", StringComparison.Ordinal);
            StringAssert.Contains(Text, $"| `{usage}` | {CommandTable.HelpOf(id)} |");
        }
    }

    [TestMethod]
    public void The_document_has_no_command_that_is_not_there()
    {
        foreach (Match row in CommandRow().Matches(Section("## Commands", "## JSON")))
            Assert.AreNotEqual(CommandId.None, CommandTable.Find(row.Groups[1].Value), row.Value);
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
                string key = property.Name.StartsWith("refused-", StringComparison.Ordinal) ? property.Name["refused-".Length..] : property.Name;
                StringAssert.Contains(keys, $"`{key}`", line);
                if (key is "item" or "event" or "tick" or "presence" or "session" or "kind") StringAssert.Contains(keys, $"`{property.Value.GetString()}`", line);
                if (key == "code") StringAssert.Contains(codes, $"`{property.Value.GetString()}`", line);
            }
        }

        Assert.IsGreaterThan(50, objects);
    }

    [TestMethod]
    public void Every_code_of_the_sources_is_in_the_document()
    {
        string codes = Text[Text.IndexOf("### Codes", StringComparison.Ordinal)..];
        string sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Here(), "../../../firmware/EdgeChat.Cli"), "*.cs").Select(File.ReadAllText));
        MatchCollection used = FailCall().Matches(sources);
        Assert.IsGreaterThan(10, used.Count);
        foreach (Match call in used) StringAssert.Contains(codes, $"`{call.Groups[1].Value}`");
    }

    private static string Section(string from, string to) =>
        Text[Text.IndexOf(from, StringComparison.Ordinal)..Text.IndexOf(to, StringComparison.Ordinal)];

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"^\| `([a-z-]+)[^`]*` \|", RegexOptions.Multiline)]
    private static partial Regex CommandRow();

    [GeneratedRegex("Fail\\(\"([a-z0-9-]+)\"")]
    private static partial Regex FailCall();
}
