using System.Collections.Concurrent;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Platform;

/// <summary>A virtual board with a folder of its own, whose firmware is written in the test.</summary>
internal sealed class BoardUnderTest : IDisposable
{
    /// <summary>A test that waits so long has found a hang.</summary>
    public static readonly TimeSpan Patience = Waiting.Longest;

    public const string DevKit = """
        { "name": "esp32-devkit", "title": "ESP32 DevKit, SSD1306, three buttons", "target": "ESP32_REV3",
          "display": { "driver": "ssd1306", "width": 128, "height": 64, "bus": 1, "address": 60, "sda": 21, "scl": 22 },
          "buttons": { "up": 32, "ok": 33, "down": 25, "activeLow": true },
          "serial": { "port": "COM2", "tx": 17, "rx": 16, "baud": 115200 } }
        """;

    private readonly BlockingCollection<object> _told = [];

    private Action _main = static () => { };

    public BoardUnderTest(string name = "alice", bool withPty = false, string json = DevKit)
    {
        Folder = Directory.CreateTempSubdirectory("edgechat-board-").FullName;
        Board = new Board(new BoardOptions
        {
            Name = name,
            FlashFolder = Folder,
            Main = () => _main(),
            Hardware = BoardHardware.Load(json),
            WithPty = withPty,
        });
    }

    public Board Board { get; }

    public string Folder { get; }

    /// <summary>Boots with this firmware and waits until its Main has ended.</summary>
    public BoardUnderTest Run(Action main)
    {
        Boot(main);
        Ended();
        Board.PowerOff();
        return this;
    }

    /// <summary>Boots with this firmware.</summary>
    public BoardUnderTest Boot(Action main)
    {
        Board.PowerOff();
        _main = main;
        Board.PowerOn();
        return this;
    }

    /// <summary>Waits until Main has ended, and fails with what left it.</summary>
    public void Ended()
    {
        Assert.IsTrue(Board.Stopped.Wait(Patience), "Main does not end");
        if (Board.FirmwareFault is { } fault) Assert.Fail(fault.ToString());
    }

    /// <summary>The firmware tells the test something.</summary>
    public void Tell(object what) => _told.Add(what);

    /// <summary>Waits for what the firmware tells next.</summary>
    public T Heard<T>()
    {
        if (!_told.TryTake(out object? what, Patience))
            Assert.Fail("the firmware tells nothing" + (Board.FirmwareFault is { } fault ? ": " + fault : ""));
        return (T)what!;
    }

    /// <summary>Whether something was told that nobody asked for.</summary>
    public bool HasMore => _told.Count > 0;

    /// <summary>Files of the drive with their content.</summary>
    public string[] Files() => Directory.GetFiles(Folder).Order(StringComparer.Ordinal)
        .Select(f => Path.GetFileName(f) + "=" + File.ReadAllText(f)).ToArray();

    public void Dispose()
    {
        Board.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
