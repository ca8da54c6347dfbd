using System.Globalization;
using System.Text;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>The files of a board's drive, as docs/building-for-the-board.md says.</summary>
public static class BoardFiles
{
    /// <summary>Who the board is.</summary>
    public const string Settings = "edgechat.json";

    /// <summary>The broker's CA.</summary>
    public const string Ca = "ca.pem";

    /// <summary>What is wired where.</summary>
    public const string Board = "board.json";

    private const int MostBytes = 4096; // what a board reads of a file

    /// <summary>All of them, with who the board is as the last one: without it the board says that it is not provisioned.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Of(
        FleetFile fleet, FleetBoard board, BundleFile bundle, int incarnation, string? password)
    {
        var files = new List<(string, byte[])> { (Board, bundle.Bytes(PartKind.Board)) };
        if (fleet.Broker.Ca is { } ca) files.Add((Ca, ca));
        byte[] settings = Encoding.UTF8.GetBytes(SettingsOf(fleet, board, incarnation, password));
        if (settings.Length > MostBytes)
            throw new FleetException(
                $"{Settings} of {board.Id} has {settings.Length} bytes, and a board reads {MostBytes}: name fewer contacts");
        files.Add((Settings, settings));
        return files;
    }

    private static string SettingsOf(FleetFile fleet, FleetBoard board, int incarnation, string? password)
    {
        var pairs = new List<string>
        {
            Pair("id", board.Id), $"\"e\": {incarnation.ToString(CultureInfo.InvariantCulture)}", Pair("name", board.Name),
            Pair("host", fleet.Broker.Host), $"\"port\": {fleet.Broker.Port.ToString(CultureInfo.InvariantCulture)}",
        };
        if (fleet.Broker.Tls) pairs.Add("\"tls\": true");
        if (password is not null) pairs.Add(Pair("password", password));
        if (board.KeepAlive != 60) pairs.Add($"\"keepAlive\": {board.KeepAlive.ToString(CultureInfo.InvariantCulture)}");
        if (board.TimeZone is not null) pairs.Add(Pair("timeZone", board.TimeZone));
        if (board.Contacts.Count > 0) pairs.Add($"\"contacts\": [{string.Join(", ", board.Contacts.Select(Quoted))}]");
        return "{ " + string.Join(", ", pairs) + " }\n";
    }

    private static string Pair(string key, string value) => $"\"{key}\": {Quoted(value)}";

    // The board's library reads no \u escapes, so all but the two characters that must be escaped stand raw.
    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
