using System.Text.Json;
using EdgeChat.Device;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tests.OnBoard;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Boards;

/// <summary>Each board of the shelf: its file is read alike by the firmware and by the virtual board, it has its wiring page, and it
/// works.</summary>
[TestClass]
public class BoardFileTests
{
    private const string Identity = """{ "id": "alice", "host": "127.0.0.1", "port": 1 }""";

    // keys of the files that are no pins
    private static readonly string[] NoPins = ["width", "height", "bus", "address", "baud", "columnOffset", "rowOffset"];

    public static IEnumerable<object[]> Names => Shelf.Names.Select(n => new object[] { n });

    [TestMethod]
    public void The_shelf_has_the_boards_that_the_project_promises()
    {
        CollectionAssert.AreEqual(new[] { "esp32-devkit", "heltec-wifi-kit-32", "lilygo-t-display", "m5stack-core", "m5stickc-plus" },
            Shelf.Names);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Firmware_and_virtual_board_read_the_same_wiring(string name)
    {
        BoardConfig firmware = Shelf.Config(name);
        var board = BoardHardware.Load(Shelf.Json(name));
        Assert.IsNull(firmware.Unread);
        Assert.AreEqual((name, board.Target), (firmware.Name, firmware.Target));
        Assert.AreEqual(name, board.Name);
        Assert.AreEqual(board.Buttons.Count, firmware.Buttons);
        Assert.AreEqual(board.Buzzer, firmware.Buzzer);
        DisplayConfig display = firmware.Display;
        DisplayWiring wired = board.Display!;
        Assert.AreEqual((wired.Driver, wired.Width, wired.Height, wired.Bus), (display.Driver, display.Width, display.Height, display.Bus));
        Assert.AreEqual((wired.Mosi, wired.Clock, wired.ChipSelect, wired.DataCommand),
            (display.Mosi, display.Clock, display.ChipSelect, display.DataCommand));
        Assert.AreEqual((wired.ResetPin, wired.Backlight, wired.IsInverting), (display.Reset, display.Backlight, display.IsInverting));
        if (wired.Driver == "ssd1306") Assert.AreEqual((wired.Address, wired.Sda, wired.Scl), (display.Address, display.Sda, display.Scl));
        Assert.AreEqual(wired.Axp192 ?? new I2cWiring(0, -1, -1), new I2cWiring(display.Axp192Bus, display.Axp192Sda, display.Axp192Scl));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void No_pin_has_two_uses(string name)
    {
        // an AXP192 may share the display's I2C bus; none of these boards does
        var twice = Pins(name).GroupBy(p => p.Pin).Where(g => g.Count() > 1)
            .Select(g => $"GPIO{g.Key}: {string.Join(", ", g.Select(p => p.Key))}").ToArray();
        Assert.AreEqual(0, twice.Length, string.Join("; ", twice));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_wiring_page_names_the_file_the_target_and_every_pin(string name)
    {
        string page = File.ReadAllText(Repository.File($"hardware/boards/{name}.md"));
        StringAssert.Contains(page, $"({name}.json)");
        if (name != "esp32-devkit") StringAssert.Contains(page, BoardHardware.Load(Shelf.Json(name)).Target);
        foreach ((string key, int pin) in Pins(name))
            Assert.IsTrue(page.Split('\n')
                .Any(l => l.Contains($"GPIO{pin} ", StringComparison.Ordinal) && l.Contains($"`{key}`", StringComparison.Ordinal)),
                $"{name}.md: no row for `{key}`, GPIO{pin}");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_board_boots_shows_ink_and_obeys_a_button(string name)
    {
        using TestBoard board = Shelf.Take(name);
        board.Put("edgechat.json", Identity);
        board.Board.PowerOn();
        board.WaitForOutput("help");
        board.Board.Console.Type("status\r"u8);
        board.WaitForOutput("firmware"); // the loop turns
        board.WaitForDisplay(d => d.IsOn && Ink(d.Snapshot()) > 100, "ink");
        byte[] before = board.Board.Display.Snapshot();
        Hold(board, "ok", () => Differences(before, board.Board.Display.Snapshot()) > before.Length * 8 / 50);
        Assert.IsNull(board.Board.FirmwareFault);
        Assert.AreEqual(0, board.Board.Display.UnknownCommands);
    }

    // Held OK opens the menu on each board. On a busy machine the time between press and release may become another
    // gesture's: then once more.
    private static void Hold(TestBoard board, string button, Func<bool> isDone)
    {
        using var done = new ManualResetEventSlim();
        board.Board.Display.Changed += () =>
        {
            if (isDone()) done.Set();
        };
        int pin = board.Board.Hardware.Button(button);
        for (int attempt = 0; attempt < 5; attempt++)
        {
            board.Board.Pins.Press(pin);
            Thread.Sleep(900);
            board.Board.Pins.Release(pin);
            if (done.Wait(TestBoard.Patience / 5)) return;
        }

        Assert.Fail($"holding {button} did not change the screen; fault: {board.Board.FirmwareFault}");
    }

    private static List<(string Key, int Pin)> Pins(string name)
    {
        var pins = new List<(string Key, int Pin)>();
        using var file = JsonDocument.Parse(Shelf.Json(name));
        Collect(file.RootElement, "", pins);
        return pins;
    }

    private static void Collect(JsonElement element, string path, List<(string Key, int Pin)> pins)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object) Collect(property.Value, path + property.Name + ".", pins);
            else if (property.Value.ValueKind == JsonValueKind.Number && !NoPins.Contains(property.Name))
                pins.Add((path + property.Name, property.Value.GetInt32()));
        }
    }

    private static int Ink(byte[] picture) => picture.Sum(b => System.Numerics.BitOperations.PopCount(b));

    private static int Differences(byte[] one, byte[] other) =>
        one.Zip(other, (a, b) => System.Numerics.BitOperations.PopCount((uint)(a ^ b))).Sum();
}
