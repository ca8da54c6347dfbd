using System.Globalization;
using System.Text;

namespace EdgeChat.TableTool;

/// <summary>Members of the classes that this tool writes.</summary>
internal static class Members
{
    /// <summary>A string constant, and a blank line.</summary>
    public static void Constant(StringBuilder text, string summary, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture,
            $"    /// <summary>{summary}</summary>\n    internal const string {name} =\n        {Literal.Source(value, 8)};\n\n");

    /// <summary>The cases of a <c>switch</c> in a method that gives a literal for each label, the default, and the end of the
    /// method.</summary>
    public static void Cases(StringBuilder text, IEnumerable<(string Label, string Value)> cases, string otherwise)
    {
        foreach (var (label, value) in cases)
            text.Append(CultureInfo.InvariantCulture, $"            case {label}:\n                return {Literal.Source(value, 20)};\n");
        text.Append(CultureInfo.InvariantCulture, $"            default:\n                return {otherwise};\n        }}\n    }}\n");
    }
}
