namespace EdgeChat.Conformance;

/// <summary>What came of compiling sources against the board's API: an image when <see cref="Findings"/> is empty.</summary>
public sealed record Compiled(string Assembly, byte[] Image, byte[] Symbols, IReadOnlyList<Finding> Findings);
