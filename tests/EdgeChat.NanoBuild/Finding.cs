namespace EdgeChat.NanoBuild;

/// <summary>One thing that the board could not run or would run otherwise: where, what, and what to do instead.</summary>
public sealed record Finding(string File, int Line, string Where, string What, string Cure)
{
    /// <inheritdoc/>
    public override string ToString() =>
        File + (Line > 0 ? ":" + Line : "") + (Where.Length > 0 ? ": " + Where : "") + ": " + What + ". " + Cure;
}
