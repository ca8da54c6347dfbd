using System.Globalization;

namespace EdgeChat.Tool.Demo;

/// <summary>Device ids and display names of the demo's boards.</summary>
public static class BoardNames
{
    private static readonly string[] People = ["alice", "bob", "carol", "dave", "erin"];

    /// <summary>The device id of board <paramref name="index"/>, counted from 0: alice, bob, carol, dave, erin, board-06, ...</summary>
    public static string Id(int index)
        => index < People.Length ? People[index] : "board-" + (index + 1).ToString("00", CultureInfo.InvariantCulture);

    /// <summary>The name that people see for a device id: its first letter is a capital.</summary>
    public static string Display(string id) => char.ToUpperInvariant(id[0]) + id[1..];

    /// <summary>The ids as a person lists them: "alice, bob and carol".</summary>
    public static string List(IReadOnlyList<string> ids)
        => ids.Count == 1 ? ids[0] : string.Join(", ", ids.Take(ids.Count - 1)) + " and " + ids[^1];
}
