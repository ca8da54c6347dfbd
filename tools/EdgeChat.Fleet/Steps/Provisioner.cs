using System.Diagnostics;
using System.Security.Cryptography;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>What provisioning works with.</summary>
public sealed record ProvisionTools
{
    /// <summary>The fleet.</summary>
    public required FleetFile Fleet { get; init; }

    /// <summary>Its store.</summary>
    public required FleetStore Store { get; init; }

    /// <summary>Which chip is which board.</summary>
    public required BoardChooser Chooser { get; init; }

    /// <summary>Reads a bundle, checked and trusted.</summary>
    public required Func<string, BundleFile> Bundles { get; init; }

    /// <summary>The broker's passwords.</summary>
    public required ICredentials Credentials { get; init; }

    /// <summary>The broker.</summary>
    public required IFleetBroker Broker { get; init; }

    /// <summary>The Wi-Fi, or null.</summary>
    public WifiLogin? Wifi { get; init; }

    /// <summary>Whether an id may be taken from a board that is gone.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether a board that is provisioned gets a new life.</summary>
    public bool Renews { get; init; }

    /// <summary>How long a board may take to come online: Wi-Fi, time, TLS.</summary>
    public TimeSpan BirthPatience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the broker may take for anything else.</summary>
    public TimeSpan BrokerPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told what happens.</summary>
    public required Action<StepEvent> Report { get; init; }
}

/// <summary>Takes one board from bare to its first message, step by step. The store knows which were done: after an end at any point the
/// next run goes on, or begins the board anew with another incarnation.</summary>
public sealed class Provisioner(ProvisionTools tools)
{
    /// <summary>The secret of a board in the store.</summary>
    public static string SecretOf(string id) => "board/" + id;

    /// <summary>Makes a password: 192 random bits in letters that need no escape anywhere.</summary>
    public static string NewPassword() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');

    /// <summary>Provisions the board at a port, and says what has become of it: ended early it goes on in the next run.</summary>
    public async Task<BoardOutcome> RunAsync(IBoardPort port, string? wanted, CancellationToken stop)
    {
        var run = new ProvisionRun(tools, port.Name);
        long began = Stopwatch.GetTimestamp();
        BoardOutcome Outcome(Step? failed, string text) =>
            new(port.Name, run.Board?.Id, failed, text, Stopwatch.GetElapsedTime(began));
        try
        {
            string text = await StepsAsync(run, port, wanted, stop);
            return Outcome(null, text);
        }
        catch (FleetException e)
        {
            return Outcome(run.Step, e.Message);
        }
        catch (OperationCanceledException)
        {
            return Outcome(run.Step, "was ended before it was done: the next run goes on");
        }
        finally
        {
            if (run.Board is { } board) tools.Chooser.Release(board.Id);
        }
    }

    /// <summary>Goes on with a board whose files somebody else has put onto it: from the password at the broker to the record.</summary>
    public async Task<BoardOutcome> AdoptAsync(string id, CancellationToken stop)
    {
        var run = new ProvisionRun(tools, "-");
        long began = Stopwatch.GetTimestamp();
        try
        {
            StoredBoard stored = tools.Store.Find(id) is { State: BoardState.Exported } exported
                ? exported
                : throw new FleetException($"{id} was not exported: `edgechat provision --export DIR --id {id}` writes its files");
            run.Begin(tools.Fleet.Board(id) ?? throw new FleetException($"{id} is no board of {tools.Fleet.Path}: add it there"),
                stored.Mac);
            run.Incarnation = stored.Incarnation;
            await OnlineAsync(run, null, tools.Bundles(run.Board!.Bundle), stop);
            return new BoardOutcome("-", id, null, "provisioned", Stopwatch.GetElapsedTime(began));
        }
        catch (FleetException e)
        {
            return new BoardOutcome("-", id, run.Step, e.Message, Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task<string> StepsAsync(ProvisionRun run, IBoardPort port, string? wanted, CancellationToken stop)
    {
        BoardFacts facts = await run.DoAsync(Step.Identify, () => port.Identify(stop), f => $"{f.Chip}, {f.FlashBytes >> 20} MiB, {f.Mac}");
        run.Mac = facts.Mac;
        run.Chip = facts.Chip;
        Life life = await run.DoAsync(
            Step.Identity, tools.BrokerPatience, t => ChooseAsync(run, facts, wanted, t), l => Say(run, l), stop);
        string id = run.Board!.Id;
        if (life == Life.Complete)
        {
            await run.DoAsync(Step.Reboot, () => port.Reboot(stop));
            return "is provisioned already; --renew gives it a new life";
        }

        BundleFile bundle = tools.Bundles(run.Board.Bundle);
        await run.DoAsync(
            Step.Flash,
            () => port.Flash(bundle, life == Life.New, p => run.Report(Step.Flash, StepState.Running, null, p), stop), text => text);
        await run.DoAsync(Step.Files, () =>
        {
            port.Start(stop);
            var files = Files(run, bundle);
            foreach (var (name, content) in files) port.WriteFile(name, content, stop);
            OrderKeys.SetGiven(tools.Store, id);
            tools.Store.SetSecret(FingerprintOf(id), Fingerprint(bundle, files));
        });
        if (tools.Wifi is { } wifi) await run.DoAsync(Step.Wifi, () => port.WriteWifi(wifi, stop));
        else run.Report(Step.Wifi, StepState.Skipped, "the fleet file names no Wi-Fi");
        await run.DoAsync(Step.ReadBack, () => port.ReadBack(bundle, tools.Wifi, stop));
        await OnlineAsync(run, port, bundle, stop);
        return life == Life.New ? "provisioned" : "provisioned, with the life that it had";
    }

    // Whether the board goes on in the life that it has. If it has none that is sure, it gets another: what an earlier attempt may have
    // sent is then no trouble to anybody.
    private async Task<Life> ChooseAsync(ProvisionRun run, BoardFacts facts, string? wanted, CancellationToken stop)
    {
        run.Begin(tools.Chooser.Choose(facts, wanted), facts.Mac);
        string id = run.Board!.Id;
        StoredBoard? stored = tools.Store.Find(id);
        if (stored is not null && stored.Mac == facts.Mac && !tools.Renews && HasLife(stored))
        {
            run.Incarnation = stored.Incarnation;
            if (tools.Credentials.HasPasswords && tools.Store.Secret(SecretOf(id)) is { } secret
                && !tools.Credentials.IsCurrent(secret))
                tools.Store.SetSecret(SecretOf(id), tools.Credentials.NewSecret(id));
            BundleFile bundle = tools.Bundles(run.Board.Bundle);
            bool isSame = stored.State == BoardState.Provisioned
                && tools.Store.Secret(FingerprintOf(id)) == Fingerprint(bundle, Files(run, bundle));
            return isSame ? Life.Complete : Life.Kept;
        }

        // a password that is at the broker belongs to a life that ends here
        tools.Store.CheckClaim(id, facts.Mac, tools.Replaces);
        if (stored is not null) await tools.Credentials.RemoveAsync(id, stop);
        // the store may have been lost, and a board goes on to another life by itself: the broker knows of it
        int seen = await tools.Broker.LastIncarnationAsync(id, stop);
        run.Incarnation = tools.Store.Claim(id, facts.Mac, tools.Replaces, seen);
        if (tools.Credentials.HasPasswords) tools.Store.SetSecret(SecretOf(id), tools.Credentials.NewSecret(id));
        return Life.New;
    }

    private bool HasLife(StoredBoard stored) => stored.State == BoardState.Provisioned
        || (stored.State == BoardState.Claimed && tools.Store.IsDone(stored.Id, nameof(Step.Files)));

    private IReadOnlyList<(string Name, byte[] Content)> Files(ProvisionRun run, BundleFile bundle) =>
        BoardFiles.Of(
            tools.Fleet, run.Board!, bundle, run.Incarnation, Password(run.Board!.Id),
            PairKeys.For(tools.Fleet, tools.Store, run.Board!, run.Incarnation),
            OrderKeys.Of(tools.Store, run.Board!.Id, run.Incarnation));

    // of all that is on the board: the manifest has the hashes of what is flashed
    private string Fingerprint(BundleFile bundle, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bundle.Manifest.Write());
        foreach (var (_, content) in files) hash.AppendData(content);
        if (tools.Wifi is { } wifi) hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{wifi.Ssid}\n{wifi.Password}"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string FingerprintOf(string id) => "files/" + id;

    private static string Say(ProvisionRun run, Life life) => life switch
    {
        Life.New => $"{run.Board!.Id}, incarnation {run.Incarnation}",
        Life.Kept => $"goes on as {run.Board!.Id}, incarnation {run.Incarnation}",
        _ => $"is {run.Board!.Id} already",
    };

    private async Task OnlineAsync(ProvisionRun run, IBoardPort? port, BundleFile bundle, CancellationToken stop)
    {
        string id = run.Board!.Id;
        string? password = Password(id);
        if (password is not null)
        {
            await run.DoAsync(Step.Credentials, tools.BrokerPatience, t => tools.Credentials.SetAsync(id, password, t), stop);
            await run.DoAsync(Step.Rights, tools.BrokerPatience, t => tools.Broker.ProveRightsAsync(id, password, t), stop);
        }
        else
        {
            run.Report(Step.Credentials, StepState.Skipped, "the broker lets anyone in");
            run.Report(Step.Rights, StepState.Skipped, "the broker lets anyone in");
        }

        if (port is not null) await run.DoAsync(Step.Reboot, () => port.Reboot(stop));
        else run.Report(Step.Reboot, StepState.Skipped, "start the board yourself");
        await run.DoAsync(
            Step.Birth, tools.BirthPatience, t => tools.Broker.WaitForBirthAsync(id, run.Incarnation, t), lived => Lives(run, lived), stop);
        await run.DoAsync(
            Step.Message, tools.BirthPatience,
            t => tools.Broker.GreetAsync(
                id, $"Welcome to {tools.Fleet.Name}", [.. tools.Fleet.GroupsOf(id)], () => tools.Store.NextGreeting(id), t),
            stop);
        if (tools.Fleet.Labels is { } folder) await run.DoAsync(Step.Label, () => BoardLabel.Write(folder, id, run.Board.Name));
        else run.Report(Step.Label, StepState.Skipped, "the fleet file names no folder for labels");
        await run.DoAsync(Step.Record, () => tools.Store.Record(
            id, BoardState.Provisioned, run.Chip, bundle.Manifest.Firmware, bundle.Manifest.Runtime));
    }

    // a board that has gone above its incarnation has used that one too: nobody else gets it
    private string? Lives(ProvisionRun run, int lived)
    {
        if (lived == run.Incarnation) return null;
        tools.Store.Meet(run.Board!.Id, lived, run.Mac);
        return $"in incarnation {lived}, which it took by itself";
    }

    private string? Password(string id) => !tools.Credentials.HasPasswords ? null : tools.Store.Secret(SecretOf(id))
        ?? throw new FleetException($"the store has no password of {id}: run with --renew, which gives it a new one");

    /// <summary>What becomes of the life that a board has.</summary>
    private enum Life
    {
        /// <summary>It gets a new one.</summary>
        New,

        /// <summary>It goes on in the one that it has.</summary>
        Kept,

        /// <summary>There is nothing to do.</summary>
        Complete,
    }
}
