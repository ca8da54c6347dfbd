using System.Text;
using System.Text.RegularExpressions;
using EdgeChat.Bundle;
using EdgeChat.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EdgeChat.Fleet;

/// <summary>Reads a fleet file and checks all of it, before the first board.</summary>
public static partial class FleetReader
{
    private const int MostPem = 4096; // what a board reads of a file
    private const int MostDepth = 32; // the deepest value of a fleet file has 6
    private const string Twice = "Duplicate key "; // as YamlDotNet says it
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    /// <summary>Reads a file; throws <see cref="FleetException"/> with every fault, one a line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="needed">Which of the files that it names must be there.</param>
    public static FleetFile Load(string path, FleetFiles needed = FleetFiles.Boards)
    {
        try
        {
            return Read(path, SmallFile.Text(path), needed);
        }
        catch (FileNotFoundException e)
        {
            throw new FleetException($"{path}: there is no such file; `edgechat fleet init` writes a first one", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>Reads what stands in a file; other files that it names are relative to its folder.</summary>
    public static FleetFile Read(string path, string text, FleetFiles needed = FleetFiles.Boards)
    {
        var faults = new List<string>();
        var files = new FleetFolder(path, needed);
        var root = new YamlSection(Root(path, text), "", faults);
        FleetFile fleet = Read(path, files, root, faults);
        FleetChecks.Check(fleet, faults);
        if (files.Needs(FleetFiles.Boards) && faults.Count == 0) AclCheck.Check(fleet, root.Section("broker")!);
        return faults.Count == 0 ? fleet : throw new FleetException(string.Join('\n', faults.Distinct().Select(f => $"{path}: {f}")));
    }

    /// <summary>Whether that is a MAC as a fleet file and a store have it: lower case with colons.</summary>
    internal static bool IsMac(string text) => Mac().IsMatch(text);

    private static FleetFile Read(string path, FleetFolder files, YamlSection root, List<string> faults)
    {
        string bundle = files.Existing(root, "bundle", FleetFiles.Boards, "make one with `edgechat bundle make`");
        string zone = Zone(root) ?? "";
        int keepAlive = root.Number("keep-alive", 5, 3600, 60);
        var fleet = new FleetFile
        {
            Path = path,
            Name = root.Text("fleet", 32, isRequired: true) ?? "",
            Operator = Id(root, "operator", root.Text("operator", Topics.MaxIdLength) ?? "fleet"),
            Trust = Or(files.Existing(root, "trust", FleetFiles.Boards, "it is the .pub of `edgechat bundle key`")),
            Labels = root.Text("labels") is { } labels ? files.At(labels) : null,
            Store = files.At(root.Text("store") ?? "fleet.db"),
            Seals = root.Flag("seal", false),
            Peers = root.Texts("peers", Limits.Peers),
            Broker = Broker(root, files),
            Wifi = Wifi(root, files),
            Groups = [.. root.Sections("groups").Select(g => Group(g.Name, g.Section, faults))],
            Boards = [.. root.Sections("boards", isRequired: true).Select(b => Board(b.Name, b.Section, files, bundle, zone, keepAlive))],
        };
        if (File.Exists(fleet.Labels)) root.Wrong("labels", $"names a file that is there, and must be a folder ({fleet.Labels})");
        if (Directory.Exists(fleet.Store)) root.Wrong("store", $"names a folder, and must be a file ({fleet.Store})");
        root.RefuseOthers();
        return fleet;
    }

    private static FleetBroker Broker(YamlSection root, FleetFolder files)
    {
        YamlSection? broker = root.Section("broker", isRequired: true);
        if (broker is null) return new FleetBroker { Host = "", Port = PlainPort };
        bool tls = broker.Flag("tls", false);
        if (broker.Text("host", Limits.HostCharacters) is { } host && !HostName.IsSound(host)) broker.Wrong("host", HostName.Rule);
        string? word = broker.Word("credentials", "none", "mosquitto", "nats", "dynamic-security", "command");
        var kind = word switch
        {
            "mosquitto" => CredentialKind.Mosquitto,
            "nats" => CredentialKind.Nats,
            "dynamic-security" => CredentialKind.DynamicSecurity,
            "command" => CredentialKind.Command,
            _ => CredentialKind.None,
        };
        string ca = files.Existing(broker, "ca", FleetFiles.Broker, "it is the certificate of the CA that has signed the broker's");
        if (tls && ca.Length == 0 && !broker.Has("ca") && files.Needs(FleetFiles.Broker))
            broker.Wrong("ca", "is missing: with tls boards need the CA's certificate");
        var result = new FleetBroker
        {
            Host = broker.Text("host", 128, isRequired: true) ?? "",
            Port = broker.Number("port", 1, 65535, tls ? TlsPort : PlainPort),
            Tls = tls,
            Ca = tls && files.Needs(FleetFiles.Broker) && File.Exists(ca) ? Pem(broker, ca) : null,
            Credentials = kind,
            Passwords = broker.Text("passwords") is { } passwords ? files.At(passwords) : null,
            ClientCa = Or(files.Existing(broker, "client-ca", FleetFiles.Broker, "it is clients.pem of the broker's folder")),
            PidFile = broker.Text("pid-file") is { } pid ? files.At(pid) : null,
            Admin = broker.Text("admin"),
            AdminPasswordFile = Or(files.Existing(
                broker, "admin-password-file", FleetFiles.Broker, "its first line is the administrator's password")),
            Role = broker.Text("role"),
            Command = broker.Text("command") is { } command ? files.At(command) : null,
            Acl = Or(files.Existing(broker, "acl", FleetFiles.Boards, "it is Mosquitto's acl_file")),
        };
        bool isListed = kind is CredentialKind.Mosquitto && !result.HasCertificates || kind is CredentialKind.Nats;
        if (result.HasCertificates && !tls) broker.Wrong("client-ca", "is for tls: true");
        if (result.HasCertificates && kind is CredentialKind.None or CredentialKind.DynamicSecurity)
            broker.Wrong("client-ca", "is for the credentials mosquitto, nats and command");
        Needs(
            broker, isListed, "passwords", result.Passwords,
            "Mosquitto's password_file, or the file with NATS's users");
        Needs(broker, kind == CredentialKind.DynamicSecurity, "admin", result.Admin, "the plugin's administrator");
        Needs(
            broker, kind == CredentialKind.DynamicSecurity, "admin-password-file", result.AdminPasswordFile,
            "a file whose first line is the administrator's password");
        Needs(broker, kind == CredentialKind.DynamicSecurity, "role", result.Role, "the role that gives boards their rights");
        Needs(broker, kind == CredentialKind.Command, "command", result.Command, "a program that sets and removes passwords");
        broker.RefuseOthers();
        return result;
    }

    private static FleetWifi? Wifi(YamlSection root, FleetFolder files)
    {
        YamlSection? wifi = root.Section("wifi");
        if (wifi is null) return null;
        string? ssid = wifi.Text("ssid", 32, isRequired: true);
        if (ssid is not null && Encoding.UTF8.GetByteCount(ssid) > 32) wifi.Wrong("ssid", "must have at most 32 bytes in UTF-8");
        string password = files.Existing(wifi, "password-file", FleetFiles.Boards, "its first line is the password");
        wifi.RefuseOthers();
        return new FleetWifi(ssid ?? "", Or(password));
    }

    private static FleetGroup Group(string id, YamlSection group, List<string> faults)
    {
        if (!Topics.IsDeviceId(id)) faults.Add($"group \"{id}\": an id has 1 to {Topics.MaxIdLength} characters of a-z, 0-9 and -");
        var result = new FleetGroup(
            id, group.Text("name", 64) ?? id, group.Texts("members", Limits.GroupMembers), group.Texts("admins", Limits.GroupMembers))
        {
            Seals = group.Flag("seal", false),
        };
        foreach (string admin in result.Admins.Except(result.Members)) group.Wrong("admins", $"names {admin}, who is no member");
        if (result.Members.Count == 0) group.Wrong("members", "must name somebody");
        group.RefuseOthers();
        return result;
    }

    private static FleetBoard Board(string id, YamlSection board, FleetFolder files, string bundle, string zone, int keepAlive)
    {
        string own = files.Existing(board, "bundle", FleetFiles.Boards, "make one with `edgechat bundle make`");
        if (own.Length == 0 && bundle.Length == 0 && !board.Has("bundle") && files.Needs(FleetFiles.Boards))
            board.Wrong("bundle", "is missing, here and for the whole fleet: make one with `edgechat bundle make`");
        string? mac = board.Text("mac", 17)?.ToLowerInvariant().Replace('-', ':');
        if (mac is not null && !Mac().IsMatch(mac)) board.Wrong("mac", "must be six pairs of hexadecimal digits with colons");
        var result = new FleetBoard
        {
            Id = id,
            Name = board.Text("name", 32) ?? id,
            Bundle = own.Length > 0 ? own : bundle,
            Mac = mac,
            Contacts = board.Texts("contacts", Limits.Contacts),
            TimeZone = Zone(board) ?? Or(zone),
            KeepAlive = board.Number("keep-alive", 5, 3600, keepAlive),
        };
        if (result.Name.Any(char.IsControl)) board.Wrong("name", "must have no control characters");
        board.RefuseOthers();
        return result;
    }

    private static string? Zone(YamlSection section)
    {
        string? zone = section.Text("time-zone", 64);
        if (zone is null || ZoneRule.Parse(zone) is not null) return zone;
        section.Wrong("time-zone", "must be as POSIX writes it, such as CET-1CEST,M3.5.0,M10.5.0/3");
        return null;
    }

    private static string Id(YamlSection section, string key, string id)
    {
        if (!Topics.IsDeviceId(id)) section.Wrong(key, $"must have 1 to {Topics.MaxIdLength} characters of a-z, 0-9 and -");
        return id;
    }

    private static byte[]? Pem(YamlSection broker, string path)
    {
        byte[] pem = SmallFile.Bytes(path);
        string text = Encoding.Latin1.GetString(pem);
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal)) broker.Wrong("ca",
            "holds a private key, which must not leave this machine");
        if (!text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)) broker.Wrong("ca", "is no certificate in PEM");
        if (pem.Length > MostPem) broker.Wrong("ca", $"has {pem.Length} bytes, and a board reads {MostPem}");
        return pem;
    }

    private static void Needs(YamlSection broker, bool isNeeded, string key, string? value, string what)
    {
        if (isNeeded && value is null && !broker.Has(key)) broker.Wrong(key, $"is missing: {what}");
        if (!isNeeded && value is not null && key != "passwords") broker.Wrong(key, "is for other credentials than these");
    }

    private static string? Or(string text) => text.Length == 0 ? null : text;

    private static YamlMappingNode Root(string path, string text)
    {
        try
        {
            CheckDepth(path, text);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }]) return root;
        }
        catch (YamlException e)
        {
            throw new FleetException($"{path}: line {LineOf(e, text)}: {Fault(e.Message.TrimEnd('.'))}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            // what YamlDotNet throws of some that is not YAML, a "[" in the middle of a list for one
            throw new FleetException($"{path}: is not YAML; look for a bracket or a quote that does not end", e);
        }

        throw new FleetException($"{path} must be one YAML mapping; `edgechat fleet init` writes one");
    }

    // of a tab and of an anchor YamlDotNet names a line before; what ends in another line than it begins in began well
    private static int LineOf(YamlException e, string text)
    {
        Match alias = Anchor().Match(e.Message);
        int at = alias.Success ? text.IndexOf("*" + alias.Groups["name"].Value, StringComparison.Ordinal)
            : e.Message.Contains(" tab ", StringComparison.Ordinal) && Tab().Match(text) is { Success: true } tab ? tab.Index : -1;
        return at < 0 ? (int)e.End.Line : text.AsSpan(0, at).Count('\n') + 1;
    }

    private static string Fault(string message) => message.StartsWith(Twice, StringComparison.Ordinal)
        ? $"\"{message[Twice.Length..]}\" stands twice in one mapping: take one of them away"
        : $"is not YAML ({message}): indent with spaces and no tabs, and put a text with : # * & [ or {{ in it in quotes";

    // the tree is built by recursion, whose end nobody could tell of; the events before it are not
    private static void CheckDepth(string path, string text)
    {
        var parser = new Parser(new StringReader(text));
        for (int depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MostDepth) throw new FleetException(
                $"{path}: line {parser.Current.Start.Line}: is nested more deeply than any fleet file");
        }
    }

    [GeneratedRegex("^[0-9a-f]{2}(:[0-9a-f]{2}){5}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mac();

    [GeneratedRegex("^The anchor '(?<name>.*)' does not", RegexOptions.CultureInvariant)]
    private static partial Regex Anchor();

    [GeneratedRegex("^ *\t", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Tab();
}
