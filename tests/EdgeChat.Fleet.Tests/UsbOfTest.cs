using System.Text.Json;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Fleet.Tests;

/// <summary>Who a board is, as its drive says.</summary>
internal sealed record Identity(string Id, int Incarnation, string? Password);

/// <summary>A virtual board at a line in memory, which stays what it is through all runs of a test.</summary>
internal sealed class UsbOfTest : IDisposable
{
    public UsbOfTest(string mac, string drive, Func<int, LineFault>? faults = null, LoaderChip? chip = null)
    {
        Mac = mac;
        Board = new VirtualUsbBoard(new VirtualUsbOptions
        {
            Chip = chip ?? LoaderChip.Esp32,
            Mac = [.. mac.Split(':').Select(b => Convert.ToByte(b, 16))],
            Folder = drive,
        });
        Line = new MemoryLine(Board, "port-" + mac[^2..])
        {
            // a cable that is out longer than a step waits for it
            Unplugged = TimeSpan.FromSeconds(15),
            Faults = (number, isOfHost, message) =>
            {
                Kinds.TryAdd(KindOf(isOfHost, message), number);
                return faults?.Invoke(number) ?? LineFault.None;
            },
        };
    }

    /// <summary>The kinds of messages that passed, each with the number of the first one.</summary>
    public Dictionary<string, int> Kinds { get; } = [];

    public string Mac { get; }

    public VirtualUsbBoard Board { get; }

    public MemoryLine Line { get; }

    /// <summary>Who it is; null while its drive does not say so.</summary>
    public Identity? Identity
    {
        get
        {
            if (Board.ReadFile(BoardFiles.Settings) is not { } file) return null;
            try
            {
                using var settings = JsonDocument.Parse(file);
                JsonElement root = settings.RootElement;
                return new Identity(
                    root.GetProperty("id").GetString()!, root.GetProperty("e").GetInt32(),
                    root.TryGetProperty("password", out JsonElement password) ? password.GetString() : null);
            }
            catch (JsonException)
            {
                return null; // half of it has come
            }
        }
    }

    // the protocol, the way, and the command: of the boot loader behind C0 and the direction, of the Wire Protocol at 16
    private static string KindOf(bool isOfHost, byte[] message)
    {
        string command = message is [0xC0, _, byte loader, ..] ? $"{(LoaderCommand)loader}"
            : message.AsSpan().StartsWith(WirePacket.Marker) ? $"Wire{(WireCommand)BitConverter.ToUInt32(message, 16)}" : "text";
        return (isOfHost ? "> " : "< ") + command;
    }

    /// <summary>Somebody plugs it in again, some time after a run has ended.</summary>
    public void PlugIn()
    {
        Line.Wait(TimeSpan.FromSeconds(20));
        Line.Reopen();
    }

    public void Dispose()
    {
        Line.Dispose();
        Board.Dispose();
    }
}

/// <summary>The boards and the broker of a test. At each change at the broker it looks whether somebody is twice, and whether each password
/// belongs to a board.</summary>
internal sealed class UsbWorld : IFleetBroker, ICredentials
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _passwords = [];
    private readonly List<UsbOfTest> _boards = [];

    /// <summary>Called before each thing that is asked of the broker; it may throw.</summary>
    public Action? Before { get; init; }

    public bool HasPasswords => true;

    public IReadOnlyList<UsbOfTest> Boards => _boards;

    public IReadOnlyDictionary<string, string> Passwords => _passwords;

    public List<string> Faults { get; } = [];

    public UsbOfTest Add(UsbOfTest board)
    {
        _boards.Add(board);
        return board;
    }

    public Task SetAsync(string user, string password, CancellationToken stop) => Do(() => _passwords[user] = password);

    public Task RemoveAsync(string user, CancellationToken stop) => Do(() => _passwords.Remove(user));

    public Task ProveRightsAsync(string id, string? password, CancellationToken stop) => Do(() =>
    {
        if (_passwords.GetValueOrDefault(id) != password) throw new FleetException($"the broker refuses {id}: it has another password");
    });

    public async Task<int> LastIncarnationAsync(string id, CancellationToken stop)
    {
        await Do(() => { });
        return 0;
    }

    public async Task<int> WaitForBirthAsync(string id, int incarnation, CancellationToken stop)
    {
        await Do(() => LookForBirth(id, incarnation));
        return incarnation;
    }

    private void LookForBirth(string id, int incarnation)
    {
        if (!_boards.Any(b => b.Identity is { } who && who.Id == id && who.Incarnation == incarnation
            && who.Password == _passwords.GetValueOrDefault(id)))
            throw new FleetException($"{id} did not come online: look at its screen");
    }

    public Task GreetAsync(string id, string text, IReadOnlyList<FleetGroup> groups, Func<int> next, CancellationToken stop) =>
        Do(() => next());

    /// <summary>Looks at everything.</summary>
    public void Look()
    {
        lock (_lock)
        {
            Identity[] known = [.. _boards.Select(b => b.Identity).OfType<Identity>()];
            foreach (var same in known.GroupBy(w => w.Id).Where(g => g.Count() > 1)) Faults.Add($"two boards are {same.Key}");
            foreach (var (user, password) in _passwords)
                if (!known.Any(w => w.Id == user && w.Password == password))
                    Faults.Add($"{user} has a password at the broker that no board has");
        }
    }

    private Task Do(Action action)
    {
        lock (_lock)
        {
            Before?.Invoke();
            action();
            Look();
        }

        return Task.CompletedTask;
    }
}
