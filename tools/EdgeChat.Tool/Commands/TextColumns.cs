using System.Globalization;
using EdgeChat.Core;

namespace EdgeChat.Tool.Commands;

/// <summary>How much room text takes in a terminal, and how it is cut to a room: never within a character that a person sees as one, such
/// as a letter with its accents. The console of a board counts the same columns.</summary>
public static class TextColumns
{
    /// <summary>How many columns a text takes.</summary>
    public static int Of(string text) => text.EnumerateRunes().Sum(rune => CharWidth.Of(rune.Value));

    /// <summary>As much of the beginning as there is room for.</summary>
    public static string Begin(string text, int columns)
    {
        int taken = 0, length = 0;
        foreach (string element in Elements(text))
        {
            taken += Of(element);
            if (taken > columns) break;
            length += element.Length;
        }

        return text[..length];
    }

    /// <summary>All of it, or as much of the end as there is room for behind an ellipsis.</summary>
    public static string End(string text, int columns)
    {
        if (Of(text) <= columns) return text;
        int taken = 1, length = 0;
        foreach (string element in Elements(text).Reverse())
        {
            taken += Of(element);
            if (taken > columns) break;
            length += element.Length;
        }

        return "…" + text[^length..];
    }

    /// <summary>All of it in lines of at most so many columns; one line at least.</summary>
    public static IEnumerable<string> Wrap(string text, int columns)
    {
        while (Of(text) > columns)
        {
            string line = Begin(text, columns);
            if (line.Length == 0) break; // one character that is wider than all the room
            yield return line;
            text = text[line.Length..];
        }

        yield return text;
    }

    /// <summary>The text without its last character.</summary>
    public static string WithoutLast(string text) => text.Length == 0 ? "" : text[..^Elements(text).Last().Length];

    private static IEnumerable<string> Elements(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(text, at);
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
