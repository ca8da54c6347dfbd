using System.Text;
using System.Text.Json;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet.Tests;

/// <summary>The power goes, or the process is killed: nothing after it is done.</summary>
internal sealed class CutException : Exception;

/// <summary>What boards and broker have of each other, through all runs of a test. Each thing that is done to them is numbered, and can be
/// cut before or after it was done.</summary>
internal sealed class World
{
    private readonly Lock _lock = new(); // twenty boards at once
    private int _done;

    public Dictionary<string, BoardOfTest> Boards { get; } = [];

    public Dictionary<string, string> Passwords { get; } = [];

    /// <summary>The incarnation of the presence that the broker retains, by device id.</summary>
    public Dictionary<string, int> Retained { get; } = [];

    /// <summary>The incarnation that boards go on to by themselves, or null.</summary>
    public int? LivedIn { get; init; }

    public List<string> Said { get; } = [];

    public int? CutAt { get; set; }

    public bool CutsAfter { get; set; }

    public int Done => _done;

    public Action? AfterEach { get; set; }

    public void Do(Action action)
    {
        lock (_lock)
        {
            int number = ++_done;
            if (number == CutAt && !CutsAfter) throw new CutException();
            action();
            AfterEach?.Invoke();
            if (number == CutAt) throw new CutException();
        }
    }

    public void Restart()
    {
        _done = 0;
        CutAt = null;
    }

    public BoardOfTest Board(string mac) => Boards.TryGetValue(mac, out BoardOfTest? board) ? board : Boards[mac] = new BoardOfTest(mac);
}

/// <summary>A board: what is in its flash.</summary>
internal sealed class BoardOfTest(string mac)
{
    public string Mac => mac;

    public string Chip { get; init; } = "esp32";

    public string? Firmware { get; set; }

    public Dictionary<string, byte[]> Files { get; } = [];

    public string? Ssid { get; set; }

    public int Erased { get; set; }

    public string? Id => Setting("id");

    public string? Password => Setting("password");

    public int Incarnation => int.Parse(Setting("e") ?? "0");

    private string? Setting(string key)
    {
        if (!Files.TryGetValue(BoardFiles.Settings, out byte[]? json)) return null;
        using var settings = JsonDocument.Parse(json);
        return settings.RootElement.TryGetProperty(key, out JsonElement value) ? value.ToString() : null;
    }
}

/// <summary>A port with a board of the world.</summary>
internal sealed class PortOfTest(World world, BoardOfTest board) : IBoardPort
{
    public string Name => "port-" + board.Mac[^2..];

    public BoardFacts Identify(CancellationToken stop)
    {
        world.Do(() => { });
        return new BoardFacts(board.Chip, board.Mac, 4 << 20);
    }

    public string Flash(BundleFile bundle, bool erasesStorage, Action<double> progress, CancellationToken stop)
    {
        if (erasesStorage)
        {
            world.Do(() =>
            {
                board.Files.Clear();
                board.Erased++;
            });
        }

        progress(0.5);
        world.Do(() => board.Firmware = bundle.Manifest.Firmware);
        return "written";
    }

    public void Start(CancellationToken stop) => world.Do(() => { });

    public void WriteFile(string name, ReadOnlyMemory<byte> content, CancellationToken stop) =>
        world.Do(() => board.Files[name] = content.ToArray());

    public void WriteWifi(WifiLogin wifi, CancellationToken stop) => world.Do(() => board.Ssid = wifi.Ssid);

    public void ReadBack(BundleFile bundle, WifiLogin? wifi, CancellationToken stop) => world.Do(() => { });

    public void Reboot(CancellationToken stop) => world.Do(() => { });

    public void Dispose()
    {
    }
}

/// <summary>A broker of the world: it knows passwords, and sees boards that have theirs.</summary>
internal sealed class BrokerOfTest(World world) : IFleetBroker, ICredentials
{
    public bool HasPasswords => true;

    public Task SetAsync(string user, string password, CancellationToken stop)
    {
        world.Do(() => world.Passwords[user] = password);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string user, CancellationToken stop)
    {
        world.Do(() => world.Passwords.Remove(user));
        return Task.CompletedTask;
    }

    public Task ProveRightsAsync(string id, string? password, CancellationToken stop)
    {
        world.Do(() => Assert.AreEqual(world.Passwords[id], password));
        return Task.CompletedTask;
    }

    public Task<int> LastIncarnationAsync(string id, CancellationToken stop)
    {
        int last = 0;
        world.Do(() => last = world.Retained.GetValueOrDefault(id));
        return Task.FromResult(last);
    }

    public Task<int> WaitForBirthAsync(string id, int incarnation, CancellationToken stop)
    {
        BoardOfTest? board = world.Boards.Values.SingleOrDefault(b => b.Id == id && b.Incarnation == incarnation);
        if (board is null || board.Password != world.Passwords.GetValueOrDefault(id))
            throw new FleetException($"{id} did not come online");
        int lived = Math.Max(incarnation, world.LivedIn ?? 0);
        world.Do(() => world.Retained[id] = lived);
        return Task.FromResult(lived);
    }

    public Task GreetAsync(string id, string text, IReadOnlyList<FleetGroup> groups, Func<int> next, CancellationToken stop)
    {
        world.Do(() => world.Said.Add($"{id} {next()} {text}"));
        return Task.CompletedTask;
    }
}

/// <summary>The lines that somebody sees.</summary>
internal sealed class EventLog
{
    private readonly List<StepEvent> _events = [];

    public IReadOnlyList<StepEvent> Events
    {
        get
        {
            lock (_events) return [.. _events];
        }
    }

    public string Text => Events.Aggregate(new StringBuilder(), (t, e) => t.AppendLine(e.ToString())).ToString();

    public void Add(StepEvent e)
    {
        lock (_events) _events.Add(e);
    }
}
