using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>The options that say for one board what a fleet file says for many. They are checked as a fleet file is.</summary>
internal sealed class OneBoardOptions(ToolHost host)
{
    private const string WifiVariable = "EDGECHAT_WIFI_PASSWORD";
    private const string Source = "the command line";

    private readonly Option<string?> _broker = Text("--broker", "[mqtt[s]://]HOST[:PORT]",
        "One board without a fleet file, with --id: the broker, as the board reaches it");

    private readonly Option<string?> _bundle = Text("--bundle", "FILE", "With --broker: what the board is flashed with");
    private readonly Option<string?> _trust = Text("--trust", "FILE", "With --broker: public key that must have signed the bundle");
    private readonly Option<string?> _ca = Text("--ca", "FILE", "With --broker mqtts://: the CA's certificate (PEM)");
    private readonly Option<string?> _name = Text("--name", "NAME", "With --broker: what others see");
    private readonly Option<string[]> _contacts = new("--contact")
    {
        Description = "With --broker: a device id that it chats with; may be given again",
        HelpName = "ID",
    };

    private readonly Option<string?> _zone = Text("--time-zone", "ZONE", "With --broker: as POSIX writes it");
    private readonly Option<string?> _wifi = Text("--wifi", "SSID", "With --broker: the Wi-Fi that it joins");
    private readonly Option<string?> _wifiPassword = Text("--wifi-password-file", "FILE",
        $"File whose first line is the Wi-Fi's password; without it the variable {WifiVariable}, or it is asked for");

    private readonly Option<string?> _passwords = Text("--passwords", "FILE",
        "With --broker: Mosquitto's password file, which gets the board's password");

    private readonly Option<string?> _clients = Text("--client-ca", "FILE",
        "With --broker mqtts://: clients.pem of a broker that wants certificates, in the place of passwords");

    private readonly Option<string?> _pid = Text("--pid-file", "FILE",
        "With --passwords or --client-ca: the file with Mosquitto's process id, to have it read them again");

    private readonly Option<string?> _command = Text("--credentials-command", "COMMAND",
        "With --broker: program that sets and removes passwords at the broker");

    private readonly Option<string?> _labels = Text("--labels", "DIR", "With --broker: folder for the label");
    private readonly Option<string?> _store = Text("--store", "FILE", "With --broker: the file of what was given to whom (fleet.db)");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option<string?> option in Texts()) command.Options.Add(option);
        command.Options.Add(_contacts);
    }

    /// <summary>The fleet of one board; null when there is no <c>--broker</c>.</summary>
    public FleetFile? Fleet(ParseResult parsed, string? id)
    {
        if (parsed.GetValue(_broker) is not { } broker)
        {
            Option? lost = Texts().Cast<Option>().Append(_contacts).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false });
            return lost is null ? null : throw Wrong($"{lost.Name} is for one board without a fleet file: give --broker and --id too");
        }

        if (id is null) throw Wrong("--broker is for one board without a fleet file: say with --id who it becomes");
        if (parsed.GetValue(_bundle) is null) throw Wrong("--broker: give --bundle, which the board is flashed with");
        try
        {
            return FleetReader.Read(Source, Yaml(parsed, id, BrokerAddress.Parse(broker)).ToJsonString(ToolJson.Line));
        }
        catch (FleetException e)
        {
            throw new ToolException(ExitCode.Usage, e.Message.Replace(": line 1: ", ": ", StringComparison.Ordinal), e);
        }
    }

    /// <summary>The Wi-Fi of that board; null when none was named.</summary>
    public WifiLogin? Wifi(ParseResult parsed)
    {
        if (parsed.GetValue(_wifi) is not { } ssid) return null;
        string? password = SecretInput.Read(host, parsed.GetValue(_wifiPassword), WifiVariable, $"Password of the Wi-Fi {ssid}");
        return new WifiLogin(ssid, password ?? throw Wrong(
            $"--wifi {ssid}: its password is missing: give --wifi-password-file FILE or the variable {WifiVariable}, empty for none"));
    }

    // JSON is YAML (YAML 1.2, section 1.3), so the reader of fleet files checks what was given here
    private JsonObject Yaml(ParseResult parsed, string id, BrokerAddress address)
    {
        var broker = new JsonObject { ["host"] = address.Host, ["port"] = address.Port.ToString() };
        if (address.IsTls) broker["tls"] = "true";
        Add(broker, "ca", _ca);
        Add(broker, "passwords", _passwords);
        Add(broker, "client-ca", _clients);
        Add(broker, "pid-file", _pid);
        Add(broker, "command", _command);
        if (broker.ContainsKey("command") && !broker.ContainsKey("passwords")) broker["credentials"] = "command";
        else if (broker.ContainsKey("passwords") || broker.ContainsKey("client-ca")) broker["credentials"] = "mosquitto";
        string[] contacts = parsed.GetValue(_contacts) ?? [];
        var board = new JsonObject { ["contacts"] = Array(contacts) };
        Add(board, "name", _name);
        Add(board, "time-zone", _zone);
        var fleet = new JsonObject
        {
            ["fleet"] = "EdgeChat",
            ["peers"] = Array(contacts),
            ["broker"] = broker,
            ["boards"] = new JsonObject { [id] = board },
        };
        Add(fleet, "bundle", _bundle);
        Add(fleet, "trust", _trust);
        Add(fleet, "labels", _labels);
        Add(fleet, "store", _store);
        if (parsed.GetValue(_wifi) is { } ssid) fleet["wifi"] = new JsonObject { ["ssid"] = ssid };
        return fleet;

        void Add(JsonObject to, string key, Option<string?> option)
        {
            if (parsed.GetValue(option) is { } value) to[key] = value;
        }
    }

    private static JsonArray Array(string[] texts) => [.. texts.Select(t => JsonValue.Create(t))];

    private Option<string?>[] Texts() =>
    [
        _broker, _bundle, _trust, _ca, _name, _zone, _wifi, _wifiPassword, _passwords, _clients, _pid, _command, _labels, _store,
    ];

    private static Option<string?> Text(string name, string value, string what) => new(name) { Description = what, HelpName = value };

    private static ToolException Wrong(string what) => new(ExitCode.Usage, what);
}
