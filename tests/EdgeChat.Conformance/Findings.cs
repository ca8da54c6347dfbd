namespace EdgeChat.Conformance;

/// <summary>Tests fail with everything that was found, not with the first.</summary>
public static class Findings
{
    /// <summary>Fails the running test with all findings, one a line.</summary>
    public static void ExpectNone(IReadOnlyList<Finding> findings)
    {
        if (findings.Count > 0) Assert.Fail(findings.Count + " finding(s)\n" + string.Join('\n', findings));
    }
}
