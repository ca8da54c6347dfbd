using System.Text;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A virtual reference board in a folder of its own, which runs the firmware or only a piece of it.</summary>
internal sealed class TestBoard : IDisposable
{
    public const string Hardware = """
        {
          "name": "esp32-devkit", "target": "ESP32_REV3",
          "display": { "driver": "ssd1306", "width": 128, "height": 64, "bus": 1, "address": 60, "sda": 21, "scl": 22 },
          "buttons": { "up": 32, "ok": 33, "down": 25, "activeLow": true },
          "serial": { "port": "COM2", "tx": 17, "rx": 16, "baud": 115200 }
        }
        """;

    public static readonly TimeSpan Patience = Waiting.Longest;

    private readonly StringBuilder _output = new();
    private readonly string _folder;

    /// <summary>Makes a board without power; <paramref name="main"/> is the firmware and <paramref name="hardware"/> the reference board
    /// unless told otherwise.</summary>
    public TestBoard(Action? main = null, string hardware = Hardware, TimeSpan? watchdog = null)
    {
        _folder = Path.Combine(Path.GetTempPath(), "edgechat-test-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(_folder);
        Main = main ?? EdgeChat.Device.Program.Main;
        Board = new Board(new BoardOptions
        {
            Name = "alice",
            FlashFolder = _folder,
            Hardware = BoardHardware.Load(hardware),
            Main = () => Main(),
            Watchdog = watchdog,
        });
        Board.Console.Output += bytes =>
        {
            lock (_output)
            {
                _output.Append(Encoding.UTF8.GetString(bytes));
                Monitor.PulseAll(_output);
            }
        };
    }

    public Board Board { get; }

    /// <summary>What runs at the next power-on.</summary>
    public Action Main { get; set; }

    /// <summary>Runs a piece of firmware on a new board to its end.</summary>
    public static void Run(Action main)
    {
        using var board = new TestBoard(main);
        board.RunToEnd();
    }

    /// <summary>Puts a file on the drive; null leaves it out.</summary>
    public void Put(string name, string? text)
    {
        if (text is not null) File.WriteAllText(Path.Combine(_folder, name), text);
    }

    /// <summary>The names of the files on the drive.</summary>
    public string[] Files() => [.. Directory.GetFiles(_folder).Select(p => Path.GetFileName(p))];

    /// <summary>Gives power, waits until Main has ended, and throws what it threw.</summary>
    public void RunToEnd()
    {
        Board.PowerOn();
        Assert.IsTrue(Board.Stopped.Wait(Patience), "the firmware did not end");
        if (Board.FirmwareFault is { } fault) throw new AssertFailedException(fault.ToString());
        Board.PowerOff();
    }

    /// <summary>Waits until the console has shown a text; gives all that it has shown.</summary>
    public string WaitForOutput(string text, string end = "")
    {
        DateTime until = DateTime.UtcNow + Patience;
        lock (_output)
        {
            while (!(_output.ToString().Contains(text, StringComparison.Ordinal) && _output.ToString()
                .EndsWith(end, StringComparison.Ordinal)))
            {
                TimeSpan left = until - DateTime.UtcNow;
                if (left <= TimeSpan.Zero || !Monitor.Wait(_output, left))
                    throw new AssertFailedException($"\"{text}\" did not come; the console shows: {_output}; fault: {Board.FirmwareFault}");
            }

            return _output.ToString();
        }
    }

    /// <summary>Waits until the display shows what a condition wants.</summary>
    public void WaitForDisplay(Func<VirtualDisplay, bool> condition, string what)
    {
        // not disposed: the board may be in the middle of telling when the wait ends
        var changed = new AutoResetEvent(false);
        void Changed() => changed.Set();
        Board.Display.Changed += Changed;
        try
        {
            DateTime until = DateTime.UtcNow + Patience;
            while (!condition(Board.Display))
                if (!changed.WaitOne(until > DateTime.UtcNow ? until - DateTime.UtcNow : TimeSpan.Zero))
                    throw new AssertFailedException(what + " did not come to the display; fault: " + Board.FirmwareFault);
        }
        finally
        {
            Board.Display.Changed -= Changed;
        }
    }

    public void Dispose()
    {
        Board.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
