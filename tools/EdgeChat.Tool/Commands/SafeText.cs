using System.Text;
using EdgeChat.Cli;

namespace EdgeChat.Tool.Commands;

/// <summary>Text that others have written, as a terminal may get it: no character of it steers the terminal or pretends to be a line of
/// ours. The console of a board shows the same characters the same way.</summary>
public static class SafeText
{
    /// <summary>For a place within a line: line ends and tabs are spaces.</summary>
    public static string Line(string text) => Of(text, " ");

    /// <summary>For a place at the end of a line: what follows a line end stands in a line of its own, behind
    /// <paramref name="indent"/> columns.</summary>
    public static string Paragraph(string text, int indent) => Of(text, '\n' + new string(' ', indent));

    private static string Of(string text, string lineEnd)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            if (c is '\n' or '\u2028' or '\u2029') safe.Append(lineEnd);
            else if (c == '\t') safe.Append(' ');
            else if (TerminalWriter.IsControl(c)) safe.Append((char)TerminalWriter.Harmless);
            else safe.Append(c);
        }

        return safe.ToString();
    }
}
