namespace EdgeChat.Conformance;

/// <summary>The firmware as the board's build would see it.</summary>
[TestClass]
public class FirmwareTests
{
    public static IEnumerable<object[]> Projects => FirmwareProject.All.Select(p => new object[] { p.Name });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Sources_use_nothing_that_the_board_lacks(string project)
    {
        Compiled compiled = FirmwareCompiler.Compile(FirmwareProject.All.Single(p => p.Name == project));
        Findings.ExpectNone(compiled.Findings);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Code_does_nothing_that_nanoCLR_does_otherwise(string name)
    {
        FirmwareProject project = FirmwareProject.All.Single(p => p.Name == name);
        Compiled compiled = FirmwareCompiler.Compile(project);
        if (compiled.Findings.Count > 0) Assert.Inconclusive(name + " does not compile: see the other test.");
        Findings.ExpectNone(IlCheck.Run(compiled, project.IsTest, project.Below.Select(p => FirmwareCompiler.Compile(p))));
    }
}
