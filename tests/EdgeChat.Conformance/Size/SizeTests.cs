using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace EdgeChat.Conformance;

/// <summary>Every assembly fits what the metadata processor can write, as Release and as Debug builds make it.</summary>
[TestClass]
public class SizeTests
{
    public required TestContext TestContext { get; init; }

    public static IEnumerable<object[]> Projects => FirmwareProject.All.Select(p => new object[] { p.Name });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void An_assembly_fits(string name)
    {
        FirmwareProject project = FirmwareProject.All.Single(p => p.Name == name);
        foreach (OptimizationLevel optimization in new[] { OptimizationLevel.Release, OptimizationLevel.Debug })
            Findings.ExpectNone(SizeRules.Check(project.Path, optimization + " build", Compile(project, optimization), Below(project)));
    }

    [TestMethod]
    [DataRow("byte code", "a build", "firmware/Big/Far")]
    [DataRow("strings", "a build", "firmware/Big/Near")]
    [DataRow("methods", "a build", "at most 4,000")]
    [DataRow("static fields", "Many", "at most 255")]
    [DataRow("virtual methods", "Many", "at most 255")]
    [DataRow("targets", "Many.Choose", "at most 255")]
    [DataRow("locals", "Many.Keep", "at most 255")]
    [DataRow("more byte code than a branch", "Far.Run", "can jump over")]
    public void What_is_too_big_is_told(string what, string where, string detail)
    {
        Assert.Contains(f => f.Where == where && f.What.Contains(what)
            && f.What.Contains(detail), TooBig.Value, string.Join('\n', TooBig.Value));
    }

    private static readonly Lazy<IReadOnlyList<Finding>> TooBig = new(() =>
    {
        var text = new StringBuilder("#line 1 \"firmware/Big/Far/Far.cs\"\nclass Far { int Run(int a) {");
        for (int i = 0; i < 9_000; i++) text.Append(" a ^= a + 7654321;");
        text.Append(" return a; } }\n#line 1 \"firmware/Big/Near/Near.cs\"\nclass Near { string Text() { return \"").Append('x', 61_000)
            .Append("\"; } }\nclass Many { ");
        for (int i = 0; i < 256; i++) text.Append($"static readonly object S{i} = null; protected virtual void V{i}() {{ }} ");
        text.Append("int Choose(int a) { switch (a) {");
        for (int i = 0; i < 256; i++) text.Append($" case {i}: return {i * 77 % 256};");
        text.Append(" } return 0; } int Keep(int a) { while (a > 0) {");
        for (int i = 0; i < 256; i++) text.Append($" int x{i} = Choose(a + {i});");
        text.Append(" a -= ");
        for (int i = 0; i < 256; i++) text.Append($"x{i} * x{i} + ");
        text.Append("1; } return a; } }\n");
        for (int i = 0; i < 20; i++)
        {
            text.Append($"abstract class A{i} {{");
            for (int m = 0; m < 200; m++) text.Append($" internal abstract void M{m}();");
            text.Append(" }\n");
        }

        Compiled compiled = FirmwareCompiler.Compile(text.ToString());
        Findings.ExpectNone(compiled.Findings);
        return SizeRules.Check("firmware/Big/Big.nfproj", "a build", compiled);
    });

    [TestMethod]
    public void The_table_of_assemblies()
    {
        TestContext.WriteLine("| assembly | byte code, Release / Debug | strings | types, fields, methods, references | heap |");
        TestContext.WriteLine("|---|---|---|---|---|");
        foreach (FirmwareProject project in FirmwareProject.All)
        {
            NanoImage image = NanoImage.Read(Compile(project, OptimizationLevel.Release), Below(project));
            NanoImage unoptimized = NanoImage.Read(Compile(project, OptimizationLevel.Debug), Below(project));
            NanoTables rows = image.Tables;
            int references = rows.AssemblyRefs + rows.TypeRefs + rows.FieldRefs + rows.MethodRefs;
            string counts = string.Create(CultureInfo.InvariantCulture, $"{rows.Types}, {rows.Fields}, {rows.Methods}, {references}");
            string heap = rows.HeapBytes.ToString("N0", CultureInfo.InvariantCulture);
            TestContext.WriteLine(
                $"| `{project.Name}` | {Share(image.Code)} / {Share(unoptimized.Code)} | {Share(image.Strings)} | {counts} | {heap} |");
        }
    }

    [TestMethod]
    public void The_documented_shares_are_about_right()
    {
        string document = File.ReadAllText(Repository.At("docs/performance.md"));
        foreach (FirmwareProject project in FirmwareProject.All.Where(p => !p.Folder.StartsWith("tests/", StringComparison.Ordinal)))
        {
            Match row = Regex.Match(document, @"^\| `" + Regex.Escape(project.Name) + @"` \| (\d+) / (\d+) % \| (\d+) % \|",
                RegexOptions.Multiline);
            Assert.IsTrue(row.Success, "docs/performance.md has no row of " + project.Name);
            NanoImage image = NanoImage.Read(Compile(project, OptimizationLevel.Release), Below(project));
            NanoImage unoptimized = NanoImage.Read(Compile(project, OptimizationLevel.Debug), Below(project));
            int[] shares = [Percent(image.Code), Percent(unoptimized.Code), Percent(image.Strings)];
            for (int i = 0; i < shares.Length; i++)
                Assert.IsLessThanOrEqualTo(5, Math.Abs(int.Parse(row.Groups[i + 1].Value, CultureInfo.InvariantCulture) - shares[i]),
                    $"{row.Value} is {string.Join(" / ", shares)} %");
        }
    }

    private static string Share(int bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} ({Percent(bytes)} %)");

    private static int Percent(int bytes) => (bytes * 100 + NanoImage.Limit / 2) / NanoImage.Limit;

    private static Compiled Compile(FirmwareProject project, OptimizationLevel optimization)
    {
        Compiled compiled = FirmwareCompiler.Compile(project, optimization);
        if (compiled.Findings.Count > 0) Assert.Inconclusive(project.Name + " does not compile: see the other test.");
        return compiled;
    }

    private static IEnumerable<Compiled> Below(FirmwareProject project) => project.Below.Select(p => FirmwareCompiler.Compile(p));
}
