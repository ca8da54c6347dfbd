using EdgeChat.Cli;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Device;
using EdgeChat.TestKit;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What reaches a board otherwise: files, its flash, what is typed.</summary>
internal static class BoardTargets
{
    private const int SegmentBytes = 4096;
    private static readonly string SegmentName = Written().List()[0];

    public static IEnumerable<FuzzTarget> All() =>
    [
        new("configuration", FuzzTarget.Announcing(b => DeviceConfig.Read(b, "none"u8.ToArray()), typeof(ConfigException)),
            BodyTargets.Words("{\"id\":\"alice\",\"host\":\"broker.home\",\"port\":1883,\"name\":\"Alice\",\"contacts\":[\"bob\"]}",
                "{\"id\":\"alice\",\"host\":[\"a.home\",\"b.home:1\"],\"user\":\"alice\",\"password\":\"x\"}",
                "{\"id\":\"alice\",\"host\":\"b\",\"keepAlive\":60,\"tls\":false,\"timeZone\":\"CET-1CEST,M3.5.0,M10.5.0/3\"}"),
            BodyTargets.Words("\"tls\":true", "\"wifi\":[{\"ssid\":\"a\",\"password\":\"b\"}]", "\"operator\":\"fleet\"", "\"e\":1",
                "\"utcOffset\":60", "null")),
        new("board", FuzzTarget.Announcing(b => BoardConfig.Read(b), typeof(ConfigException)),
            BodyTargets.Words(
                "{\"name\":\"a\",\"display\":{\"driver\":\"ssd1306\",\"width\":128,\"height\":64,\"bus\":1,\"sda\":21,\"scl\":22,"
                + "\"address\":60},\"buttons\":{\"up\":32,\"ok\":33,\"down\":25,\"activeLow\":true},"
                + "\"serial\":{\"port\":\"COM2\",\"tx\":17,\"rx\":16}}",
                "{\"target\":\"M5Core\",\"display\":{\"driver\":\"ili9342\",\"width\":320,\"height\":240,\"bus\":1,\"mosi\":23,"
                + "\"miso\":19,\"clock\":18,\"cs\":14,\"dc\":27,\"reset\":33,\"backlight\":32,\"invert\":true},"
                + "\"light\":{\"pin\":2},\"buzzer\":{\"pin\":26}}"),
            BodyTargets.Words("\"driver\": \"st7789\"", "\"axp192\": {}", "\"light\": { \"pin\": 2 }", "\"buzzer\": { \"pin\": 26 }",
                "\"buttons\": null", "-1", "34", "1e9", "[]", "\"target\": \"ESP32_C3\"")),
        new("ca", FuzzTarget.Announcing(b => FleetCa.Read(b), typeof(ConfigException)),
            BodyTargets.Words("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
            BodyTargets.Words("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "\r\n", " \n", "=")),
        new("keys", Keys, [.. BodyTargets.Words("send bob hello\r", "\u001b[A\u001b[D\u001b[3~x\r",
            "\u001b[200~pasted\ntext\u001b[201~\r", "é😀\u007f\u0017\u0015\t\r")],
            BodyTargets.Words("\u001b[", "\u001b[200~", "\u001b[201~", "\u001b[1;5C", "\u001bO", "\t", "\r", "é", "😀"),
            6000, IsDear: true), // in the middle of a full line all behind it is drawn again
        new("command", Command, BodyTargets.Words("send bob hello", "list", "group create team bob", "name Alice", "contact add bob Bob",
            "read bob 3", "set time CET-1CEST,M3.5.0,M10.5.0/3", "json on", "search hello 3", "react bob 1 1", "delete bob", "yes"),
            BodyTargets.Words("bob", "#team", "@bob", "\"", "\\", " ", "group", "contact", "set", "json", "yes", "key", "help", "-1",
                "99999999999", "é", "😀", "\r"), IsDear: true),
        new("log", Log, [Written().Content(SegmentName)], []),
    ];

    private static void Keys(byte[] bytes)
    {
        var editor = new LineEditor(new TerminalWriter(new Nowhere()), "> ") { HasEcho = true };
        var line = new CommandLine();
        foreach (byte each in bytes)
        {
            if (editor.Take(each) != EditResult.Line) continue;
            line.Load(editor.Line.Bytes, editor.Line.Count);
            while (line.NextWord() is { } word) CommandLine.ToNumber(word);
            editor.Begin();
        }
    }

    // a board's console with its messenger, the same for all lines
    private static readonly Shell Console = NewShell();

    private static Shell NewShell()
    {
        var me = new Identity { DeviceId = "alice" };
        var flash = new MemoryFlash();
        var messenger = new Messenger(me, flash);
        while (!messenger.Load(0))
        {
        }

        var session = new Session(me, 1, null, messenger);
        var shell = new Shell(me, messenger, session, new DeviceStatus(), new EventLog(), new OwnSettings(flash, me), new Nowhere(), flash,
            null, null, new LongText());
        shell.Start(0);
        return shell;
    }

    private static void Command(byte[] bytes)
    {
        Console.OnBytes(bytes, 0, bytes.Length, 0);
        Console.OnBytes("\u0003\r"u8.ToArray(), 0, 2, 0); // whatever it asks
        for (int i = 0; i < 100; i++) Console.OnTime(i);
    }

    // a segment whose bytes may be anything: what is sound is told, the rest is damaged, and the log takes more
    private static void Log(byte[] bytes)
    {
        var flash = new MemoryFlash();
        flash.Put(SegmentName, bytes);
        var log = new FlashLog(flash, "m", SegmentBytes, 8, 1024);
        log.Open(new Visitor());
        int address = log.Append(1, 4);
        if (address < 0 || log.Read(address) != 4) throw new InvalidDataException("takes no record any more");
    }

    private static MemoryFlash Written()
    {
        var flash = new MemoryFlash();
        var log = new FlashLog(flash, "m", SegmentBytes, 8, 1024);
        log.Open(new Visitor());
        for (int i = 0; i < 5; i++) log.Append((byte)(1 + i), 10 * i);
        return flash;
    }

    private sealed class Nowhere : ITerminal
    {
        public void Write(byte[] buffer, int index, int count)
        {
        }
    }

    private sealed class Visitor : ILogVisitor
    {
        public void OnRecord(byte type, int address, byte[] buffer, int index, int count)
        {
            if (index < 0 || count < 0 || index + count > buffer.Length) throw new InvalidDataException("a record that is not there");
        }
    }
}
