namespace EdgeChat.Tests;

/// <summary>Whether what a test has made is to be the approved one from now on: <c>EDGECHAT_APPROVE</c> says of which.</summary>
/// <remarks>It is a list of names with commas between them, as the failures say them, with <c>*</c> for any letters.
/// Only these are written; all others are compared as ever.</remarks>
internal static class Approval
{
    /// <summary>Whether the file of that name is to be written.</summary>
    public static bool Takes(string name) => Takes(name, Environment.GetEnvironmentVariable("EDGECHAT_APPROVE"));

    /// <summary>The same for a given list.</summary>
    public static bool Takes(string name, string? list) => (list ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    /// <summary>What to do when the approved one is another, for the end of a failure.</summary>
    public static string Cure(string name) => $"look at the difference, and if it is meant run this test with EDGECHAT_APPROVE={name}";
}
