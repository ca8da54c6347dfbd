using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Core;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>The command line of <c>edgechat chat</c>.</summary>
public static class ChatCommand
{
    private const string PasswordVariable = "EDGECHAT_PASSWORD";

    private const string Description = """
        Chats from this PC as a device of its own, with the messenger that the boards run.

        In a terminal: a conversation, with its history. In a pipe: each line of the input is a message, and the command
        succeeds only when all are in the recipient's flash: echo hi | edgechat chat --as carol --to alice
        A secret comes from the variable EDGECHAT_PASSWORD or from --password-file, never from the command line.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var me = new Option<string>("--as") { Description = "Device id to chat as", HelpName = "ID", Required = true };
        var to = new Option<string?>("--to") { Description = "Device or group to chat with", HelpName = "ID" };
        var broker = new Option<string>("--broker")
        {
            Description = "The broker",
            HelpName = "[mqtt[s]://]HOST[:PORT]",
            DefaultValueFactory = _ => "127.0.0.1:1883",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Folder of the history (default on Linux: ~/.local/share/edgechat/ID)",
            HelpName = "DIR",
        };
        var timeout = new Option<int>("--timeout")
        {
            Description = "In a pipe: seconds to wait for the receipts",
            HelpName = "S",
            DefaultValueFactory = _ => 60,
        };
        var incarnation = new Option<int>("--incarnation")
        {
            Description = "Life of the device id, as provisioned",
            HelpName = "E",
            DefaultValueFactory = _ => 1,
        };
        var password = new Option<string?>("--password-file") { Description = "File whose first line is the secret", HelpName = "FILE" };
        var key = new Option<string?>("--key-file")
        {
            Description = "File whose first line is the key that --to has made (its command: key make)",
            HelpName = "FILE",
        };
        var tls = new Option<bool>("--tls") { Description = "Connect with TLS 1.2 or later; the broker's certificate is always checked" };
        var ca = new Option<FileInfo?>("--ca") { Description = "The fleet's CA certificate (PEM), for --tls", HelpName = "FILE" };
        var cert = new Option<FileInfo?>("--cert") { Description = "The device's certificate (PEM), for --tls", HelpName = "FILE" };
        var certKey = new Option<FileInfo?>("--key") { Description = "The key of --cert (PEM)", HelpName = "FILE" };
        var commands = new Option<bool>("--commands")
        {
            Description = "In a pipe: lines that begin with / are commands about messages, as in a terminal",
        };
        var json = JsonOption.Create("One JSON object a line: each change of a tick, then the sum");
        var command = new Command("chat", Description)
        {
            me, to, broker, data, timeout, incarnation, password, key, tls, ca, cert, certKey, commands, json,
        };
        command.SetAction((parsed, _) =>
        {
            string id = Id("--as", parsed.GetValue(me)!);
            BrokerAddress address = BrokerAddress.Parse(parsed.GetValue(broker)!);
            bool isTls = parsed.GetValue(tls) || address.IsTls;
            if (parsed.GetValue(ca) != null && !isTls) throw Wrong("--ca", "is for --tls: add --tls");
            X509Certificate2? client = ClientFiles.OfOptions(parsed.GetValue(cert), parsed.GetValue(certKey));
            if (client is not null && !isTls) throw Wrong("--cert", "is for --tls: add --tls");
            int seconds = parsed.GetValue(timeout);
            if (seconds is < 1 or > 86_400) throw Wrong("--timeout " + seconds, "give 1 to 86400 seconds");
            if (parsed.GetValue(to) == id) throw Wrong("--to " + id, "that is you, as --as says: name another device, or a group");
            if (parsed.GetValue(key) != null && parsed.GetValue(to) == null) throw Wrong("--key-file", "is for --to: add --to ID");
            int life = parsed.GetValue(incarnation);
            if (life is < 1 or > Body.MaxIncarnation) throw Wrong("--incarnation " + life, $"give 1 to {Body.MaxIncarnation}");
            return new ChatRun(
                new ChatSettings
                {
                    As = id,
                    To = parsed.GetValue(to) is { } other ? Id("--to", other) : null,
                    Broker = BrokerLogin.Of(
                        address,
                        id,
                        parsed.GetValue(password) is { } secret
                            ? SecretInput.FirstLine(secret)
                            : Environment.GetEnvironmentVariable(PasswordVariable),
                        isTls
                            ? BrokerTls.Trusting(parsed.GetValue(ca) is { } file ? BrokerTls.Read(BrokerTls.File(file)) : null, client)
                            : null),
                    Data = Path.GetFullPath(parsed.GetValue(data) ?? DefaultFolder(id)),
                    Patience = TimeSpan.FromSeconds(seconds),
                    Key = parsed.GetValue(key) is { } letters ? SecretInput.FirstLine(letters) : null,
                    TakesCommands = parsed.GetValue(commands),
                    PrintsJson = parsed.GetValue(json),
                    Incarnation = life,
                },
                host).RunAsync();
        });
        return command;
    }

    private static string Id(string option, string id) =>
        Topics.IsDeviceId(id) ? id : throw Wrong($"{option} {id}", "not a device id: 1 to 16 characters of a-z 0-9 -");

    private static string DefaultFolder(string id) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "edgechat", id);

    private static ToolException Wrong(string what, string why) => new(ExitCode.Usage, what + ": " + why);
}
