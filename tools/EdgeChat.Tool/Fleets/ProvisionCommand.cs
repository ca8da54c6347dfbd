using System.CommandLine;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets.Web;
using EdgeChat.Tool.Usb;
using EdgeChat.Tool.Web;

namespace EdgeChat.Tool.Fleets;

/// <summary>The command line of <c>edgechat provision</c>.</summary>
public static class ProvisionCommand
{
    private const string Description = """
        Takes boards from bare to their first message: flash, identity, password, files, Wi-Fi, online, label.

        Without --port the boards at all ports; with --watch each board that is plugged in, up to 20 at once, until Ctrl-C or until all
        boards of the fleet are provisioned; with --web the same on a page, until Ctrl-C. Interrupted anywhere, the next run goes on.
        `edgechat fleet init` writes a first fleet file; one board needs none: --id ID --broker HOST --bundle FILE.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var fleet = new FleetOptions(host);
        var ports = new Option<string[]>("--port")
        {
            Description = "A board's port, or with * and ? those of many; may be given again",
            HelpName = "PORT",
            AllowMultipleArgumentsPerToken = true, // what a shell makes of a pattern
        };
        var watch = new Option<bool>("--watch") { Description = "Provision each board that is plugged in" };
        var web = new Option<bool>("--web") { Description = "As --watch, and show the boards and their labels on a page of this PC" };
        var id = new Option<string?>("--id") { Description = "The device id that the board must become", HelpName = "ID" };
        var replace = new Option<bool>("--replace") { Description = "With --id: the board that had this id is gone" };
        var renew = new Option<bool>("--renew") { Description = "Give a board that is provisioned a new life: empty, with a new password" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be done, and touch nothing" };
        var export = new Option<string?>("--export")
        {
            Description = "Write the files for nanoff instead, one folder a board",
            HelpName = "DIR"
        };
        var adopt = new Option<bool>("--adopt") { Description = "With --id: the exported files are on the board; go on from there" };
        var json = JsonOption.Create("One JSON object a line: each step, then the sum; with --dry-run and --export each board");
        var command = new Command("provision", Description) { ports, watch, web, id, replace, renew, dry, export, adopt, json };
        fleet.AddTo(command);
        var one = new OneBoardOptions(host);
        one.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var wanted = parsed.GetValue(id);
            if (parsed.GetValue(replace) && wanted is null) throw Wrong("--replace says that one board is gone: name it with --id");
            if (parsed.GetValue(adopt) && wanted is null) throw Wrong("--adopt goes on with one board: name it with --id");
            bool hasPage = parsed.GetValue(web), watches = hasPage || parsed.GetValue(watch);
            if (watches && wanted is not null)
                throw Wrong($"{(hasPage ? "--web" : "--watch")} is for all boards of the fleet: leave --id out");
            var given = parsed.GetValue(ports) ?? [];
            if (wanted is not null && given.Length > 1) throw Wrong("--id is for one board: give one --port");
            FleetFile file = one.Fleet(parsed, wanted) ?? fleet.Fleet(parsed);
            if (wanted is not null && file.Board(wanted) is null) throw Wrong($"--id {wanted}: is no board of {file.Path}; add it there");
            if (parsed.GetValue(dry))
            {
                using FleetStore? store = File.Exists(file.Store) ? fleet.Store(parsed, file, StoreUse.Read) : null;
                return ProvisionPlan.Print(file, store, wanted, host.Out, parsed.GetValue(json));
            }

            using var room = new FleetRoom(file, fleet.Store(parsed, file, StoreUse.Create), one.Wifi(parsed));
            foreach (string remark in room.Remarks) host.Error.WriteLine("edgechat: " + remark);
            if (parsed.GetValue(export) is { } folder) return BoardExport.Write(room, wanted, folder, host, parsed.GetValue(json));
            var run = new ProvisionReport(host, parsed.GetValue(json));
            bool IsProvisioned(string board) => room.Store.Find(board) is { State: BoardState.Provisioned };
            var news = new ProvisionNews(file, IsProvisioned);
            ProvisionTools tools = room.Tools(await host.WholeAsync(room.BrokerAsync(host.Stop)), e =>
            {
                run.Report(e);
                news.Add(e);
            }) with
            {
                Replaces = parsed.GetValue(replace),
                Renews = parsed.GetValue(renew),
            };
            var provisioner = new Provisioner(tools);
            if (parsed.GetValue(adopt)) return run.Sum([await provisioner.AdoptAsync(wanted!, host.Stop)]);
            var session = new ProvisionSession(provisioner, UsbBoard.Open)
            {
                Ended = outcome =>
                {
                    run.End(outcome);
                    news.Add(outcome);
                },
            };
            await using LocalServer? page = hasPage ? await ProvisionPage.ServeAsync(news) : null;
            if (page is not null) run.Announce(page.Url);
            if (watches)
            {
                run.Begin();
                return run.Sum(await session.WatchAsync(
                    () => PortChoice.Present(given),
                    () => !hasPage && file.Boards.All(b => IsProvisioned(b.Id)), host.Stop));
            }

            IReadOnlyList<string> all = PortChoice.All(given);
            if (wanted is not null && all.Count > 1)
                throw Wrong($"--id {wanted}: {all.Count} boards are plugged in ({string.Join(", ", all)}): give --port");
            run.Begin();
            IReadOnlyList<BoardOutcome> ended = await session.RunAsync(all, wanted, host.Stop);
            int code = run.Sum(ended);
            return code != ExitCode.Success || ended.Count == all.Count
                ? code : throw new ToolException(ExitCode.Machine, "stopped before it was done: run the same again");
        });
        return command;
    }

    private static ToolException Wrong(string what) => new(ExitCode.Usage, what);
}
