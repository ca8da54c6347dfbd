using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeChat.Bundle;

/// <summary>Writes JSON as a board reads it: its reader takes no <c>\u</c> escapes, and .NET's writer escapes what is beyond the basic
/// plane, for private use or not assigned (RFC 8259, 7), whatever its encoder allows.</summary>
public static partial class BoardJson
{
    /// <summary>The text of a board's file, ended by a line end. No value may have control characters.</summary>
    public static string Write(JsonNode node) => Escape().Replace(node.ToJsonString(ToolJson.File), match => match.Groups["unit"].Success
        ? ((char)int.Parse(match.Groups["unit"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()
        : match.Value) + "\n";

    // one escape after another, so that a backslash that stands for itself begins none; control characters stay escaped (RFC 8259, 7)
    [GeneratedRegex(@"\\(?:u(?!00[01])(?<unit>[0-9a-fA-F]{4})|.)")]
    private static partial Regex Escape();
}
