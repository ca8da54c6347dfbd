using EdgeChat.Core;
using EdgeChat.Device;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A board whose configuration cannot be used says so on the display and on the console.</summary>
[TestClass]
public class ConfigTests
{
    private const string Identity = """{ "id": "alice", "host": "127.0.0.1", "port": 1883 }""";

    private const string Wired = """{ "name": "x", "display": { "driver": "ssd1306", "sda": 21, "scl": 22 }, """;
    private const string Taken = "board.json: \"buzzer.pin\" is ";
    private const string Free = "; it must be a pin that nothing else of the board has.";

    [TestMethod]
    [DataRow("""{ "id": "Alice", "host": "h" }""", "edgechat.json: \"id\" is \"Alice\"; it may have only a-z, 0-9 and -.")]
    [DataRow("""{ "host": "h" }""", "edgechat.json: \"id\" is missing; add it, such as \"id\": \"alice\".")]
    [DataRow("""{ "id": "alice" }""", "edgechat.json: \"host\" is missing; add it, such as \"host\": \"192.168.1.10\".")]
    [DataRow("""{ "id": "alice", "host": "h", "port": 70000 }""",
        "edgechat.json: \"port\" is 70000; it must be a whole number from 1 to 65535.")]
    [DataRow("""{ "id": "alice", "host": "h", "port": "1883" }""",
        "edgechat.json: \"port\" is \"1883\"; it must be a whole number from 1 to 65535.")]
    [DataRow("""{ "id": "alice", "host": "h", "e": 1.5 }""",
        "edgechat.json: \"e\" is 1.5; it must be a whole number from 1 to 65535.")]
    [DataRow("""{ "id": "alice", "host": "h", "e": 65536 }""",
        "edgechat.json: \"e\" is 65536; it must be a whole number from 1 to 65535.")]
    [DataRow("""{ "id": "alice", "host": "h", "timeZone": "Berlin" }""",
        "edgechat.json: \"timeZone\" is \"Berlin\"; it must be a POSIX time zone, such as CET-1CEST,M3.5.0,M10.5.0/3.")]
    [DataRow("""{ "id": "alice", "host": "h", "contacts": "bob" }""",
        "edgechat.json: \"contacts\" is \"bob\"; it must be a list of texts in square brackets.")]
    [DataRow("""{ "id": "alice", "host": "h", "contacts": ["b/ob"] }""",
        "edgechat.json: \"contacts\" is \"b/ob\"; it may have only device ids")]
    [DataRow("""{ "id": "alice", "host": "h", "tls": "yes" }""", "edgechat.json: \"tls\" is \"yes\"; it must be true or false.")]
    [DataRow("""{ "id": "alice", "host": "h", "tls": true }""",
        "ca.pem is not on drive I:. Put the fleet's CA certificate there as PEM text")]
    [DataRow("""{ "id": "alice", """, "edgechat.json is not JSON that this board reads")]
    [DataRow("""[1]""", "edgechat.json")]
    [DataRow("", "edgechat.json")]
    [DataRow("{ \"id\": \"al\0ice\" }", "edgechat.json has a NUL at byte 11: it is damaged or not text.")]
    public void A_wrong_edgechat_json_is_named_with_key_value_and_cure(string file, string expected)
    {
        using var board = new TestBoard();
        board.Put("board.json", TestBoard.Hardware);
        board.Put("edgechat.json", file);
        Shows(board, expected);
    }

    [TestMethod]
    [DataRow(null, "board.json is not on drive I:. Put a file of hardware/boards there")]
    [DataRow("nonsense", "board.json is not JSON that this board reads")]
    [DataRow("""{ "name": "x" }""", "board.json: \"display\" is missing; a board needs one.")]
    [DataRow("""{ "name": "x", "display": { "driver": "sh1106" } }""",
        "board.json: \"display.driver\" is \"sh1106\"; it must be \"ssd1306\", \"st7789\" or \"ili9342\".")]
    [DataRow("""{ "name": "x", "display": { "driver": "ssd1306", "sda": 34, "scl": 22 } }""",
        "board.json: \"display.sda\" is 34; it must be a pin that can be an output")]
    [DataRow("""{ "name": "x", "display": { "driver": "ssd1306", "sda": 21, "scl": 21 } }""",
        "board.json: \"display.scl\" is 21; it must be another pin than \"sda\".")]
    [DataRow("""{ "name": "x", "display": { "driver": "ssd1306", "sda": 21, "scl": 22 }, "serial": { "port": "COM1" } }""",
        "board.json: \"serial.port\" is \"COM1\"; it must be \"COM2\" or \"COM3\"")]
    [DataRow("""{ "name": "x", "display": { "driver": "ssd1306", "sda": 21, "scl": 22 }, "buttons": { "ok": 33, "up": 33 } }""",
        "board.json: \"buttons.up\" is 33; it must be a pin that no other button has.")]
    [DataRow(Wired + """ "buzzer": {} }""",
        "board.json: \"buzzer.pin\" is missing; add it")]
    [DataRow(Wired + """ "buzzer": { "pin": 36 } }""",
        "board.json: \"buzzer.pin\" is 36; it must be a pin that can be an output")]
    [DataRow(Wired + """ "buzzer": { "pin": 22 } }""",
        Taken + "22" + Free)]
    [DataRow(Wired + """ "buttons": { "ok": 33 }, "buzzer": { "pin": 33 } }""",
        Taken + "33" + Free)]
    [DataRow(Wired + """ "light": { "pin": 2 }, "buzzer": { "pin": 2 } }""",
        Taken + "2" + Free)]
    [DataRow(Wired + """ "serial": { "port": "COM2", "tx": 17, "rx": 16 }, "buzzer": { "pin": 16 } }""",
        Taken + "16" + Free)]
    public void A_wrong_board_json_is_told_with_the_wiring_of_the_reference_board(string? file, string expected)
    {
        using var board = new TestBoard();
        board.Put("board.json", file);
        board.Put("edgechat.json", Identity);
        Shows(board, expected);
    }

    [TestMethod]
    public void Typing_a_key_says_it_again_and_a_stop_ends_it()
    {
        using var board = new TestBoard();
        board.Board.PowerOn();
        board.WaitForOutput("board.json is not on drive I:", end: "\r\n");
        board.Board.Console.Type("\r"u8);
        board.WaitForOutput("\r\n\r\nConfiguration: board.json is not on drive I:", end: "\r\n");
        board.Board.RequestStop();
        Assert.IsTrue(board.Board.Stopped.Wait(TestBoard.Patience));
        Assert.IsNull(board.Board.FirmwareFault);
    }

    [TestMethod]
    public void Display_pins_that_the_chip_refuses_are_told_on_the_console()
    {
        using var board = new TestBoard();
        // a file for another chip, whose pin 35 can be an output
        board.Put("board.json", TestBoard.Hardware.Replace("ESP32_REV3", "ESP32_S3", StringComparison.Ordinal)
            .Replace("\"scl\": 22", "\"scl\": 35", StringComparison.Ordinal));
        board.Put("edgechat.json", Identity);
        board.Board.PowerOn();
        board.WaitForOutput("Configuration: board.json: \"display\" cannot be wired so: ", end: "\r\n");
    }

    [TestMethod]
    public void A_full_configuration_is_read_as_it_is_written()
    {
        using var board = new TestBoard(() =>
        {
            BoardConfig wiring = BoardConfig.Load();
            Assert.AreEqual("one", wiring.Name);
            Assert.AreEqual((0x3D, 4, 5, 32), (wiring.Display.Address, wiring.Display.Sda, wiring.Display.Scl, wiring.Display.Height));
            Assert.AreEqual((7, BoardConfig.NoPin, BoardConfig.NoPin, false), (wiring.Ok, wiring.Up, wiring.Down, wiring.IsActiveLow));
            Assert.IsNull(wiring.Port, "no serial, no console");
            DeviceConfig device = DeviceConfig.Load();
            Assert.AreEqual(("alice", 3, "Älice", "mqtt.example"), (device.Id, device.Me.Incarnation, device.Me.DisplayName, device.Host));
            Assert.AreEqual((8883, 30, null, null), (device.Port, device.Me.KeepAliveSeconds, device.User, device.Password));
            CollectionAssert.AreEqual(new[] { "bob", "carol" }, device.Me.Contacts);
            Assert.AreEqual(-90, device.Me.UtcOffsetMinutes);
        });
        board.Put("board.json", """
            { "name": "one", "target": "ESP32_C3", "buttons": { "ok": 7, "activeLow": false },
              "display": { "driver": "ssd1306", "height": 32, "address": 61, "sda": 4, "scl": 5 } }
            """);
        board.Put("edgechat.json", "\uFEFF" + """
            { "id": "alice", "e": 3, "name": "Älice", "host": "mqtt.example", "port": 8883, "keepAlive": 30, "user": null,
              "contacts": ["bob", "carol"], "utcOffset": -90, "unknown": { "is": ["left", "alone"] } }
            """);
        board.RunToEnd();
    }

    [TestMethod]
    [DataRow("\"kepAlive\": 30", "", "edgechat.json: \"kepAlive\"")]
    [DataRow("", "\"wdith\": 128,", "board.json: \"display.wdith\"")]
    [DataRow("\"tls\": false, \"demo\": {}", "", null)]
    public void A_key_that_nobody_reads_stands_in_the_log(string identity, string display, string? told)
    {
        using var board = new TestBoard();
        board.Put("board.json", TestBoard.Hardware.Replace("{ \"driver\"", $"{{ {display} \"driver\"", StringComparison.Ordinal)
            .Replace("\"target\"", "\"title\": \"for people\", \"target\"", StringComparison.Ordinal));
        board.Put("edgechat.json", Identity.Replace("1883 }", identity.Length > 0 ? $"1883, {identity} }}" : "1883 }",
            StringComparison.Ordinal));
        board.Board.PowerOn();
        board.WaitForOutput("help");
        board.Board.Console.Type("log\r"u8);
        string log = board.WaitForOutput("boot 1");
        Assert.AreEqual(told != null, log.Contains("unread-key", StringComparison.Ordinal), log);
        if (told != null) StringAssert.Contains(log, "unread-key " + told);
    }

    [TestMethod]
    [DataRow("\"password\": \"secret\"", "alice")]
    [DataRow("\"user\": \"fleet\"", "fleet")]
    [DataRow("\"user\": \"fleet\", \"password\": \"secret\"", "fleet")]
    public void The_user_name_is_the_id_when_there_is_a_password_to_it(string keys, string user)
    {
        using var board = new TestBoard(() => Assert.AreEqual(user, DeviceConfig.Load().User));
        board.Put("edgechat.json", $$"""{ "id": "alice", "host": "mqtt.example", {{keys}} }""");
        board.RunToEnd();
    }

    [TestMethod]
    public void A_time_zone_has_its_summer_time()
    {
        using var board = new TestBoard(() =>
        {
            EdgeChat.Core.Identity me = DeviceConfig.Load().Me;
            Assert.AreEqual(60, me.OffsetAt(1_770_000_000));
            Assert.AreEqual(120, me.OffsetAt(1_790_000_000));
        });
        board.Put("edgechat.json", """{ "id": "alice", "host": "mqtt.example", "timeZone": "CET-1CEST,M3.5.0,M10.5.0/3" }""");
        board.RunToEnd();
    }

    [TestMethod]
    public void A_board_without_edgechat_json_is_not_provisioned_and_no_error()
    {
        using var board = new TestBoard(() => Assert.IsNull(DeviceConfig.Load().Me.DeviceId));
        board.RunToEnd();
    }

    /// <summary>Runs a board and sees the text on its console and its display.</summary>
    internal static void Shows(TestBoard board, string expected)
    {
        board.Board.PowerOn();
        string output = board.WaitForOutput("\r\nConfiguration: " + expected, end: "\r\n");
        string text = output[(output.IndexOf("Configuration: ", StringComparison.Ordinal) + "Configuration: ".Length)..].TrimEnd();
        var frame = new Frame(128, 64);
        Notice.Draw(frame, "Configuration", text);
        board.WaitForDisplay(d => d.IsOn && d.Snapshot().SequenceEqual(frame.Pixels), "the picture of: " + text);
        Assert.AreEqual(0, board.Board.Display.UnknownCommands);
    }
}
