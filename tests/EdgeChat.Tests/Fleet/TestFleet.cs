using System.Text;

namespace EdgeChat.Tests.Fleet;

/// <summary>A broker and whole boards in a folder of their own, and the waiting for what they do.</summary>
internal sealed class TestFleet : IAsyncDisposable
{
    /// <summary>How long one wait may take, on a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Patience = Waiting.Longest;

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-fleet-").FullName;
    private readonly List<FleetBoard> _boards = [];
    private readonly List<PlainClient> _clients = [];

    /// <summary>Makes a fleet without boards on a broker that runs, which ends with it.</summary>
    public TestFleet(IBroker broker) => Broker = broker;

    private TestFleet(string kind) =>
        Broker = kind == IBroker.Mosquitto ? new MosquittoBroker(Path.Combine(_folder, "broker")) : new EmbeddedTestBroker();

    public IBroker Broker { get; }

    public IReadOnlyList<FleetBoard> Boards => _boards;

    /// <summary>A console line, a packet, a picture, a change of power, or a message at a plain client.</summary>
    public Signal Anything { get; } = new();

    /// <summary>A packet of a board.</summary>
    public Signal Packets { get; } = new();

    /// <summary>Makes a fleet without boards; its broker runs.</summary>
    public static async Task<TestFleet> StartAsync(string kind)
    {
        var fleet = new TestFleet(kind);
        await fleet.Broker.StartAsync();
        return fleet;
    }

    /// <summary>Makes a board without power.</summary>
    public FleetBoard Add(string id, params string[] contacts) => Add(id, 60, contacts);

    /// <summary>Makes a board without power that keeps its connection alive every <paramref name="keepAlive"/> seconds.</summary>
    /// <param name="id">Its device id.</param>
    /// <param name="keepAlive">In seconds.</param>
    /// <param name="contacts">Its contacts.</param>
    /// <param name="model">Which board of <c>hardware/boards</c> it is.</param>
    public FleetBoard Add(string id, int keepAlive, string[] contacts, string model = "esp32-devkit")
    {
        var board = new FleetBoard(this, Path.Combine(_folder, id), id, keepAlive, contacts, model);
        _boards.Add(board);
        return board;
    }

    /// <summary>Makes two boards that are each other's contacts, and has them online.</summary>
    public async Task<(FleetBoard Alice, FleetBoard Bob)> PairAsync(string alice = "alice", string bob = "bob")
    {
        FleetBoard first = Add(alice, bob);
        FleetBoard second = Add(bob, alice);
        await Task.WhenAll(first.OnlineAsync(), second.OnlineAsync());
        return (first, second);
    }

    /// <summary>Connects a plain MQTT client that reads its inbox.</summary>
    public async Task<PlainClient> ConnectAsync(string id, params string[] filters)
    {
        PlainClient client = await PlainClient.ConnectAsync(this, id, [$"ec1/i/{id}/+", .. filters]);
        _clients.Add(client);
        return client;
    }

    /// <summary>Waits until a condition holds; it is looked at after each thing that happens.</summary>
    public async Task Until(string what, Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task next = Anything.Next;
            if (condition()) return;
            await WaitAsync(next, patience.Token, what);
        }
    }

    /// <summary>Waits until a condition holds that has to ask the boards; they are asked after each packet, and now and then.</summary>
    /// <remarks>Not after a packet alone: it is seen on the wire before the board has looked at it, so an answer can still be the one from
    /// before.</remarks>
    public async Task UntilAsked(string what, Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task next = Packets.Next;
            if (await condition()) return;
            await WaitAsync(Task.WhenAny(next, Task.Delay(AskAgain, patience.Token)), patience.Token, what);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_boards.Select(b => Task.Run(b.Dispose)));
        foreach (PlainClient client in _clients) await client.DisposeAsync();
        await Broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Everything that helps to see why something did not come.</summary>
    public string Describe(string what)
    {
        var text = new StringBuilder();
        text.AppendLine($"{what}: did not come in time, with the broker {Broker.Kind}");
        foreach (PlainClient client in _clients) text.AppendLine(client.Describe());
        foreach (FleetBoard board in _boards.Take(4)) text.AppendLine(board.Describe());
        return text.ToString();
    }

    private async Task WaitAsync(Task next, CancellationToken patience, string what)
    {
        try
        {
            await next.WaitAsync(patience);
        }
        catch (OperationCanceledException)
        {
            throw new AssertFailedException(Describe(what));
        }
    }
}
