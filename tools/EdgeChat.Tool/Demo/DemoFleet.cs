using EdgeChat.Core;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo;

/// <summary>The boards of one demo, and what the broker says of them. It makes, holds and stops them.</summary>
public sealed class DemoFleet : IDisposable
{
    // A board says "off", waits for the broker to confirm it and disconnects: milliseconds, unless the broker is gone.
    private static readonly TimeSpan PatienceAtStop = TimeSpan.FromSeconds(5);

    private readonly List<DemoBoard> _boards = [];

    /// <summary>Makes the boards with their files in <paramref name="data"/>, without power.</summary>
    /// <param name="settings">How many, and of which kind.</param>
    /// <param name="data">Where they keep their flash.</param>
    /// <param name="broker">The broker that they are set up for.</param>
    /// <param name="secretOf">What a board logs in with at the demo's own broker, a password or a certificate with its key; null for
    /// another broker.</param>
    /// <param name="ca">The CA of a broker that speaks TLS; null for one that does not.</param>
    /// <param name="main">The firmware's entry point.</param>
    /// <exception cref="ToolException">A file cannot be written, or one that is there cannot be read.</exception>
    public DemoFleet(
        DemoSettings settings, DataFolder data, BrokerAddress broker, Func<string, string?> secretOf, byte[]? ca, Action main)
    {
        var model = BoardModel.Load(settings.Model);
        var ids = Ids(settings);
        // First all files, then the boards: a file that is in the way stops the demo before anything runs.
        foreach (var id in ids.Where(_ => !settings.SkipsDamaged))
            FlashCheck.Check(data.FlashOf(id), id);
        foreach (var id in ids)
            BoardFiles.Write(data.FlashOf(id), model, id, broker, Contacts(ids, id), secretOf(id), ca);
        var keys = new DemoKeys();
        foreach (var id in ids)
            keys.Add(id, data.FlashOf(id));
        foreach (var id in ids)
        {
            var others = Contacts(ids, id).Where(other => Contacts(ids, other).Contains(id));
            keys.Give(id, data.FlashOf(id), [.. others]);
        }

        foreach (var id in ids)
        {
            var board = new DemoBoard(id, model, data.FlashOf(id), Rosters, keys, main);
            board.Changed += OnChanged;
            _boards.Add(board);
        }

        Presence.Changed += OnChanged;
    }

    /// <summary>The boards, in the order of their names.</summary>
    public IReadOnlyList<DemoBoard> Boards => _boards;

    /// <summary>What the broker retains of the boards' presence.</summary>
    public PresenceBook Presence { get; } = new();

    /// <summary>What the broker retains of the groups.</summary>
    public RosterBook Rosters { get; } = new();

    /// <summary>Something that can be seen has changed; raised on any thread, so handlers only take note.</summary>
    public event Action? Changed;

    /// <summary>The device ids of the boards that <paramref name="settings"/> ask for.</summary>
    public static IReadOnlyList<string> Ids(DemoSettings settings) => [.. Enumerable.Range(0, settings.Boards).Select(BoardNames.Id)];

    /// <summary>The board with a device id, or null.</summary>
    public DemoBoard? Find(string? id) => _boards.Find(b => b.Id == id);

    /// <summary>Takes what the broker retains of a topic.</summary>
    public void TakeRetained(string topic, byte[] body)
    {
        Presence.Take(topic, body);
        Rosters.Take(topic, body);
    }

    /// <summary>Gives all boards power.</summary>
    public Task PowerOnAsync() => Task.WhenAll(_boards.Select(b => b.SetPowerAsync(true)));

    /// <summary>Lets each board say goodbye and end, all at once; returns after a few seconds at most.</summary>
    public Task StopAsync() => Task.WhenAll(_boards.Select(b => b.StopAsync(PatienceAtStop)));

    /// <summary>Cuts the power of all boards for good.</summary>
    public void Dispose() => Parallel.ForEach(_boards, b => b.Dispose());

    // The boards that follow in the list, as many as a board takes.
    private static IReadOnlyList<string> Contacts(IReadOnlyList<string> ids, string id)
    {
        var at = ids.TakeWhile(other => other != id).Count();
        return [.. ids.Skip(at + 1).Concat(ids.Take(at)).Take(Limits.Contacts)];
    }

    private void OnChanged() => Changed?.Invoke();
}
