using System.Diagnostics;
using System.Text.RegularExpressions;
using EdgeChat.Tests.Fleet;

namespace EdgeChat.Tests;

/// <summary>The table of CONTRIBUTING.md is true: for each change one file to begin with and one filter that selects tests.</summary>
[TestClass]
public partial class ContributingTests
{
    private static readonly string Text = File.ReadAllText(Repository.File("CONTRIBUTING.md"));

    [TestMethod]
    public void Each_row_has_a_file_that_is_there_and_a_filter_that_selects_tests()
    {
        MatchCollection rows = Row().Matches(Text);
        Assert.IsGreaterThan(20, rows.Count);
        foreach (Match row in rows)
        {
            Assert.IsTrue(File.Exists(Repository.File(row.Groups[2].Value)), $"{row.Groups[2].Value} is not there: {row.Value}");
            string project = Repository.File("tests/" + row.Groups[3].Value);
            Assert.IsTrue(Directory.Exists(project), row.Value);
            Assert.IsTrue(TestsOf(project).Any(t => t.Contains(row.Groups[4].Value, StringComparison.OrdinalIgnoreCase)),
                $"this filter selects no test: {row.Value}");
        }
    }

    [TestMethod]
    [DataRow("firmware/EdgeChat.Cli/Commands/SendCommand.cs", "EdgeChat.Tests Transcript")]
    [DataRow("firmware/EdgeChat.Core/Limits.cs", "EdgeChat.Conformance Limit")]
    [DataRow("tools/EdgeChat.Tool/Chat/ChatView.cs", "EdgeChat.Tests Chat")]
    [DataRow("tests/EdgeChat.Core.Tests/Codec/TopicsTests.cs", "EdgeChat.Core.Tests TopicsTests")]
    [DataRow("LICENSE", "")]
    public void A_change_touches_the_rows_that_lie_nearest(string file, string tests)
    {
        var start = new ProcessStartInfo(Repository.File("tools/test")) { RedirectStandardOutput = true };
        start.ArgumentList.Add("--touched");
        start.ArgumentList.Add(file);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().TrimEnd();
        process.WaitForExit();
        Assert.AreEqual(tests, output);
    }

    private static IEnumerable<string> TestsOf(string project)
    {
        foreach (string file in Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories))
        {
            string source = File.ReadAllText(file);
            string home = $"{Space().Match(source).Groups[1].Value}.{Class().Match(source).Groups[1].Value}.";
            foreach (Match test in Method().Matches(source)) yield return home + test.Groups[1].Value;
        }
    }

    [GeneratedRegex(@"^\| ([^|]+) \| `([^`|]+)` \| `([^`|]+)` \| `([^`|]+)` \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Space();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"\[TestMethod\].*?^    public (?:async )?[\w<>]+ (\w+)\(", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Method();
}
