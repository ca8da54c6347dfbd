using System.Text;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Tests.Screens;

namespace EdgeChat.Tests.Consoles;

/// <summary>A core alone with a terminal on paper and a flash in memory.</summary>
internal sealed class ConsoleBoard : IRandomSource
{
    private readonly string _name;
    private readonly string[] _contacts;
    private readonly FilesInMemory _flash = new();
    private readonly DeviceStatus _status = new()
    {
        Version = "1.0.0",
        BoardName = "esp32-devkit",
        Broker = "192.168.1.10:1883",
        FreeHeapBytes = 61_000,
    };

    public ConsoleBoard(string id, string name, string[] contacts)
    {
        Id = id;
        _name = name;
        _contacts = contacts;
        App = null!;
    }

    public string Id { get; }

    public App App { get; private set; }

    public Paper Paper { get; } = new();

    public bool IsUp
    {
        get => _status.Network != null;
        set => _status.Network = value ? "Workshop" : null;
    }

    /// <summary>What the next measurement of the signal gives, -1 for nothing found; null when none ends.</summary>
    public int? Signal { get; set; } = 72;

    public bool IsConnected { get; set; }

    public bool HasSession { get; set; }

    public int RefusedWith { get; set; }

    public (string Topic, byte[] Body)? Will { get; set; }

    public List<string> Filters { get; } = [];

    public Queue<(string Topic, byte[] Body)> Inbox { get; } = new();

    /// <summary>The whole back-off, always: transcripts must say the same each time.</summary>
    public int Next(int bound) => bound - 1;

    public void PowerOn(long nowMs)
    {
        var me = new Identity { DeviceId = Id, DisplayName = _name, Contacts = _contacts, UtcOffsetMinutes = 120 };
        App = new App(me, _flash, this, Paper, _status, 128, 64, 3);
        App.Start(nowMs);
    }

    public void Type(string keys, long nowMs)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        App.OnSerial(bytes, 0, bytes.Length, nowMs);
    }
}
