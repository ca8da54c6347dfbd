namespace EdgeChat.Conformance;

/// <summary>A line fits a screen beside another.</summary>
[TestClass]
public class LineTests
{
    private const int Columns = 140;

    private static readonly string[] Folders = ["firmware", "hardware", "tests", "tools"];

    [TestMethod]
    public void No_line_of_code_has_more_than_140_columns() => Findings.ExpectNone([.. Folders.SelectMany(Files).SelectMany(LongLines)]);

    private static IEnumerable<Finding> LongLines(string file) => File.ReadLines(file).Select((line, i) => (line, i))
        .Where(l => l.line.Length > Columns)
        .Select(l => new Finding(Repository.Relative(file), l.i + 1, "", $"has {l.line.Length} columns", $"Wrap it at {Columns}."));

    // what Visual Studio may leave of an .nfproj is none of ours
    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !Repository.Relative(f).Split('/').Any(part => part is "bin" or "obj"));
}
