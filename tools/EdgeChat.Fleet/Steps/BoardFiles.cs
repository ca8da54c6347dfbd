using System.Text;
using System.Text.Json.Nodes;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>The files of a board's drive, as docs/building-for-the-board.md says.</summary>
public static class BoardFiles
{
    /// <summary>Who the board is.</summary>
    public const string Settings = "edgechat.json";

    /// <summary>The broker's CA.</summary>
    public const string Ca = "ca.pem";

    /// <summary>The board's own certificate, for a broker that takes those.</summary>
    public const string Certificate = "client.pem";

    /// <summary>The key that belongs to it.</summary>
    public const string Key = "client.key";

    /// <summary>What is wired where.</summary>
    public const string Board = "board.json";

    private const int MostBytes = 4096; // what a board reads of a file

    /// <summary>All of them, with who the board is as the last one: without it the board says that it is not provisioned.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Of(
        FleetFile fleet, FleetBoard board, BundleFile bundle, int incarnation, string? password, byte[]? keys, byte[] orderKey)
    {
        var files = new List<(string, byte[])> { (Board, bundle.Bytes(PartKind.Board)) };
        if (fleet.Broker.Ca is { } ca) files.Add((Ca, ca));
        bool isCertified = fleet.Broker.HasCertificates && password is not null;
        if (isCertified)
        {
            (string certificate, string key) = ClientCertificate.Parts(password!);
            files.Add((Certificate, Encoding.ASCII.GetBytes(certificate)));
            files.Add((Key, Encoding.ASCII.GetBytes(key)));
        }

        byte[] settings = Encoding.UTF8.GetBytes(BoardJson.Write(SettingsOf(fleet, board, incarnation, isCertified ? null : password)));
        if (settings.Length > MostBytes)
            throw new FleetException(
                $"{Settings} of {board.Id} has {settings.Length} bytes, and a board reads {MostBytes}: name fewer contacts");
        if (keys is not null) files.Add((PairKeys.File, keys));
        files.Add((OrderKeys.File, orderKey));
        files.Add((Settings, settings));
        return files;
    }

    private static JsonObject SettingsOf(FleetFile fleet, FleetBoard board, int incarnation, string? password)
    {
        var settings = new JsonObject
        {
            ["id"] = board.Id,
            ["e"] = incarnation,
            ["name"] = board.Name,
            ["operator"] = fleet.Operator,
            ["host"] = fleet.Broker.Host,
            ["port"] = fleet.Broker.Port,
        };
        if (fleet.Broker.Tls) settings["tls"] = true;
        if (password is not null) settings["password"] = password;
        if (board.KeepAlive != 60) settings["keepAlive"] = board.KeepAlive;
        if (board.TimeZone is not null) settings["timeZone"] = board.TimeZone;
        if (board.Contacts.Count > 0) settings["contacts"] = new JsonArray([.. board.Contacts.Select(c => JsonValue.Create(c))]);
        return settings;
    }
}
