using Mono.Cecil;

namespace EdgeChat.Conformance;

/// <summary>The test framework on the PC has what the board's has, and nothing that a test could lean on by mistake.</summary>
[TestClass]
public class TestFrameworkTests
{
    private const string Name = "nanoFramework.TestFramework";

    // MSTest runs a test through this; it is declared again to run the set-up and clean-up methods.
    private const string Execute =
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestResult[] nanoFramework.TestFramework.TestMethodAttribute::"
        + "Execute(Microsoft.VisualStudio.TestTools.UnitTesting.ITestMethod)";

    [TestMethod]
    public void The_stand_in_has_the_listed_members_and_no_others()
    {
        string[] board = Members(new MemoryStream(ReferenceAssemblies.Instance.Images[Name]));
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "EdgeChat.TestFramework.dll"));
        string[] pc = Members(file);
        Assert.IsEmpty(board.Except(pc), "missing: " + string.Join('\n', board.Except(pc)));
        Assert.AreEqual(Execute, string.Join('\n', pc.Except(board)));
    }

    private static string[] Members(Stream image)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(image);
        return module.Types.Where(t => t.IsPublic).SelectMany(t => t.Methods.Where(m => m.IsPublic)).Select(m => m.FullName).ToArray();
    }
}
