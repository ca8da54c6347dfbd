using System.CommandLine;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>The options by which a command finds a fleet and opens its store.</summary>
internal sealed class FleetOptions(ToolHost host)
{
    private const string Variable = "EDGECHAT_FLEET_PASSPHRASE";

    private readonly Option<string> _fleet = new("--fleet")
    {
        Description = "The fleet's file",
        HelpName = "FILE",
        DefaultValueFactory = _ => FleetFile.DefaultName,
    };

    private readonly Option<string?> _key = new("--key-file")
    {
        Description = "Key file that opens the fleet's store (`edgechat fleet key` makes one)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _passphrase = new("--passphrase-file")
    {
        Description = $"File whose first line is the store's passphrase; without both the variable {Variable}, or it is asked for",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_fleet);
        command.Options.Add(_key);
        command.Options.Add(_passphrase);
    }

    /// <summary>Reads and checks the fleet's file.</summary>
    public FleetFile Fleet(ParseResult parsed, FleetFiles needed = FleetFiles.Boards) =>
        FleetReader.Load(parsed.GetValue(_fleet)!, needed);

    /// <summary>Opens the fleet's store.</summary>
    public FleetStore Store(ParseResult parsed, FleetFile fleet, StoreUse use) =>
        FleetStore.Open(fleet.Store, Secret(parsed, fleet), $"{Environment.UserName}@{Environment.MachineName}", use);

    private StoreSecret Secret(ParseResult parsed, FleetFile fleet)
    {
        if (parsed.GetValue(_key) is { } key) return StoreSecret.KeyFile(key);
        string? passphrase = SecretInput.Read(host, parsed.GetValue(_passphrase), Variable, "Passphrase of the fleet's store");
        if (passphrase is null)
            throw new ToolException(
                ExitCode.Usage, $"the fleet's store needs --key-file FILE, --passphrase-file FILE or the variable {Variable}");
        bool isTyped = parsed.GetValue(_passphrase) is null && Environment.GetEnvironmentVariable(Variable) is null;
        if (isTyped && !File.Exists(fleet.Store) && SecretInput.Ask(host, "The same again, for the new store") != passphrase)
            throw new ToolException(ExitCode.Usage, "the two passphrases differ: run the command again");
        return StoreSecret.Passphrase(passphrase);
    }
}
