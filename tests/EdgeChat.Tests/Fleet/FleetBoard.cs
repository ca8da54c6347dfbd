using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using EdgeChat.Tests.Tool;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>One whole board: the unchanged firmware, on the reference board unless told otherwise,
/// with someone at its console who talks JSON.</summary>
internal sealed class FleetBoard : IDisposable
{
    private static readonly TimeSpan Finger = TimeSpan.FromMilliseconds(80);

    private readonly TestFleet _fleet;
    private readonly SemaphoreSlim _console = new(1);
    private readonly List<Packet> _packets = [];
    private int _birthId = -1;
    private int _births;

    public FleetBoard(TestFleet fleet, string folder, string id, int keepAlive, string[] contacts, string model = "esp32-devkit")
    {
        _fleet = fleet;
        Id = id;
        Folder = Directory.CreateDirectory(folder).FullName;
        string hardware = File.ReadAllText(Repository.File($"hardware/boards/{model}.json"));
        File.WriteAllText(Path.Combine(folder, "board.json"), hardware);
        var settings = new
        {
            id,
            e = 1,
            name = char.ToUpperInvariant(id[0]) + id[1..],
            host = "127.0.0.1",
            port = fleet.Broker.Port,
            keepAlive,
            contacts,
            utcOffset = 60
        };
        File.WriteAllText(Path.Combine(folder, "edgechat.json"), JsonSerializer.Serialize(settings));
        DemoUnderTest.StayAwake(folder);
        Board = new Board(new BoardOptions
        {
            Name = id,
            FlashFolder = folder,
            Main = EdgeChat.Device.Program.Main,
            Hardware = BoardHardware.Load(hardware)
        });
        Board.Console.Output += bytes =>
        {
            Console.Take(bytes);
            fleet.Anything.Raise();
        };
        Board.Packets.Logged += Take;
        Board.Display.Changed += fleet.Anything.Raise;
        Board.Buzzer.Sounded += tone =>
        {
            Tones.Enqueue(tone);
            fleet.Anything.Raise();
        };
        Board.PowerChanged += isOn =>
        {
            if (!isOn) Console.Break();
            fleet.Anything.Raise();
        };
    }

    public string Id { get; }

    public string Folder { get; }

    public Board Board { get; }

    public ConsoleTap Console { get; } = new();

    /// <summary>What its buzzer was heard to do.</summary>
    public ConcurrentQueue<Tone> Tones { get; } = new();

    /// <summary>Births that the broker has confirmed, over all boots.</summary>
    public int Births => Volatile.Read(ref _births);

    /// <summary>The board's packets, in their order on the wire.</summary>
    public IReadOnlyList<Packet> Packets
    {
        get { lock (_packets) return [.. _packets]; }
    }

    /// <summary>Gives power and waits until the console answers in JSON.</summary>
    public async Task PowerOnAsync()
    {
        int line = Console.LineCount;
        Board.PowerOn();
        await _fleet.Until($"{Id}'s greeting on the console", () =>
            Console.Lines(line).Any(l => l.Contains("Type help", StringComparison.Ordinal)));
        await AskAsync("mode json");
    }

    /// <summary>Gives power and waits until the broker has the birth.</summary>
    public async Task OnlineAsync()
    {
        int births = Births;
        await PowerOnAsync();
        await BornAsync(births);
    }

    /// <summary>Waits for one more birth than there was, having the board try at once instead of waiting for its back-off.</summary>
    public async Task BornAsync(int before)
    {
        int hurried = -1;
        while (Births <= before)
        {
            await _fleet.Until($"{Id} online", () => Births > before || Waiting() > hurried);
            if (Births > before) return;
            hurried = Waiting();
            await AskAsync("wifi retry");
        }
    }

    /// <summary>Stops cleanly.</summary>
    public async Task StopAsync()
    {
        Board.RequestStop();
        await Board.Stopped.WaitAsync(TestFleet.Patience);
        await _fleet.Until($"{Id} without power", () => !Board.IsOn);
    }

    /// <summary>Has the power cut on the thread, and in the moment, that sends or reads the first packet that fits.</summary>
    public void CutAt(Func<Packet, bool> fits)
    {
        void Cut(Packet packet)
        {
            if (!fits(packet)) return;
            Board.Packets.Logged -= Cut;
            Board.PowerOff();
        }

        Board.Packets.Logged += Cut;
    }

    /// <summary>Types a command and gives its answer; the board must say that it is done.</summary>
    public async Task<Answer> AskAsync(string command)
    {
        Answer? answer = await TryAskAsync(command);
        if (answer is not { IsOk: true })
            throw new AssertFailedException($"{Id}> {command}: {answer?.Result.ToString() ?? "the power went"}\n{Describe()}");
        return answer;
    }

    /// <summary>Types a command and gives its answer, or null when the power went before it.</summary>
    public async Task<Answer?> TryAskAsync(string command)
    {
        await _console.WaitAsync();
        try
        {
            int from = Console.Count;
            int at = -1;
            Board.Console.Type(Encoding.UTF8.GetBytes(command + "\n"));
            await _fleet.Until($"{Id}'s answer to \"{command}\"", () =>
            {
                at = IndexOfResult(from);
                return at >= 0 || !Board.IsOn;
            });
            at = IndexOfResult(from);
            return at < 0 ? null : new Answer(Console.Objects(0)[at],
                [.. Console.Objects(from).Take(at - from).Where(o => o.TryGetProperty("item", out _))]);
        }
        finally
        {
            _console.Release();
        }
    }

    /// <summary>Sends a text; gives its sequence number. It is in the flash then.</summary>
    public async Task<int> SendAsync(string who, string text) => (await AskAsync($"send {who} {text}")).Result.GetProperty("n").GetInt32();

    /// <summary>Opens a conversation: its last messages, which are shown by that.</summary>
    public async Task<IReadOnlyList<Line>> ReadAsync(string who)
    {
        // without a message between them there is no conversation yet
        Answer? answer = await TryAskAsync($"read {who} 64");
        return answer is { IsOk: true } ? [.. answer.Items.Select(Line.Of)] : [];
    }

    /// <summary>Presses a button as a finger does: longer than it bounces, shorter than a long press.</summary>
    public Task PressAsync(string button)
    {
        int pin = Board.Hardware.Button(button);

        // on a thread of its own: on one of the pool's, which other tests keep busy, a press can become a long one
        return Task.Factory.StartNew(
            () =>
            {
                Board.Pins.Press(pin);
                Thread.Sleep(Finger);
                Board.Pins.Release(pin);
                Thread.Sleep(Finger);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>A number of <c>status</c>; 0 when it does not stand there.</summary>
    public async Task<int> StatusAsync(string key) =>
        (await AskAsync("status")).Result.TryGetProperty(key, out JsonElement value) ? value.GetInt32() : 0;

    /// <summary>The ticks that the console told of a message, in their order.</summary>
    public IReadOnlyList<string> Ticks(string who, int n) =>
        [.. Console.Events("tick").Where(e => ConsoleTap.Is(e, "who", who) && e.GetProperty("n").GetInt32() == n)
            .Select(e => e.GetProperty("tick").GetString()!)];

    /// <summary>The texts that the console told to have come from a conversation.</summary>
    public IReadOnlyList<string> Arrived(string who) =>
        [.. Console.Events("message").Where(e => ConsoleTap.Is(e, "who", who)).Select(e => e.GetProperty("text").GetString()!)];

    /// <summary>What the console told of a contact's presence, in its order.</summary>
    public IReadOnlyList<string> PresenceOf(string device, int from = 0) =>
        [.. Console.Events("presence", from).Where(e => ConsoleTap.Is(e, "device", device))
            .Select(e => e.GetProperty("presence").GetString()!)];

    /// <summary>Whether this is what the console told last of the session.</summary>
    public bool SaysLast(string session)
    {
        int at = LastSession();
        return at >= 0 && ConsoleTap.Is(Console.Objects(at)[0], "session", session);
    }

    /// <summary>Waits for a tick of a message.</summary>
    public Task TickAsync(string who, int n, string tick) =>
        _fleet.Until($"{Id}'s tick \"{tick}\" of message {n} to {who}", () => Ticks(who, n).Contains(tick));

    public void Dispose()
    {
        Board.Dispose();
        _console.Dispose();
    }

    public string Describe()
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"--- {Id}: {(Board.IsOn ? "on" : "off")}, boot {Board.Boots}, "
            + $"Wi-Fi {(Board.Wifi.IsUp ? "up" : "down")}, fault: {Board.FirmwareFault}");
        foreach (string line in Console.Lines(Math.Max(0, Console.LineCount - 30))) text.AppendLine("    " + line);
        foreach (Packet p in Packets.TakeLast(30))
            text.AppendLine(
                $"    {p.Time:ss.fff} {(p.Sent ? ">" : "<")} {p.Kind} {p.PacketId} {p.Topic} "
                + $"{(p.Payload is { } body ? Encoding.UTF8.GetString(body) : "")}");
        text.Append(Picture.Of(Board.Display));
        return text.ToString();
    }

    private void Take(Packet packet)
    {
        lock (_packets) _packets.Add(packet);
        if (packet.Sent && packet.Topic == "ec1/p/" + Id && packet.Payload.AsSpan().IndexOf("\"on\""u8) >= 0) _birthId = packet.PacketId
            ?? -1;
        else if (packet.Sent && packet.Kind == "CONNECT") _birthId = -1;
        else if (!packet.Sent && packet.Kind == "PUBACK" && packet.PacketId == _birthId) Interlocked.Increment(ref _births);
        _fleet.Packets.Raise();
        _fleet.Anything.Raise();
    }

    // where the console told that the session waits for its next try, or -1 when it has said something else since
    private int Waiting()
    {
        int at = LastSession();
        return at >= 0 && ConsoleTap.Is(Console.Objects(at)[0], "session", "waiting") ? at : -1;
    }

    private int LastSession()
    {
        IReadOnlyList<JsonElement> objects = Console.Objects(0);
        for (int i = objects.Count - 1; i >= 0; i--)
            if (ConsoleTap.Is(objects[i], "event", "session")) return i;
        return -1;
    }

    private int IndexOfResult(int from)
    {
        IReadOnlyList<JsonElement> objects = Console.Objects(from);
        for (int i = 0; i < objects.Count; i++)
            if (objects[i].TryGetProperty("ok", out _)) return from + i;
        return -1;
    }
}
