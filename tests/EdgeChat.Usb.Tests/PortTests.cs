using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Usb.Tests;

/// <summary>The virtual port in real time: a pseudo terminal that other programs open.</summary>
[TestClass]
public class PortTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IEnumerable<object[]> Chips => LoaderChip.All.Select(c => new object[] { c.Key });

    [TestMethod]
    public void A_board_is_flashed_and_set_up_through_a_port_of_the_system()
    {
        using var test = new BoardUnderTest();
        using var port = new UsbPort("board", test.Board);
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(test.Chip);
        using SerialPortLine line = SerialPortLine.Open(port.Path);

        FlashResult result = new Flasher(line).Flash(test.Chip, parts);

        CollectionAssert.AreEqual(BoardUnderTest.Mac, result.Chip.Mac);
        test.ExpectFlash(parts);
        var client = new WireClient(line);
        client.Connect(TimeSpan.FromSeconds(30));
        client.Configuration.Write(new StationBlock("Net", "password"));
        Assert.IsTrue(test.Program.IsOn);
    }

    [TestMethod]
    public void A_port_that_goes_says_so()
    {
        using var test = new BoardUnderTest(model: FlashModel.Real);
        var port = new UsbPort("board", test.Board);
        using SerialPortLine line = SerialPortLine.Open(port.Path);
        bool isGone = false;
        var flasher = new Flasher(line)
        {
            Progress = p =>
            {
                if (isGone || p.Step != FlashStep.Write || p.Done == 0) return;
                isGone = true;
                port.Dispose();
            },
        };

        LineGoneException gone = Assert.ThrowsExactly<LineGoneException>(
            () => flasher.Flash(test.Chip, BoardUnderTest.Parts(test.Chip, 200_000)));

        StringAssert.Contains(gone.Message, "it goes on where it was");
        gone = Assert.ThrowsExactly<LineGoneException>(() => SerialPortLine.Open(port.Path));
        StringAssert.Contains(gone.Message, "edgechat ports");
    }

    [TestMethod]
    [DataRow("idle")]
    [DataRow("unread")]
    [DataRow("reading")]
    [DataRow("unsent")]
    [DataRow("writing")]
    public void A_port_that_was_unplugged_says_so_whatever_is_asked_and_is_closed_at_once(string state)
    {
        using var pair = new PseudoTerminal("board");
        SerialPortLine line = SerialPortLine.Open(pair.Path);
        Task under = Task.CompletedTask;
        if (state == "unread")
        {
            Assert.AreEqual(3, pair.Write([1, 2, 3]));
            Assert.AreEqual(1, line.Read(new byte[1], Patience));
        }

        if (state == "unsent") line.Write(new byte[1000]);
        if (state == "reading") under = Task.Run(() => line.Read(new byte[1], Patience));
        if (state == "writing") under = Task.Run(() => line.Write(new byte[1 << 20]));
        if (state is "writing" or "unsent")
        {
            // it is under way: some of it is there
            Assert.AreNotEqual(TerminalEvents.None, pair.Wait((int)Patience.TotalMilliseconds) & TerminalEvents.Input);
        }

        pair.Dispose();

        Assert.AreEqual(state is "reading" or "writing", Fault(() => under.GetAwaiter().GetResult()) is LineGoneException);
        Action[] asked =
        [
            () => line.Read(new byte[8], Patience), () => line.Write(new byte[8]), () => line.BaudRate = 921600,
            () => line.SetModemLines(true, false), line.Reopen,
        ];
        Assert.AreEqual("", string.Join('\n', asked.Select(Fault).Where(e => e is not LineGoneException)));
        Task closing = Task.Run(line.Dispose);
        Assert.IsTrue(closing.Wait(Patience), "it hangs");
        line.Dispose();
    }

    private static Exception? Fault(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    [TestMethod]
    [TestCategory("EsptoolJs")]
    [DynamicData(nameof(Chips))]
    public void Espressifs_own_tool_identifies_erases_writes_reads_and_verifies(string key)
    {
        using var test = new BoardUnderTest(LoaderChip.Find(key));
        using var port = new UsbPort("board", test.Board);
        var data = new byte[40_000];
        new Random(1).NextBytes(data.AsSpan(0, 20_000));
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(file, data);

        JsonNode said = RunPeer(port.Path, "921600", file, "0x10000", "erase", "read");

        StringAssert.StartsWith((string?)said["chip"], test.Chip.Name);
        StringAssert.StartsWith((string?)said["mac"], "24:0a:c4");
        Assert.AreEqual("1640ef", (string?)said["flashId"]);
        Assert.IsTrue((bool)said["verified"]!);
        Assert.IsTrue((bool)said["isRead"]!);
        Assert.IsTrue(test.Board.Flash.Bytes.Slice(0x10000, data.Length).SequenceEqual(data));
        File.Delete(file);
    }

    private static JsonNode RunPeer(params string[] arguments)
    {
        string folder = Path.Combine(Root(), "tests", "EdgeChat.Usb.Tests", "Peer");
        Assert.IsTrue(Directory.Exists(Path.Combine(folder, "node_modules")), "run tools/test TestCategory=EsptoolJs, which installs it");
        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "peer.mjs"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = node.StandardError.ReadToEndAsync();
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.AreEqual(0, node.ExitCode, errors.Result);
        return JsonNode.Parse(output)!;
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EdgeChat.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
