using System.CommandLine;
using System.Globalization;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Brokers;

/// <summary>The command line of <c>edgechat broker ca</c>.</summary>
internal static class CaCommand
{
    private const string Description = "Tells until when a broker's CAs last, and has another one follow in steps, while boards go on";

    /// <summary>Which CA is taken away.</summary>
    private enum Dropped
    {
        Old,
        Next,
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var folder = new Argument<string>("DIR") { Description = "The broker's folder" };
        var make = new Option<bool>("--new") { Description = "First makes the next CA, which is to be given to all before it is used" };
        var change = new Option<bool>("--switch") { Description = "Then, when all have it, has what is issued come from it" };
        var drop = new Option<Dropped?>("--drop")
        {
            Description = "At last takes the old one away, with its key; or a next one that is given up",
            HelpName = "old|next",
        };
        var clients = new Option<bool>("--clients")
        {
            Description = "The CA of boards' certificates (`init --auth certificate`), and not the one that boards trust",
        };
        var json = JsonOption.Create();
        var command = new Command("ca", Description) { folder, make, change, drop, clients, json };
        command.SetAction(async (parsed, _) =>
        {
            BrokerFolder opened = BrokerFolder.Open(parsed.GetValue(folder)!);
            bool isNew = parsed.GetValue(make), isSwitch = parsed.GetValue(change);
            if ((isNew ? 1 : 0) + (isSwitch ? 1 : 0) + (parsed.GetValue(drop) is null ? 0 : 1) > 1)
                throw new ToolException(ExitCode.Usage, "one step at a time: --new, --switch or --drop");
            if (parsed.GetValue(clients) && !opened.Plan.HasCertificates)
                throw new FleetException($"{opened.Path}: who comes to this broker has a password, so its clients have no CA");
            AuthoritySide side = parsed.GetValue(clients) ? AuthoritySide.Clients : AuthoritySide.Server;
            var step = new AuthorityChange(opened, side);
            DateTimeOffset now = DateTimeOffset.UtcNow;
            if (isNew) await host.WholeAsync(step.MakeAsync(now, host.Stop));
            else if (isSwitch) await host.WholeAsync(step.SwitchAsync(now, host.Stop));
            else if (parsed.GetValue(drop) is { } dropped)
                await host.WholeAsync(step.DropAsync(
                    dropped == Dropped.Old ? AuthorityState.Old : AuthorityState.Next, now, host.Stop));
            if (parsed.GetValue(json)) Json(host, opened);
            else Tell(host, opened);
        });
        return command;
    }

    /// <summary>The CAs that a folder has.</summary>
    public static IEnumerable<AuthoritySide> SidesOf(BrokerFolder folder) =>
        folder.Plan.HasCertificates ? [AuthoritySide.Server, AuthoritySide.Clients] : [AuthoritySide.Server];

    private static void Tell(ToolHost host, BrokerFolder folder)
    {
        foreach (AuthoritySide side in SidesOf(folder))
        {
            AuthorityFile file = new AuthorityChange(folder, side).File;
            host.Out.WriteLine(side == AuthoritySide.Server
                ? $"{folder.At(BrokerFolder.CaCertificate)}, which boards trust:"
                : $"{folder.Clients.CertificateFile}, which the broker trusts:");
            foreach (Authority ca in file.Read())
            {
                string time = ca.Until <= DateTimeOffset.UtcNow ? "ended on" : "to";
                string key = ca.HasKey ? "" : $"; {Path.GetFileName(ca.KeyFile)} is not here";
                host.Out.WriteLine($"  {ca.Name}, {time} {ca.Until:yyyy-MM-dd}: {Word(ca.State)}{key}");
            }

            if (side == AuthoritySide.Server)
                host.Out.WriteLine($"{folder.At(BrokerFolder.ServerCertificate)}: to {folder.CertificateEnd:yyyy-MM-dd}");
            string[] next = [.. Next(folder, side)];
            if (next.Length > 0) host.Out.WriteLine("  Next:");
            foreach (string line in next) host.Out.WriteLine("    " + line);
        }

        foreach (CertificateWarning warning in CertificateWarning.Of(folder, DateTimeOffset.UtcNow))
            host.Error.WriteLine($"edgechat: {warning.Text}");
    }

    private static string Word(AuthorityState state) => state switch
    {
        AuthorityState.Used => "in use",
        AuthorityState.Next => "next, and not in use yet",
        _ => "old, and still trusted",
    };

    // what is to be done before the next step, and that
    private static IEnumerable<string> Next(BrokerFolder folder, AuthoritySide side)
    {
        AuthorityFile file = new AuthorityChange(folder, side).File;
        string command = $"edgechat broker ca {folder.Path}{(side == AuthoritySide.Server ? "" : " --clients")}";
        string again = folder.Plan.IsCluster
            ? "copy what is new to each node's machine, and start the nodes again, one after another" : "start the broker again";
        Authority? next = file.Find(AuthorityState.Next), old = file.Find(AuthorityState.Old);
        return (side, next, old) switch
        {
            (AuthoritySide.Server, { }, _) =>
            [
                $"for all boards: edgechat fleet configure ID... --ca {next.File}",
                "with a board that is not reached, plugged in: edgechat provision",
                .. folder.Plan.IsCluster ? [$"{again}, so that they trust both"] : Array.Empty<string>(),
                $"when that is done: {command} --switch",
            ],
            (AuthoritySide.Server, _, { }) => [$"{again}, so that it shows the new certificate", $"then: {command} --drop old"],
            (_, { }, _) => [$"{again}, so that it trusts both", $"then: {command} --switch"],
            (_, _, { }) =>
            [
                folder.Clients.UsersOf(old) is { Count: > 0 } users
                    ? $"these still have a certificate of the old one: {string.Join(", ", users)}; with a board of them plugged in: "
                        + "edgechat provision"
                    : "nobody has a certificate of the old one any more",
                $"then: {command} --drop old", $"and {again}, so that it trusts that no more",
            ],
            (AuthoritySide.Clients, _, _) when folder.RunsSinceBefore(ClientCa.File) => [$"{again}, so that it trusts no other any more"],
            _ => [],
        };
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Json(ToolHost host, BrokerFolder folder)
    {
        object Of(AuthorityFile file, bool isServer) => file.Read().Select(ca => new
        {
            name = ca.Name,
            state = ca.State,
            from = Day(ca.From.UtcDateTime),
            until = Day(ca.Until.UtcDateTime),
            file = ca.File,
            key = ca.HasKey ? ca.KeyFile : null,
            users = isServer ? null : folder.Clients.UsersOf(ca),
        }).ToArray();
        host.Out.WriteLine(ToolJson.Object(
            ("folder", folder.Path), ("server", Of(folder.Authorities, true)), ("certificateUntil", Day(folder.CertificateEnd)),
            ("clients", folder.Plan.HasCertificates ? Of(folder.Clients.Authorities, false) : null),
            ("warnings", CertificateWarning.Of(folder, DateTimeOffset.UtcNow).Select(w => w.Text)),
            ("next", SidesOf(folder).SelectMany(side => Next(folder, side)))));
    }
}
