using System.Text;
using System.Text.Json.Nodes;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo;
using EdgeChat.Tool.Demo.Terminal;

namespace EdgeChat.Tests.Tool;

/// <summary>The small parts of the demo, each by itself.</summary>
[TestClass]
public class DemoPartsTests
{
    [TestMethod]
    public void A_late_will_does_not_overrule_a_newer_birth()
    {
        var book = new PresenceBook();
        book.Take("ec1/p/alice", """{"s":"on","b":4,"c":2}"""u8.ToArray());
        book.Take("ec1/p/alice", """{"s":"lost","b":4,"c":1}"""u8.ToArray());
        book.Take("ec1/p/alice", """{"s":"lost","b":3,"c":9}"""u8.ToArray());
        Assert.AreEqual("on", book.Of("alice")?.State);
        book.Take("ec1/p/alice", """{"s":"lost","b":4,"c":2}"""u8.ToArray());
        Assert.AreEqual("lost", book.Of("alice")?.State);
        book.Take("ec1/p/alice", """{"s":"on"}"""u8.ToArray());
        book.Take("ec1/p/alice", """{"s":"off","b":2147483647,"c":1}"""u8.ToArray());
        Assert.AreEqual("lost", book.Of("alice")?.State, "without a pair it is earlier than any and at its end it is refused");
        book.Take("ec1/p/alice", [0xEF, 0xBB, 0xBF, .. """{"s":"on","b":0.4e1,"c":3.0}"""u8]);
        Assert.AreEqual("on", book.Of("alice")?.State);
    }

    [TestMethod]
    [DataRow("ec1/p/alice", "not JSON")]
    [DataRow("ec1/p/alice", """{"s":1}""")]
    [DataRow("ec1/p/alice", """{"b":9}""")]
    [DataRow("ec1/p/alice", """{"s":"off","b":2147483647,"c":2147483647}""")]
    [DataRow("ec1/d/alice", """{"s":"on","b":1,"c":1}""")]
    public void What_is_no_presence_changes_nothing(string topic, string body)
    {
        var book = new PresenceBook();
        book.Take(topic, Encoding.UTF8.GetBytes(body));
        Assert.IsNull(book.Of("alice"));
    }

    [TestMethod]
    public void A_tape_gives_each_reader_what_is_new_and_forgets_the_oldest()
    {
        var tape = new ConsoleTape();
        long fast = 0;
        long slow = 0;
        tape.Append("one"u8);
        Assert.AreEqual("one", Encoding.ASCII.GetString(tape.Read(ref fast)));
        tape.Append("two"u8);
        Assert.AreEqual("two", Encoding.ASCII.GetString(tape.Read(ref fast)));
        Assert.AreEqual(0, tape.Read(ref fast).Length);
        Assert.AreEqual("onetwo", Encoding.ASCII.GetString(tape.Read(ref slow)));
        tape.Append(new byte[ConsoleTape.Capacity]);
        tape.Append("end"u8);
        var last = tape.Read(ref slow);
        Assert.AreEqual(ConsoleTape.Capacity, last.Length);
        Assert.AreEqual("end", Encoding.ASCII.GetString(last[^3..]));
        Assert.AreEqual(tape.End, slow);
    }

    [TestMethod]
    public void A_tape_leaves_XON_and_XOFF_out_wherever_they_come()
    {
        var tape = new ConsoleTape();
        long from = 0;
        tape.Append([.. "Gr"u8, 0xc3, 0x13, 0xbc, 0x1b, 0x11, (byte)'[', (byte)'K', 0x13]);
        Assert.AreEqual("Gr\u00fc\x1b[K", Encoding.UTF8.GetString(tape.Read(ref from)));
    }

    [TestMethod]
    public void Console_text_obeys_a_line_editor_and_leaves_colours_out()
    {
        var text = new ConsoleText(10);
        text.Write("\x1b[1;32mhi\x1b[0m\r\n> helo\b\blo\x1b[K world\r\x1b[2Cg"u8);
        CollectionAssert.AreEqual(new[] { "hi" }, text.Lines.ToArray());
        Assert.AreEqual("> gelo world", text.Current);
        text.Write([.. "\r\n"u8, 0xC3]);
        text.Write([0xA4]);
        Assert.AreEqual("ä", text.Current);
    }

    [TestMethod]
    public void Names_go_on_beyond_the_people()
    {
        Assert.AreEqual("alice bob erin board-06 board-64", string.Join(' ', new[] { 0, 1, 4, 5, 63 }.Select(BoardNames.Id)));
        Assert.AreEqual("alice, bob and carol", BoardNames.List(["alice", "bob", "carol"]));
    }

    [TestMethod]
    [DataRow("localhost", "localhost:1883")]
    [DataRow("10.0.0.7:1884", "10.0.0.7:1884")]
    [DataRow("[::1]:18830", "[::1]:18830")]
    [DataRow("[::1]", "[::1]:1883")]
    [DataRow("mqtt://localhost", "localhost:1883")]
    [DataRow("MQTT://localhost:1884/", "localhost:1884")]
    [DataRow("mqtts://localhost", "mqtts://localhost:8883")]
    public void A_broker_address_is_read(string text, string address)
        => Assert.AreEqual(address, BrokerAddress.Parse(text).ToString());

    [TestMethod]
    public void Settings_that_somebody_wrote_stay()
    {
        var folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        try
        {
            var model = BoardModel.Load("esp32-devkit");
            var file = Path.Combine(folder, BoardFiles.SettingsFile);
            File.WriteAllText(file, """{"id":"alice","name":"Älice 🙂","port":1,"keepAlive":15,"contacts":["zoe"],"tls":false}""");
            BoardFiles.Write(folder, model, "alice", new BrokerAddress("127.0.0.1", 18833), ["bob"], null, ca: null);
            var settings = JsonNode.Parse(File.ReadAllText(file))!;
            Assert.AreEqual("Älice 🙂", (string?)settings["name"]);
            Assert.DoesNotContain("\\u", File.ReadAllText(file), "a board reads no escapes");
            Assert.AreEqual(15, (int?)settings["keepAlive"]);
            Assert.AreEqual(false, (bool?)settings["tls"]);
            Assert.AreEqual(18833, (int?)settings["port"]);
            Assert.AreEqual("zoe bob", string.Join(' ', settings["contacts"]!.AsArray()));
            Assert.AreEqual(model.Json, File.ReadAllText(Path.Combine(folder, BoardFiles.BoardFile)));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public void One_demo_at_a_time_uses_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        try
        {
            using (DataFolder.Open(folder))
            {
                var e = Assert.ThrowsExactly<ToolException>(() => DataFolder.Open(folder));
                StringAssert.Contains(e.Message, "another edgechat demo uses this folder");
            }

            DataFolder.Open(folder).Dispose();
            Assert.IsTrue(Directory.Exists(folder), "a folder of the user's is never removed");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public void A_temporary_folder_goes_with_the_demo()
    {
        string root;
        using (var data = DataFolder.Open(null))
        {
            root = data.Root;
            File.WriteAllText(Path.Combine(data.FlashOf("alice"), "x"), "x");
        }

        Assert.IsFalse(Directory.Exists(root));
    }
}
