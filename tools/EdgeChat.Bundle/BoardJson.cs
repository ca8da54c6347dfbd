using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeChat.Bundle;

/// <summary>Writes JSON as a board reads it: its reader takes no <c>\u</c> escapes, and .NET's writer escapes what is beyond the basic
/// plane (RFC 8259, 7), whatever its encoder allows.</summary>
public static partial class BoardJson
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a board's file, ended by a line end.</summary>
    public static string Write(JsonNode node) => Escape().Replace(node.ToJsonString(Layout), match => match.Groups["high"].Success
        ? new string([Unit(match.Groups["high"].Value), Unit(match.Groups["low"].Value)])
        : match.Value) + "\n";

    private static char Unit(string digits) => (char)int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // one escape after another, so that a backslash that stands for itself begins none
    [GeneratedRegex(@"\\(?:u(?<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?<low>[dD][c-fC-F][0-9a-fA-F]{2})|.)")]
    private static partial Regex Escape();
}
