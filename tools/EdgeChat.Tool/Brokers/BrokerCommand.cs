using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Brokers;

/// <summary>The command line of <c>edgechat broker</c>.</summary>
internal static class BrokerCommand
{
    private const int SecurePort = 8883; // registered for MQTT with TLS

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host) => new("broker", "Sets up a fleet's broker, runs it, and checks it")
    {
        CreateInit(host), CreateRun(host), CreateCheck(host), CreateUpdate(host), CreatePassword(host), CertificateCommand.Create(host),
        CaCommand.Create(host),
    };

    private static Command CreateInit(ToolHost host)
    {
        var folder = Folder();
        var kind = new Option<BrokerKind>("--kind") { Description = "Which broker", HelpName = "mosquitto|rabbitmq|nats" };
        var way = new Option<BrokerAuthentication>("--auth")
        {
            Description = "How boards prove who they are",
            HelpName = "password|certificate",
        };
        var fleet = new Option<string?>("--fleet") { Description = "The fleet's file (one is written into the folder)", HelpName = "FILE" };
        var address = new Option<string[]>("--broker")
        {
            Description = "The broker, as boards reach it (what the fleet's file says, or this machine's name); of a cluster, each node",
            HelpName = "HOST[:PORT]",
        };
        var nodes = new Option<int>("--nodes")
        {
            Description = "How many nodes, 3 or 5, all on this machine at ports that follow each other: to try a cluster",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var json = JsonOption.Create();
        var command = new Command("init", "Writes a broker's whole configuration, with TLS, certificates, passwords and rights")
        {
            folder, kind, way, fleet, address, nodes, json,
        };
        command.SetAction(parsed =>
        {
            BrokerFolder made = BrokerFolder.Create(parsed.GetValue(folder)!, Plan(parsed.GetValue(kind), parsed.GetValue(fleet),
                parsed.GetValue(address) ?? [], parsed.GetValue(nodes)) with
            {
                Authentication = parsed.GetValue(way),
            }, DateTimeOffset.UtcNow);
            if (parsed.GetValue(json)) Json(host, made);
            else Next(host, made, parsed.GetValue(folder)!, parsed.GetValue(fleet) is null);
        });
        return command;
    }

    private static Command CreateRun(ToolHost host)
    {
        var folder = Folder();
        var node = new Option<int>("--node") { Description = "Which node of a cluster, from 1 on", HelpName = "N" };
        var command = new Command("run", "Runs the broker of a folder until Ctrl-C") { folder, node };
        command.SetAction(async (parsed, _) =>
        {
            BrokerFolder opened = BrokerFolder.Open(parsed.GetValue(folder)!);
            int nodes = opened.Plan.Nodes.Count;
            int chosen = parsed.GetValue(node) == 0 && nodes == 1 ? 1 : parsed.GetValue(node);
            if (chosen < 1 || chosen > nodes)
                throw new ToolException(ExitCode.Usage, $"--node {chosen}: this broker has nodes 1 to {nodes}, each on its machine");
            using IDisposable claim = Claim(opened, chosen);
            await ReadyAsync(host, opened);
            return await BrokerRun.RunAsync(opened.Program(chosen), host.Out, host.Stop);
        });
        return command;
    }

    private static Command CreateCheck(ToolHost host)
    {
        var folder = Folder();
        var address = new Option<string?>("--at")
        {
            Description = "Where the broker is reached from here (where boards reach it)",
            HelpName = "HOST[:PORT]",
        };
        var acts = new Option<string[]>("--act") { Description = "Only this; may be given again", HelpName = "NAME" };
        var json = JsonOption.Create("A line of JSON for each finding");
        var command = new Command("check", "Tries what a running broker must refuse and what it must permit, and looks at its certificates")
        {
            folder, address, acts, json,
        };
        command.SetAction((parsed, _) => host.WholeAsync(CheckAsync(
            host, BrokerFolder.Open(parsed.GetValue(folder)!), parsed.GetValue(address), parsed.GetValue(acts) ?? [],
            parsed.GetValue(json))));
        return command;
    }

    private static Command CreateUpdate(ToolHost host)
    {
        var folder = Folder();
        var json = JsonOption.Create();
        const string Description = "Gives the broker the rights and limits that the fleet's file asks for now, and a new certificate";
        var command = new Command("update", Description) { folder, json };
        command.SetAction(async (parsed, _) =>
        {
            BrokerFolder opened = BrokerFolder.Open(parsed.GetValue(folder)!);
            await host.WholeAsync(UpdateAsync(host, opened, parsed.GetValue(json)));
        });
        return command;
    }

    private static async Task UpdateAsync(ToolHost host, BrokerFolder folder, bool asJson)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        BrokerUpdate done = await folder.UpdateAsync(now, host.Stop);
        var dropped = new List<Authority>();
        foreach (AuthoritySide side in CaCommand.SidesOf(folder))
            if (await new AuthorityChange(folder, side).DropEndedAsync(now, host.Stop) is { } old) dropped.Add(old);
        string end = folder.CertificateEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string certificate = done.IsRenewed
            ? $"a certificate to {end}, which counts when the broker starts again"
            : $"the certificate stays, to {end}: " + (done.Authority.Until <= now ? "its CA has ended"
                : $"for a new one bring {Path.GetFileName(done.Authority.KeyFile)} back");
        IReadOnlyList<CertificateWarning> warnings = CertificateWarning.Of(folder, now);
        host.Tell(asJson, $"{folder.Path}: rights of {folder.Rights.Users.Count} users; {certificate}",
            ("folder", folder.Path), ("users", folder.Rights.Users), ("certificateUntil", end), ("limits", done.Limits),
            ("dropped", dropped.Select(a => a.Name)), ("warnings", warnings.Select(w => w.Text)));
        if (!asJson)
        {
            foreach (LimitChange limit in done.Limits) host.Out.WriteLine(limit);
            foreach (Authority old in dropped) host.Out.WriteLine($"{old.Name} has ended on {old.Until:yyyy-MM-dd}, and was dropped");
        }

        Warn(host, warnings.Where(w => !w.IsOver));
        if (warnings.Where(w => w.IsOver).Select(w => w.Text).ToArray() is { Length: > 0 } over)
            throw new FleetException(string.Join('\n', over));
    }

    private static Command CreatePassword(ToolHost host)
    {
        var folder = Folder();
        var id = new Argument<string>("ID") { Description = "A board, a peer or the operator of the fleet" };
        var file = new Option<string>("--password-file")
        {
            Description = "File whose first line is the password; a new one is written when it is not there",
            HelpName = "FILE",
            Required = true,
        };
        var json = JsonOption.Create();
        var command = new Command("password", "Gives a user that is not provisioned, such as one of `chat`, a password")
        {
            folder, id, file, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            BrokerFolder opened = BrokerFolder.Open(parsed.GetValue(folder)!);
            if (opened.Plan.HasCertificates)
                throw new FleetException($"{opened.Path}: who comes to this broker has a certificate: `edgechat broker certificate`");
            string user = opened.User(parsed.GetValue(id)!);
            string path = parsed.GetValue(file)!;
            if (!File.Exists(path)) OutputFile.Write("--password-file", path, Provisioner.NewPassword() + "\n", isSecret: true);
            await host.WholeAsync(opened.Credentials.SetAsync(user, SecretInput.FirstLine(path), host.Stop));
            host.Tell(parsed.GetValue(json), $"{user}: may come with the password in {path}", ("id", user), ("file", path));
        });
        return command;
    }

    private static async Task<int> CheckAsync(ToolHost host, BrokerFolder folder, string? at, string[] acts, bool asJson)
    {
        string[] known = [BrokerCheck.Certificate, .. BrokerCheck.Acts.Select(a => a.Name)];
        foreach (string act in acts.Except(known))
        {
            string hint = Nearest.Of(act, known) is { } near ? $", did you mean {near}?" : "";
            throw new ToolException(ExitCode.Usage, $"--act {act}: is nothing that is tried{hint}");
        }

        BrokerAddress address = at is null
            ? new BrokerAddress(folder.Plan.Host, folder.Plan.Port)
            : BrokerAddress.Parse(at, "--at", folder.Plan.Port) with { IsTls = false };
        if (!await RawProbe.ListensAsync(address, host.Stop))
            throw new ToolException(ExitCode.Broker, (await RawProbe.IsKnownAsync(address, host.Stop)
                ? $"nothing listens at {address}: start the broker with `edgechat broker run {folder.Path}`, or say with "
                : $"this machine does not know the name {address.Host}: correct it, or say with ") + "--at where the broker is");
        var counts = new int[3];
        var check = new BrokerCheck(folder.Plan.Kind, folder.Rights, finding =>
        {
            counts[(int)finding.State]++;
            string word = finding.State.ToString().ToLowerInvariant();
            host.Out.WriteLine(asJson
                ? ToolJson.Object(("name", finding.Name), ("state", word), ("text", finding.Text))
                : $"{word,-6}  {finding.Name,-22}  {SafeText.Line(finding.Text)}");
            host.Out.Flush();
        });
        var trusted = BrokerCheck.Trusted(folder.At(BrokerFolder.CaCertificate));
        X509Certificate2? own = folder.Plan.HasCertificates ? Of(CheckUsers.Member) : null;
        if ((acts.Length == 0 || acts.Contains(BrokerCheck.Certificate))
            && !await check.TlsAsync(address, folder.Plan.Host, trusted, own, host.Stop))
            throw new ToolException(ExitCode.Broker, $"what listens at {address} speaks no TLS: nothing else can be tried");
        await using var room = new CheckRoom(address, BrokerTls.Trusting(trusted, name: folder.Plan.Host), folder.CheckSecret,
            folder.Plan.HasCertificates ? user => BrokerTls.Trusting(trusted, Of(user), folder.Plan.Host) : null);
        await check.ActsAsync(room, hasTls: true, a => acts.Length == 0 || acts.Contains(a.Name), host.Stop);
        X509Certificate2 Of(string user) => ClientCertificate.Open(folder.CheckSecret(user), folder.CheckSecret(user));
        host.Out.WriteLine(asJson
            ? ToolJson.Object(("well", counts[0]), ("limits", counts[1]), ("wrong", counts[2]))
            : $"{counts[0]} well, {counts[1]} that this broker cannot do better, {counts[2]} wrong"
                + (counts[2] > 0 ? ": see docs/brokers.md" : ""));
        return counts[2] == 0 ? ExitCode.Success : ExitCode.Rights;
    }

    private static BrokerPlan Plan(BrokerKind kind, string? fleet, string[] addresses, int nodes)
    {
        if (nodes is not (1 or 3 or 5) || addresses.Length is not (0 or 1 or 3 or 5) || (nodes > 1 && addresses.Length > 1))
            throw new ToolException(ExitCode.Usage,
                "a cluster has 3 or 5 nodes, so that a majority is left: --nodes N for this machine, or --broker for each node");
        FleetBroker? known = fleet is null ? null : FleetReader.Load(fleet, FleetFiles.None).Broker;
        BrokerNode[] said = [.. addresses.Select(a => BrokerAddress.Parse(a, usual: SecurePort))
            .Select(a => new BrokerNode(a.Host, a.Port))];
        if (said.FirstOrDefault(n => !HostName.IsSound(n.Host)) is { } unsound)
            throw new ToolException(ExitCode.Usage, $"--broker '{unsound.Host}': boards go to it by this, so it {HostName.Rule}");
        if (said.Length == 0)
        {
            string name = known?.Host ?? Environment.MachineName.ToLowerInvariant();
            if (!HostName.IsSound(name))
                throw new ToolException(
                    ExitCode.Usage, $"this machine is called '{name}', which boards cannot use: give --broker HOST[:PORT]");
            said = [new BrokerNode(name, known is { Tls: true } ? known.Port : SecurePort)];
        }

        return new BrokerPlan
        {
            Kind = kind,
            Nodes = nodes == 1 ? said : [.. Enumerable.Range(0, nodes).Select(i => said[0] with { Port = said[0].Port + i })],
            Fleet = fleet is null ? "" : Path.GetFullPath(fleet),
        };
    }

    private static void Json(ToolHost host, BrokerFolder folder) => host.Out.WriteLine(ToolJson.Object(
        ("folder", folder.Path), ("kind", folder.Plan.Kind), ("users", folder.Rights.Users),
        ("addresses", folder.Plan.Nodes.Select(n => $"{n.Host}:{n.Port}")), ("fleet", folder.Plan.Fleet),
        ("fleetLines", folder.FleetLines.ReplaceLineEndings("\n").Split('\n')), ("caKey", folder.Authorities.Used.KeyFile)));

    private static void Next(ToolHost host, BrokerFolder folder, string name, bool isOwnFleet)
    {
        host.Out.WriteLine($"{folder.Path}: {folder.Plan.Kind} for {folder.Rights.Users.Count} users at "
            + string.Join(", ", folder.Plan.Nodes.Select(n => $"{n.Host}:{n.Port}")));
        if (folder.Rights.HasOpenGroups)
            host.Out.WriteLine("The fleet's file names no groups: every device may make some, and edit every roster.");
        host.Out.WriteLine("Next:");
        if (isOwnFleet)
        {
            host.Out.WriteLine($"  edit {folder.Plan.Fleet}, then `edgechat broker update {name}`");
        }
        else
        {
            host.Out.WriteLine($"  {folder.Plan.Fleet} needs below \"broker:\"");
            foreach (string line in folder.FleetLines.ReplaceLineEndings("\n").Split('\n')) host.Out.WriteLine("    " + line);
        }

        string node = $" --node N, N from 1 to {folder.Plan.Nodes.Count}; a node of another machine needs a copy of the folder";
        host.Out.WriteLine($"  edgechat broker run {name}" + (folder.Plan.IsCluster ? node : ""));
        host.Out.WriteLine($"  edgechat broker check {name}");
        host.Out.WriteLine($"  keep {folder.Authorities.Used.KeyFile} somewhere else: the broker does not need it, and who has it can "
            + "pretend to be the broker");
        if (folder.Plan.HasCertificates)
            host.Out.WriteLine($"  keep {folder.Clients.Authorities.Used.KeyFile} where boards are provisioned: who has it can pretend to "
                + "be any board");
    }

    private static IDisposable Claim(BrokerFolder folder, int node)
    {
        try
        {
            return folder.Claim(node);
        }
        catch (FleetException e)
        {
            throw new ToolException(ExitCode.Machine, e.Message, e);
        }
    }

    // a broker with the limits of a smaller fleet is better than none
    private static async Task ReadyAsync(ToolHost host, BrokerFolder folder)
    {
        try
        {
            await folder.MendAsync(host.Stop);
            foreach (LimitChange limit in folder.FollowLimits().Where(l => l.State != LimitState.Kept))
                host.Out.WriteLine(limit with { State = LimitState.Set });
            Warn(host, CertificateWarning.Of(folder, DateTimeOffset.UtcNow));
        }
        catch (FleetException e)
        {
            host.Error.WriteLine($"edgechat: {e.Message}; the broker starts with what is there");
        }
    }

    private static void Warn(ToolHost host, IEnumerable<CertificateWarning> warnings)
    {
        foreach (CertificateWarning warning in warnings) host.Error.WriteLine($"edgechat: {warning.Text}");
    }

    private static Argument<string> Folder() => new("DIR") { Description = "The broker's folder" };
}
