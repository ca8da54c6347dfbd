using System.CommandLine;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>The command line of <c>edgechat fleet</c>.</summary>
public static class FleetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host) => new("fleet", "The boards of a fleet: its file, and the store of what was given to whom")
    {
        CreateInit(host), CreateKey(host), CreateCheck(host), CreateList(host), CreateShow(host), CreateRotate(host), CreateRevoke(host),
        CreateExport(host), CreateImport(host), CreateConfigure(host),
    };

    private static Command CreateConfigure(ToolHost host)
    {
        var configure = new ConfigureCommand();
        return WithStore(host, "configure", "Gives boards another broker, Wi-Fi or CA over the broker; what does not work they take back",
            configure.Symbols, (parsed, fleet, store) => configure.RunAsync(parsed, fleet, store, id => Find(store, id), host));
    }

    private static Command CreateInit(ToolHost host)
    {
        var name = new Option<string>("--name") { Description = "The fleet's name", HelpName = "NAME", DefaultValueFactory = _ => "home" };
        var broker = new Option<string>("--broker")
        {
            Description = "The broker, as boards reach it",
            HelpName = "HOST:PORT",
            DefaultValueFactory = _ => "broker.home:1883",
        };
        var bundle = new Option<string>("--bundle")
        {
            Description = "The bundle that boards are flashed with",
            HelpName = "FILE",
            DefaultValueFactory = _ => "esp32-devkit.bundle",
        };
        var boards = new Option<string[]>("--board")
        {
            Description = "A device id; may be given again",
            HelpName = "ID",
            DefaultValueFactory = _ => ["alice", "bob"],
        };
        var file = new Argument<string>("FILE") { Description = "The file", DefaultValueFactory = _ => FleetFile.DefaultName };
        var json = JsonOption.Create();
        var command = new Command("init", "Writes a first fleet file, to be edited") { name, broker, bundle, boards, json, file };
        command.SetAction(parsed =>
        {
            BrokerAddress address = BrokerAddress.Parse(parsed.GetValue(broker)!);
            string[] ids = parsed.GetValue(boards)!;
            foreach (string id in ids)
            {
                if (!Topics.IsDeviceId(id))
                    throw new ToolException(
                        ExitCode.Usage, $"--board {id}: an id has 1 to {Topics.MaxIdLength} characters of a-z, 0-9 and -");
                if (ids.Count(i => i == id) > 1) throw new ToolException(ExitCode.Usage, $"--board {id}: is given twice");
            }

            string text = FleetSample.Of(
                parsed.GetValue(name)!, address.Host, address.Port, parsed.GetValue(bundle)!, ids, address.IsTls);
            FleetReader.Read(parsed.GetValue(file)!, text, FleetFiles.None); // what it would refuse is not written
            FleetText.WriteNew(parsed.GetValue(file)!, text);
            string named = parsed.GetValue(file) == FleetFile.DefaultName ? "" : $" {parsed.GetValue(file)}";
            host.Tell(parsed.GetValue(json), $"{parsed.GetValue(file)}: edit it, then `edgechat fleet check{named}`",
                ("file", parsed.GetValue(file)), ("boards", ids));
        });
        return command;
    }

    private static Command CreateKey(ToolHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The key file" };
        var json = JsonOption.Create();
        var command = new Command("key", "Makes a key file for the fleet's store") { json, file };
        command.SetAction(parsed =>
        {
            StoreSecret.MakeKeyFile(parsed.GetValue(file)!);
            host.Tell(parsed.GetValue(json), $"{parsed.GetValue(file)}: keep a copy; without it the store's secrets are lost",
                ("file", parsed.GetValue(file)));
        });
        return command;
    }

    private static Command CreateCheck(ToolHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file", DefaultValueFactory = _ => FleetFile.DefaultName };
        var json = JsonOption.Create();
        var command = new Command("check", "Checks a fleet file whole") { json, file };
        command.SetAction(parsed =>
        {
            FleetFile fleet = FleetReader.Load(parsed.GetValue(file)!);
            FleetRoom.Check(fleet);
            host.Tell(parsed.GetValue(json), $"{fleet.Path}: {fleet.Boards.Count} boards, {fleet.Groups.Count} groups, well",
                ("file", fleet.Path), ("boards", fleet.Boards.Select(b => b.Id)), ("groups", fleet.Groups.Select(g => g.Id)));
        });
        return command;
    }

    private static Command CreateList(ToolHost host)
    {
        var json = JsonOption.Create("One JSON object a board");
        return WithStore(host, "list", "Lists the boards of the store", [json], (parsed, _, store) =>
        {
            foreach (StoredBoard board in store.Boards()) host.Out.WriteLine(FleetText.Of(board, parsed.GetValue(json)));
            return Task.FromResult(0);
        }, FleetFiles.None, StoreUse.Read);
    }

    private static Command CreateShow(ToolHost host)
    {
        var id = Id();
        var json = JsonOption.Create("As one JSON object");
        return WithStore(host, "show", "Shows a board of the store with its history", [id, json], (parsed, _, store) =>
        {
            StoredBoard board = Find(store, parsed.GetValue(id)!);
            if (parsed.GetValue(json))
            {
                host.Out.WriteLine(FleetText.Json(board, store.History(board.Id)));
                return Task.FromResult(0);
            }

            host.Out.WriteLine(FleetText.Of(board, asJson: false));
            host.Out.WriteLine($"  chip {board.Chip ?? "?"}, firmware {board.Firmware ?? "?"}, runtime {board.Runtime ?? "?"}");
            foreach (StoreEvent e in store.History(board.Id)) host.Out.WriteLine($"  {e.At:yyyy-MM-dd HH:mm:ss}Z  {e.Who}  {e.What}");
            return Task.FromResult(0);
        }, FleetFiles.None, StoreUse.Read);
    }

    private static Command CreateRotate(ToolHost host)
    {
        var id = Id();
        var now = new Option<bool>("--now") { Description = "The old one is refused from now on: the board is offline until then" };
        var json = JsonOption.Create();
        return WithStore(host, "rotate", "Gives a board a new password, which it gets when it is provisioned next",
            [id, now, json], async (parsed, fleet, store) =>
        {
            StoredBoard board = Find(store, parsed.GetValue(id)!);
            if (board.State != BoardState.Provisioned) throw new FleetException(
                $"{board.Id} is not provisioned: `edgechat provision` does it");
            ICredentials credentials = FleetRoom.CredentialsOf(fleet);
            if (!credentials.HasPasswords) throw new FleetException($"{fleet.Path}: boards of this fleet have no passwords");
            // the new one first: cut in between, the board goes on with the old one, and the next provisioning brings it up to date
            store.SetSecret(Provisioner.SecretOf(board.Id), credentials.NewSecret(board.Id));
            store.Note(board.Id, "new password, not on the board yet");
            if (parsed.GetValue(now)) await DismissAsync(host, fleet, board.Id, forgets: false);
            host.Tell(parsed.GetValue(json), parsed.GetValue(now)
                ? $"{board.Id}: its password is refused from now on; plug it in and run `edgechat provision`, which gives it the new one"
                : $"{board.Id}: plug it in and run `edgechat provision`, which gives it the new password; the old one is good until then",
                ("id", board.Id), ("oldPassword", parsed.GetValue(now) ? "refused" : "good"));
            return 0;
        });
    }

    private static Command CreateRevoke(ToolHost host)
    {
        var id = Id();
        var json = JsonOption.Create();
        return WithStore(host, "revoke", "Takes a board's rights and its id away", [id, json], async (parsed, fleet, store) =>
        {
            StoredBoard board = Find(store, parsed.GetValue(id)!);
            // first the broker: a board that is not revoked there must not count as revoked here
            await DismissAsync(host, fleet, board.Id, forgets: true);
            store.Record(board.Id, BoardState.Revoked);
            store.SetSecret(Provisioner.SecretOf(board.Id), null);
            host.Tell(parsed.GetValue(json), $"{board.Id}: revoked; its id and its MAC are free",
                ("id", board.Id), ("mac", board.Mac), ("state", "revoked"));
            return 0;
        });
    }

    private static Command CreateExport(ToolHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write" };
        var json = JsonOption.Create();
        return WithStore(host, "export", "Writes what the store has given, without secrets, as JSON", [file, json], (parsed, _, store) =>
        {
            FleetText.WriteNew(parsed.GetValue(file)!, StoreExport.Write(store));
            host.Tell(parsed.GetValue(json), $"{parsed.GetValue(file)}: {store.Boards().Count} boards, without their passwords",
                ("file", parsed.GetValue(file)), ("boards", store.Boards().Select(b => b.Id)));
            return Task.FromResult(0);
        }, FleetFiles.None, StoreUse.Read);
    }

    private static Command CreateImport(ToolHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file of `edgechat fleet export`" };
        var json = JsonOption.Create();
        return WithStore(host, "import", "Adds what another store has given, so that nothing is given twice", [file, json],
            (parsed, _, store) =>
        {
            int added = StoreExport.Read(store, parsed.GetValue(file)!);
            host.Tell(parsed.GetValue(json), $"{added} boards added", ("file", parsed.GetValue(file)), ("added", added));
            return Task.FromResult(0);
        }, FleetFiles.None, StoreUse.Create);
    }

    // what cannot be told to others is said, and is no reason to leave a password alive
    private static async Task DismissAsync(ToolHost host, FleetFile fleet, string id, bool forgets)
    {
        ICredentials credentials = FleetRoom.CredentialsOf(fleet);
        if (!credentials.HasPasswords)
        {
            host.Error.WriteLine(
                $"edgechat: the broker of {fleet.Path} lets anyone in, {id} too: give it passwords, or take the board away");
            return;
        }

        string why = "the broker does not let it in yet";
        if (!await Farewell.SayAsync(fleet, credentials, id, forgets, w => why = w, host.Stop))
            host.Error.WriteLine(
                $"edgechat: others go on to see {id} as it was: {why}. Its password is taken away all the same; reload the broker if "
                    + "nothing else does");
    }

    private static Argument<string> Id() => new("ID") { Description = "The device id" };

    private static StoredBoard Find(FleetStore store, string id)
    {
        if (store.Find(id) is { } board) return board;
        string hint = Nearest.Of(id, store.Boards().Select(b => b.Id)) is { } near ? $", did you mean {near}?" : "";
        throw new FleetException($"{id} is no board of the store{hint}");
    }

    private static Command WithStore(
        ToolHost host, string name, string description, Symbol[] symbols,
        Func<ParseResult, FleetFile, FleetStore, Task<int>> run, FleetFiles needed = FleetFiles.Broker, StoreUse use = StoreUse.Write)
    {
        var options = new FleetOptions(host);
        var command = new Command(name, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Option option) command.Options.Add(option);
            if (symbol is Argument argument) command.Arguments.Add(argument);
        }

        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            FleetFile fleet = options.Fleet(parsed, needed);
            using FleetStore store = options.Store(parsed, fleet, use);
            return await host.WholeAsync(run(parsed, fleet, store));
        });
        return command;
    }
}
