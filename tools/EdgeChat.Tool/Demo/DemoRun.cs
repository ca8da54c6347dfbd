using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo.Scenarios;
using EdgeChat.Tool.Demo.Terminal;
using EdgeChat.Tool.Demo.Web;
using EdgeChat.Tool.Web;

namespace EdgeChat.Tool.Demo;

/// <summary>One run of the demo, from the first check to the last goodbye.</summary>
public sealed class DemoRun
{
    // in the data folder: with these others on this PC come
    private const string GuestCertificate = BrokerAccess.Guest + ".pem";
    private const string GuestKey = BrokerAccess.Guest + ".key";

    private readonly DemoSettings _settings;
    private readonly ToolHost _host;
    private readonly Action _firmware;
    private readonly TaskCompletionSource<Exception> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the run of <paramref name="settings"/> with <paramref name="firmware"/> as the boards' Main.</summary>
    public DemoRun(DemoSettings settings, ToolHost host, Action firmware)
    {
        _settings = settings;
        _host = host;
        _firmware = firmware;
    }

    /// <summary>Serves the page of a room on a port, or on a free one for 0. Throws <see cref="ToolException"/> when it is taken.</summary>
    public static Task<LocalServer> ServeAsync(DemoRoom room, int port) =>
        LocalServer.StartAsync("demo", port, (socket, stop) => new PageConnection(socket, room).RunAsync(stop));

    /// <summary>Has the broker inside let each board in; gives what the boards log in with, by their ids.</summary>
    public static IReadOnlyDictionary<string, string> Admit(IReadOnlyList<string> ids, DataFolder data, BrokerAccess access)
    {
        var passwords = new Dictionary<string, string>();
        foreach (var id in ids)
        {
            var (user, password) = BoardFiles.OwnLoginOf(data.FlashOf(id), id);
            passwords[id] = password;
            access.Add(user, password, id);
        }

        return passwords;
    }

    /// <summary>Runs until the host wants it to end. Throws <see cref="ToolException"/> when something is in the way.</summary>
    public async Task<int> RunAsync()
    {
        // Boards wait on threads as a board does; a pool that grows by one or two a second would let many boards start one after the other.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * _settings.Boards), ports);
        using var data = DataFolder.Open(_settings.Data);
        var ids = DemoFleet.Ids(_settings);
        if (_settings.Broker is { } address)
        {
            var logins = ids.ToDictionary(id => id, id => BoardFiles.LoginOf(data.FlashOf(id), id, address, _settings.Ca) with
            {
                CertificateCure = data.IsTemporary ? ClientFiles.CureWithoutFolder : ClientFiles.Cure(data.FlashOf(id)),
            });
            BrokerLogin LoginOf(string id) => logins[id];
            foreach (var login in logins.Values.DistinctBy(l => (l.User, l.Password, l.HasCertificate ? l : null)))
                await BrokerProbe.CheckAsync(login, ProbeId(), _host.Stop);
            await NewDevices.PrepareAsync(LoginOf, ProbeId(), ids, id =>
                !File.Exists(Path.Combine(data.FlashOf(id), BoardFiles.SettingsFile)), _host.Stop);
            await using var watch = new BrokerWatch(LoginOf(ids[0]), ProbeId(), PresenceBook.Filter, RosterBook.Filter);
            using var fleet = new DemoFleet(_settings, data, address, _ => null, _settings.Ca, _firmware);
            watch.Message += fleet.TakeRetained;
            watch.Failed += e => _broken.TrySetResult(e);
            watch.Start();
            await ShowAsync(new DemoRoom(fleet, address, null), data);
        }
        else
        {
            using var clients = _settings.Authentication == BrokerAuthentication.Certificate ? new LoopbackClients("the demo") : null;
            var access = new BrokerAccess(TopicRights.Of(ids), admitsGuests: true, hasCertificates: clients is not null);
            var secrets = clients is null ? Admit(ids, data, access) : ids.ToDictionary(id => id, id => clients.Issue(id));
            using var proof = _settings.IsTls ? new LoopbackCertificate("the demo") : null;
            if (proof is not null) data.Keep(new BrokerFile(BoardFiles.CaFile, Encoding.ASCII.GetString(proof.Ca)));
            if (clients is not null)
            {
                (string certificate, string key) = ClientCertificate.Parts(clients.Issue(BrokerAccess.Guest));
                data.Keep(new BrokerFile(GuestKey, key, IsSecret: true), new BrokerFile(GuestCertificate, certificate));
            }

            await using var broker = new EmbeddedBroker(access, proof?.OfServer, clients);
            await broker.StartAsync();
            using var fleet = new DemoFleet(_settings, data, broker.Address, id => secrets[id], proof?.Ca, _firmware);
            broker.RetainedChanged += fleet.TakeRetained;
            await ShowAsync(new DemoRoom(fleet, broker.Address, broker), data);
        }

        return ExitCode.Success;
    }

    // At most 23 characters, which each broker must take: OASIS MQTT 3.1.1, section 3.1.3.1.
    private static string ProbeId() => "edgechat-demo-" + Random.Shared.Next(0x1000000).ToString("x6");

    private async Task ShowAsync(DemoRoom room, DataFolder data)
    {
        await using var server = _settings.IsHeadless ? null : await ServeAsync(room, _settings.Port);
        foreach (var board in room.Fleet.Boards)
        {
            board.Faulted += OnFault;
            board.DebugOutput += OnDebugOutput;
        }

        await room.Fleet.PowerOnAsync();
        Announce(room, server, data);
        if (server is not null && _settings.OpensBrowser)
            OpenBrowser(server.Url);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            _host.Stop, _settings.IsHeadless ? _host.WatchReader() : CancellationToken.None);
        var showing = _settings.IsHeadless ? ShowInTerminalAsync(room, end.Token) : Task.Delay(Timeout.Infinite, end.Token);
        await Task.WhenAny(showing, _broken.Task);
        await end.CancelAsync();
        await showing.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var board in room.Fleet.Boards)
            board.Faulted -= OnFault;
        await room.Fleet.StopAsync();
        if (_broken.Task.IsCompleted)
            throw await _broken.Task;
        if (showing.IsFaulted)
            await showing;
    }

    private Task ShowInTerminalAsync(DemoRoom room, CancellationToken stop)
        => _settings.Scenario is { } scenario ? new ScenarioRun(scenario, room, _host.Out).RunAsync(stop)
            : _host.HasTerminal ? new TerminalView(room, _host).RunAsync(stop) : new PlainView(room, _host).RunAsync(stop);

    private void Announce(DemoRoom room, LocalServer? server, DataFolder data)
    {
        var ids = room.Fleet.Boards.Select(b => b.Id).ToArray();
        var ca = _settings.IsTls && _settings.Broker is null ? Path.Combine(data.Root, BoardFiles.CaFile) : null;
        var hasCertificates = _settings.Authentication == BrokerAuthentication.Certificate;
        var (cert, key) = hasCertificates
            ? (Path.Combine(data.Root, GuestCertificate), Path.Combine(data.Root, GuestKey)) : ((string?)null, (string?)null);
        if (_settings.PrintsJson)
        {
            var start = new { url = server?.Url, broker = room.BrokerState().Address, ca, cert, key, boards = ids, data = data.Root };
            _host.Out.WriteLine(JsonSerializer.Serialize(start));
            _host.Out.Flush();
            return;
        }

        if (_settings is { IsHeadless: true, Scenario: null } && _host.HasTerminal)
            return;
        string flash = data.Root + (data.IsTemporary ? " (removed at the end)" : "");
        string trust = ca is null ? "" : hasCertificates ? $" (CA: {ca}; guests: --cert {cert} --key {key})" : $" (CA: {ca})";
        _host.Out.WriteLine($"{BoardNames.List(ids)} at broker {room.BrokerState().Address}{trust}, flash in {flash}");
        if (server is not null)
            _host.Out.WriteLine($"Open {server.Url}  {room.Hint} Ctrl-C ends.");
        _host.Out.Flush();
    }

    private void OnFault(DemoBoard board, Exception fault)
        => _host.Error.WriteLine(
            $"edgechat: {board.Id}'s firmware stopped ({fault.GetType().Name}: {fault.Message}); its power switch starts it again");

    // A board in the field restarts when its flash fails, in the hope that it passes. Here somebody is there who can do something about it.
    private void OnDebugOutput(DemoBoard board, string text)
    {
        var flash = typeof(FlashException).FullName + ": ";
        var line = text.Split('\n')[0].TrimEnd();
        if (!line.StartsWith(flash, StringComparison.Ordinal))
            return;
        _broken.TrySetResult(new ToolException(
            ExitCode.Flash,
            $"{board.Id} cannot use its flash in {board.FlashFolder}: {line[flash.Length..].TrimEnd('.')}; nothing was removed: " +
            "repair or move that file, then start again"));
    }

    private void OpenBrowser(string url)
    {
        try
        {
            Process.Start(new ProcessStartInfo(url) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            _host.Error.WriteLine($"edgechat: --open: no browser could be started here; open {url} yourself");
        }
    }
}
