using System.Runtime.CompilerServices;

namespace EdgeChat.Tests.Consoles;

/// <summary>Console sessions as approved texts; when <see cref="Approval"/> takes one, what is said now is approved.</summary>
[TestClass]
public class TranscriptTests
{
    public static string Folder { get; } = Path.Combine(Here(), "transcripts");

    public static IEnumerable<object[]> All =>
        Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(f => new object[] { Path.GetFileName(f) });

    [TestMethod]
    [DynamicData(nameof(All))]
    public void A_session_goes_as_it_was_approved(string name)
    {
        string file = Path.Combine(Folder, name);
        string approved = File.ReadAllText(file).ReplaceLineEndings("\n");
        string actual = Transcript.Play(approved);
        if (actual == approved) return;
        if (Approval.Takes(name))
        {
            File.WriteAllText(file, actual);
            return;
        }

        string[] was = approved.Split('\n');
        string[] now = actual.Split('\n');
        int line = was.Zip(now).TakeWhile(p => p.First == p.Second).Count();
        Assert.Fail($"""
            {name}, line {line + 1}: the console says something else than approved.
            approved: {was.ElementAtOrDefault(line)}
            now:      {now.ElementAtOrDefault(line)}
            {Approval.Cure(name)}
            """);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
