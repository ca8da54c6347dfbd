using System.Text.RegularExpressions;
using EdgeChat.Tests.Fleet;

namespace EdgeChat.Tests.Brokers;

/// <summary>What docs/security.md says of tests is so.</summary>
[TestClass]
public sealed partial class SecurityDocumentTests
{
    [TestMethod]
    public void Each_test_that_a_provision_names_is_there()
    {
        string text = File.ReadAllText(Repository.File("docs/security.md"));
        string[] named = [.. Name().Matches(text).Select(m => m.Groups[1].Value).Distinct()];
        Assert.IsGreaterThan(20, named.Length);
        IEnumerable<string> files = Directory.EnumerateFiles(Repository.File("tests"), "*Tests.cs", SearchOption.AllDirectories);
        string[] sources = [.. files.Select(File.ReadAllText)];
        string[] missing = [.. named.Where(n => n.Split('.') is not [var type, var method] || !sources.Any(s =>
            Regex.IsMatch(s, $@" class {type}\b") && Regex.IsMatch(s, $@"\[TestMethod\][^{{]* {method}\(")))];
        Assert.AreEqual("", string.Join('\n', missing));
    }

    // a test class and a method of it, in code
    [GeneratedRegex(@"`(\w+Tests\.\w+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
