namespace EdgeChat.Conformance;

/// <summary>One thing that the board could not run or would run otherwise: where, what, and what to do instead.</summary>
public sealed record Finding(string File, int Line, string Where, string What, string Cure)
{
    /// <inheritdoc/>
    public override string ToString() => File + (Line > 0 ? ":" + Line : "") + (Where.Length > 0 ? ": " + Where : "") + ": " + What + ". " + Cure;

    /// <summary>Fails the running test with all findings, one a line.</summary>
    public static void ExpectNone(IReadOnlyList<Finding> findings)
    {
        if (findings.Count > 0) Assert.Fail(findings.Count + " finding(s)\n" + string.Join('\n', findings));
    }
}
