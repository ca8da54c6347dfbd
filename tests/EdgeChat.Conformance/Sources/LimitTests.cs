namespace EdgeChat.Conformance;

[TestClass]
public class LimitTests
{
    [TestMethod]
    [DataRow("EdgeChat.Core")]
    [DataRow("EdgeChat.Delivery")]
    [DataRow("EdgeChat.Cli")]
    public void Sizes_are_in_Limits(string name) => Findings.ExpectNone(
    [
        .. FirmwareProject.All.Single(p => p.Name == name).Sources.Where(f => Path.GetFileName(f) != "Limits.cs")
            .SelectMany(f => LimitRules.Check(Repository.Relative(f), File.ReadAllText(f))),
    ]);

    [TestMethod]
    [DataRow("private const int MostRows = 16;")]
    [DataRow("public const int Max = 16;")]
    [DataRow("internal const long NameBytes = 1 << 6;")]
    [DataRow("byte[] _name = new byte[64];")]
    [DataRow("void M() { const int Slots = 4; }")]
    public void A_size_elsewhere_is_found(string member)
    {
        Finding[] findings = [.. LimitRules.Check("firmware/C.cs", "class C\n{\n" + member + "\n}")];
        Assert.HasCount(1, findings);
        Assert.AreEqual(("firmware/C.cs", 3, "C"), (findings[0].File, findings[0].Line, findings[0].Where));
    }

    [TestMethod]
    public void What_is_no_size_or_follows_from_one_is_fine() => Findings.ExpectNone([.. LimitRules.Check("firmware/LogRecord.cs", """
        class LogRecord
        {
            const int HeaderBytes = 5, Mostly = 3;
            const int MostRows = Limits.Groups * 2;
            const string MaxName = Name;
            int MaxCount = 3;
            byte[] _a = new byte[Limits.NameBytes], _b = new byte[4];
        }
        """)]);
}
