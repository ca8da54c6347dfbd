using System.CommandLine;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>The options by which a command finds a fleet and opens its store.</summary>
internal sealed class FleetOptions
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
        Description = $"File whose first line is the store's passphrase; without both the variable {Variable}",
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
    public FleetFile Fleet(ParseResult parsed) => FleetReader.Load(parsed.GetValue(_fleet)!);

    /// <summary>Opens the fleet's store.</summary>
    public FleetStore Store(ParseResult parsed, FleetFile fleet, bool mayCreate = false) =>
        FleetStore.Open(fleet.Store, Secret(parsed), $"{Environment.UserName}@{Environment.MachineName}", mayCreate);

    /// <summary>The first line of a file that holds a secret.</summary>
    public static string FirstLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault(l => l.Length > 0) ?? throw new FleetException($"{path} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private StoreSecret Secret(ParseResult parsed)
    {
        if (parsed.GetValue(_key) is { } key) return StoreSecret.KeyFile(key);
        if (parsed.GetValue(_passphrase) is { } file) return StoreSecret.Passphrase(FirstLine(file));
        return StoreSecret.Passphrase(Environment.GetEnvironmentVariable(Variable) ?? throw new ToolException(
            ExitCode.Usage, $"the fleet's store needs --key-file FILE, --passphrase-file FILE or the variable {Variable}"));
    }
}
