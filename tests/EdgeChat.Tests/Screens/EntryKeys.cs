using System.Text;
using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>What the keys stand for while a text is written, and the presses that write what is wanted.</summary>
internal static class EntryKeys
{
    private const string More = "⋯";
    private const int MostPresses = 20;

    /// <summary>The keys that choose, from left to right.</summary>
    public static readonly Key[] All = [Key.Up, Key.Ok, Key.Down];

    /// <summary>What a key stands for now.</summary>
    public static string Group(TextEntry entry, Key key)
    {
        var group = new byte[512];
        return Encoding.UTF8.GetString(group, 0, entry.Describe(key, group));
    }

    /// <summary>Whether a key stands for a candidate, alone or among others.</summary>
    public static bool IsOffered(TextEntry entry, string candidate) => IndexOf(entry, candidate) >= 0;

    /// <summary>Presses what leads to a candidate, over the page of more signs where it is not offered; gives the number of
    /// presses.</summary>
    /// <param name="entry">Where it is chosen.</param>
    /// <param name="candidate">What is chosen.</param>
    /// <param name="press">Presses a key, or null for the entry's own way.</param>
    public static int Choose(TextEntry entry, string candidate, Action<Key>? press = null)
    {
        int presses = 0;
        bool isFound;
        do
        {
            int at = IndexOf(entry, candidate);
            isFound = at >= 0;
            if (!isFound) at = IndexOf(entry, More);
            Assert.IsTrue(at >= 0 && presses < MostPresses, $"\"{candidate}\" cannot be written");
            if (press != null) press(All[at]);
            else Assert.IsTrue(entry.Press(All[at]));
            presses++;
        }
        while (!isFound || entry.IsChoosing);
        return presses;
    }

    /// <summary>What has been written.</summary>
    public static string TextOf(TextEntry entry) => Encoding.UTF8.GetString(entry.Text, 0, entry.Count);

    private static int IndexOf(TextEntry entry, string candidate) =>
        Array.FindIndex(All, k => Group(entry, k).Contains(candidate, StringComparison.Ordinal));
}
