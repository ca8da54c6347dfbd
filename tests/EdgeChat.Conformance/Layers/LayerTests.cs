namespace EdgeChat.Conformance;

/// <summary>The firmware's folders build on each other in one order, and each change keeps it.</summary>
[TestClass]
public class LayerTests
{
    private const string Assemblies = "firmware/AssemblyInfo.cs";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void No_folder_uses_what_is_above_or_beside_it()
    {
        var layers = new LayerRules(FirmwareProject.All.Where(p => !p.Folder.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(p => p.Sources).Select(f => (Path: Repository.Relative(f), Text: File.ReadAllText(f)))
            .Where(s => s.Path != Assemblies));
        foreach (string line in layers.Print()) TestContext.WriteLine(line);
        Findings.ExpectNone([.. layers.Findings()]);
        Assert.AreEqual("", string.Join(' ', layers.Empty()), "floors without a folder: take them out of Layers/Floors.cs");
    }

    [TestMethod]
    [DataRow("firmware/EdgeChat.Core/Ports/Low.cs", "firmware/EdgeChat.Delivery/High.cs", "above")]
    [DataRow("firmware/EdgeChat.Core/Codec/Low.cs", "firmware/EdgeChat.Core/Storage/High.cs", "beside")]
    [DataRow("firmware/EdgeChat.Cli/Low.cs", "firmware/EdgeChat.Ui/Screens/High.cs", "must not know")]
    [DataRow("firmware/EdgeChat.Ui/Low.cs", "firmware/EdgeChat.Cli/High.cs", "must not know")]
    [DataRow("hardware/EdgeChat.Drivers/Display/Low.cs", "firmware/EdgeChat.Delivery/High.cs", "must not know")]
    [DataRow("firmware/EdgeChat.Core/Session/Low.cs", "firmware/EdgeChat.Elsewhere/High.cs", "has no floor")]
    public void An_arrow_that_must_not_be_is_told(string user, string used, string what)
    {
        const string Uses = "namespace A;\nclass Low\n{\n    int Run() => B.High.Find(1).Place;\n}\n";
        const string Used = "namespace B;\npublic class High { public int Place; public static High Find(int n) => new High(); }\n";
        Finding[] findings = [.. new LayerRules([(user, Uses), (used, Used)]).Findings()];
        Finding found = findings.Single(f => f.What.Contains(what));
        if (found.Line == 0) return; // a folder
        Assert.AreEqual((user, 4), (found.File, found.Line));
        Assert.Contains("High", found.What);
    }

    [TestMethod]
    public void An_arrow_downwards_is_fine() => Assert.IsEmpty(new LayerRules(
        [("firmware/EdgeChat.Device/A.cs", "class A { B _b; }"), ("hardware/EdgeChat.Drivers/Display/B.cs", "class B { C _c; }"),
            ("firmware/EdgeChat.Core/C.cs", "class C { }")])
        .Findings());
}
