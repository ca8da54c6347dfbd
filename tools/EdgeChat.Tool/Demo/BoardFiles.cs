using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo;

/// <summary>Puts a board's own files into its flash: <c>board.json</c> (what is wired where) and <c>edgechat.json</c> (who it
/// is).</summary>
public static class BoardFiles
{
    /// <summary>The file that says what is wired where.</summary>
    public const string BoardFile = "board.json";

    /// <summary>The file that says who the board is.</summary>
    public const string SettingsFile = "edgechat.json";

    /// <summary>The file that says which CA the broker's certificate must come from.</summary>
    public const string CaFile = Fleet.BoardFiles.Ca;

    private const string OfTheDemo = "demo";
    private const string KeptSettings = "settings"; // what the device screen sets

    /// <summary>Writes both files. What somebody has set in an <c>edgechat.json</c> that is there stays, except for the broker's address,
    /// and the other boards are added to its contacts; the time zone is this PC's at each start, until somebody sets another. Throws
    /// <see cref="ToolException"/> when that file cannot be read, and leaves it as it is.</summary>
    /// <param name="folder">The board's flash.</param>
    /// <param name="model">What kind of board it is.</param>
    /// <param name="id">Its device id.</param>
    /// <param name="broker">The broker that it is set up for.</param>
    /// <param name="contacts">The other boards.</param>
    /// <param name="secret">What it logs in with at the demo's own broker, a password or a certificate with its key; null for another
    /// broker, which does not know it.</param>
    /// <param name="ca">The CA of a broker that speaks TLS; null for one that does not.</param>
    public static void Write(
        string folder, BoardModel model, string id, BrokerAddress broker, IReadOnlyList<string> contacts, string? secret, byte[]? ca)
    {
        var path = Path.Combine(folder, SettingsFile);
        var isNew = !File.Exists(path);
        var settings = Read(path, id);
        settings["id"] = id;
        settings["e"] ??= 1;
        settings["name"] ??= BoardNames.Display(id);
        settings["host"] = broker.Host;
        settings["port"] = broker.Port;
        if (ca is not null || settings["tls"] is not null) settings["tls"] = ca is not null;
        settings["keepAlive"] ??= 60;
        SetZone(settings, TimeZoneInfo.Local);
        var certificate = secret is not null && ClientCertificate.Is(secret) ? secret : null;
        SetPassword(settings, certificate is null ? secret : null);
        var known = settings["contacts"]?.AsArray().Select(c => (string?)c).OfType<string>() ?? [];
        settings["contacts"] = new JsonArray([.. known.Union(contacts).Select(c => JsonValue.Create(c))]);
        try
        {
            SetCertificate(settings, folder, certificate);
            if (ca is not null) Replace(Path.Combine(folder, CaFile), Encoding.UTF8.GetString(ca));
            Replace(path, BoardJson.Write(settings));
            Replace(Path.Combine(folder, BoardFile), model.Json);
            // who looks at the page presses no button meanwhile, and a picture of a display wears nothing out
            if (isNew) File.WriteAllText(Path.Combine(folder, Drivers.FileFlash.Prefix + KeptSettings), "sleep=never\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine,
                $"{folder}: cannot write {id}'s settings ({e.Message.TrimEnd('.')}); make the folder writable", e);
        }
    }

    /// <summary>Sets the time zone, unless it is another than the demo has set: then somebody has. Earlier demos wrote an offset, as it
    /// was at the first start.</summary>
    public static void SetZone(JsonObject settings, TimeZoneInfo zone)
    {
        var own = settings[OfTheDemo] is JsonObject demo ? Text(demo, "timeZone") : null;
        var year = DateTimeOffset.UtcNow.Year;
        var isEarlier = settings["utcOffset"] is JsonValue offset && offset.TryGetValue(out int minutes)
            && Enumerable.Range(1, 12).Any(month => zone.GetUtcOffset(
            new DateTime(year, month, 1, 12, 0, 0, DateTimeKind.Utc)).TotalMinutes == minutes);
        if (settings["timeZone"] is null ? settings["utcOffset"] is not null && !isEarlier : Text(settings, "timeZone") != own)
            return;
        settings.Remove("utcOffset");
        settings["timeZone"] = PosixZone.Of(zone, DateTimeOffset.UtcNow);
        Own(settings)["timeZone"] = (string?)settings["timeZone"];
    }

    /// <summary>How a board logs in at the demo's own broker: as its <c>edgechat.json</c> says, or with a new password.</summary>
    public static (string User, string Password) OwnLoginOf(string folder, string id)
    {
        var settings = Read(Path.Combine(folder, SettingsFile), id);
        return (Text(settings, "user") ?? id, Text(settings, "password") ?? Provisioner.NewPassword());
    }

    /// <summary>How a board logs in at <paramref name="broker"/>: as its <c>edgechat.json</c> says, and without one anonymously; with the
    /// certificate that is in its flash, over TLS.</summary>
    /// <param name="folder">The board's flash.</param>
    /// <param name="id">Its device id.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="ca">The CA of a broker that speaks TLS; null for one that does not.</param>
    public static BrokerLogin LoginOf(string folder, string id, BrokerAddress broker, byte[]? ca)
    {
        var settings = Read(Path.Combine(folder, SettingsFile), id);
        var password = Text(settings, "password");
        var tls = ca is null ? null : BrokerTls.Trusting(BrokerTls.Read(ca), ClientFiles.OfBoard(folder));
        return new BrokerLogin(broker, Text(settings, "user") ?? (password is null ? null : id), password, tls);
    }

    // a password that the demo has made is for its own broker alone
    private static void SetPassword(JsonObject settings, string? password)
    {
        var isOurs = settings[OfTheDemo] is JsonObject demo && demo["password"] is not null;
        if (password is null && isOurs)
        {
            settings.Remove("password");
            Own(settings).Remove("password");
        }
        else if (password is not null && settings["password"] is null)
        {
            settings["password"] = password;
            Own(settings)["password"] = true;
        }
    }

    // so is a certificate; one that somebody has put there is for another broker, and is not written over
    private static void SetCertificate(JsonObject settings, string folder, string? certificate)
    {
        string[] paths = [Path.Combine(folder, Fleet.BoardFiles.Certificate), Path.Combine(folder, Fleet.BoardFiles.Key)];
        var isOurs = settings[OfTheDemo] is JsonObject demo && demo["certificate"] is not null;
        if (certificate is not null && !isOurs && paths.FirstOrDefault(Path.Exists) is { } other)
            throw new ToolException(ExitCode.Flash,
                $"{other}: is for another broker, and the one inside makes its own: take another folder for --data, or move it away");
        if (certificate is not null)
        {
            (string text, string key) = ClientCertificate.Parts(certificate);
            BrokerFile.WriteAll(folder, [
                new BrokerFile(Fleet.BoardFiles.Key, key, IsSecret: true), new BrokerFile(Fleet.BoardFiles.Certificate, text),
            ]);
            Own(settings)["certificate"] = true;
        }
        else if (isOurs)
        {
            foreach (var path in paths) File.Delete(path);
            Own(settings).Remove("certificate");
        }
    }

    // what the demo has set itself
    private static JsonObject Own(JsonObject settings)
    {
        if (settings[OfTheDemo] is JsonObject own)
            return own;
        own = [];
        settings[OfTheDemo] = own;
        return own;
    }

    // what is no text is for the board itself to complain about
    private static string? Text(JsonObject settings, string key) =>
        settings[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonObject Read(string path, string id)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            var settings = JsonNode.Parse(SmallFile.Text(path))?.AsObject() ?? throw new JsonException("it is null");
            // Both are used below, so that a wrong type shows here, with the file's name.
            _ = settings["contacts"]?.AsArray().Select(c => (string?)c).ToArray();
            if (settings["id"] is { } other && (string?)other != id)
                throw new JsonException($"it belongs to '{other}'");
            if (BoardKeys.FaultOf(settings, BoardKeys.Settings) is { } fault) throw new JsonException(fault);
            if (Text(settings, "name") is { } name && name.Any(char.IsControl))
                throw new JsonException("\"name\" has a control character, which no display shows");
            return settings;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            var line = (e as JsonException)?.LineNumber is { } n ? $" in line {n + 1}" : "";
            throw new ToolException(
                ExitCode.Flash,
                $"{path}: these are not the settings of board {id}{line} ({e.Message.Split('\n')[0].TrimEnd('.')}): correct the file, " +
                "or delete it to have it written anew; messages are in other files and stay",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Flash, $"{path}: cannot be read ({e.Message.TrimEnd('.')}); make it readable", e);
        }
    }

    // The old file stays whole until the new one is.
    private static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
