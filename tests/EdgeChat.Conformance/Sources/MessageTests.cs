namespace EdgeChat.Conformance;

[TestClass]
public class MessageTests
{
    public static IEnumerable<object[]> Projects => FirmwareProject.All.Where(p => p.Folder.StartsWith("tests/", StringComparison.Ordinal))
        .Select(p => new object[] { p.Name });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void What_a_failing_test_says_can_be_read(string name) => Findings.ExpectNone(
        [.. FirmwareProject.All.Single(p => p.Name == name).Sources.SelectMany(f =>
            MessageRules.Check(Repository.Relative(f), File.ReadAllText(f)))]);

    [TestMethod]
    [DataRow("Assert.AreEqual(1, 2, \"one, two\");")]
    [DataRow("Assert.IsTrue(n > 1, \"line\\nbreak\");")]
    [DataRow("Assert.IsTrue(n > 1, \"only \" + n + \", not more\");")]
    [DataRow("Assert.IsTrue(n > 1, $\"only {n}, not more\");")]
    [DataRow("string where = \"seed \" + n + \", \"; string all = where + n; Assert.AreEqual(1, n, all + 2);")]
    [DataRow("throw new System.Exception(\"one, two\");")]
    public void A_comma_or_a_line_break_is_found(string statements)
    {
        Finding[] findings = [.. MessageRules.Check("tests/T.cs", "class T\n{\n    void M(int n) { " + statements + " }\n}")];
        Assert.HasCount(1, findings);
        Assert.AreEqual(3, findings[0].Line);
    }

    [TestMethod]
    public void Commas_elsewhere_are_not_asked_for() => Findings.ExpectNone([.. MessageRules.Check("tests/T.cs", """
        class T
        {
            void M(int n)
            {
                Assert.AreEqual("a,b", F("c,d", n));
                Assert.AreEqual("a,b", Name, "a and b");
                Assert.IsTrue(F("a,b"), "so");
            }
        }
        """)]);
}
