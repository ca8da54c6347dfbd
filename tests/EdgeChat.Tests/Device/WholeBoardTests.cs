using System.Text;
using System.Text.RegularExpressions;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The whole firmware of one board with a broker: how it comes, goes and comes back.</summary>
[TestClass]
public class WholeBoardTests
{
    private const string Presence = "retained ec1/p/alice ";

    [TestMethod]
    public void A_stop_says_off_and_disconnects()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        board.Board.RequestStop();
        StringAssert.Contains(broker.WaitFor(Presence), "\"s\":\"off\"");
        broker.WaitFor("DISCONNECT");
        Assert.IsTrue(board.Board.Stopped.Wait(TestBoard.Patience));
        Assert.IsNull(board.Board.FirmwareFault);
    }

    [TestMethod]
    public void Reboot_says_off_and_the_board_comes_back()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        Type(board, "reboot\r");
        StringAssert.Contains(broker.WaitFor(Presence), "\"s\":\"off\"");
        broker.WaitFor("DISCONNECT");
        broker.WaitFor("CONNECT");
        broker.WaitFor(Presence);
        Assert.AreEqual(2, board.Board.Boots);
        board.WaitForOutput("restarting");
    }

    [TestMethod]
    public void Shutdown_ends_the_firmware_and_leaves_the_display_dark()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        Type(board, "shutdown\r");
        broker.WaitFor("DISCONNECT");
        Assert.IsTrue(board.Board.Stopped.Wait(TestBoard.Patience));
        Assert.IsNull(board.Board.FirmwareFault);
        Assert.IsFalse(board.Board.Display.IsOn);
        Assert.AreEqual(1, board.Board.Boots);
    }

    [TestMethod]
    public void A_sleeping_board_says_for_how_long_and_wakes_by_itself()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        Type(board, "sleep 1\r");
        StringAssert.Contains(broker.WaitFor(Presence), "\"s\":\"sleep\"");
        broker.WaitFor("DISCONNECT");
        broker.WaitFor("CONNECT");
        StringAssert.Contains(broker.WaitFor(Presence), "\"s\":\"on\",\"b\":2");
        Assert.AreEqual(2, board.Board.Boots);
    }

    [TestMethod]
    public void Factory_reset_leaves_nothing_but_the_wiring()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        Assert.IsTrue(board.Files().Any(f => f.StartsWith("ec.", StringComparison.Ordinal)), "something is stored");
        board.Put("ca.pem", "the CA that a board of another fleet must not trust");
        // without TLS nobody looks at them
        board.Put("client.pem", "the board's own certificate");
        board.Put("client.key", "the key that belongs to it");
        using var off = new ManualResetEventSlim();
        string[] left = [];
        board.Board.PowerChanged += isOn =>
        {
            if (isOn) return;
            left = board.Files();
            off.Set();
        };
        Type(board, "factory-reset alice\r");
        broker.WaitFor("DISCONNECT");
        Assert.IsTrue(off.Wait(TestBoard.Patience));
        CollectionAssert.AreEqual(new[] { "board.json" }, left);
    }

    [TestMethod]
    public void After_Wi_Fi_was_lost_the_board_connects_again()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        board.Board.Wifi.IsUp = false;
        broker.WaitFor("END");
        board.Board.Wifi.IsUp = true;
        broker.WaitFor("CONNECT");
        broker.WaitFor(Presence);
        Assert.AreEqual(1, board.Board.Boots);
    }

    [TestMethod]
    public void The_console_measures_the_signal_of_the_network_and_names_the_one_that_is_lost()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        board.Board.Wifi.Rssi = -80;
        Type(board, "wifi\r");
        board.WaitForOutput("signal      40 %");
        board.Board.Wifi.Rssi = -62;
        Type(board, "mode json\rwifi\r");
        board.WaitForOutput("\"network\":\"EdgeChat\",\"signal\":76,");
        board.Board.Wifi.IsUp = false;
        broker.WaitFor("END");
        board.WaitForOutput("no-network");
        Type(board, "wifi\r");
        string offline = board.WaitForOutput("{\"ok\":true,\"cmd\":\"wifi\",\"session\":\"no-network\"", end: "\n");
        StringAssert.Matches(offline, new Regex("problem\":\"[^\n]*Wi-Fi [^\n]*EdgeChat"));
        Assert.IsFalse(
            offline[offline.LastIndexOf("{\"ok\"", StringComparison.Ordinal)..].Contains("\"signal\"", StringComparison.Ordinal), offline);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_time_is_told_only_when_SNTP_has_answered(bool answers)
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Provisioned(broker);
        board.Board.Sntp.Answers = answers;
        board.Board.PowerOn();
        broker.WaitFor(Presence);
        board.Board.RequestStop();
        string goodbye = broker.WaitFor(Presence);
        Assert.AreEqual(answers, goodbye.Contains("\"t\":", StringComparison.Ordinal), goodbye);
    }

    [TestMethod]
    public void Each_of_300_pasted_lines_is_executed()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        Type(board, "mode json\r");
        board.WaitForOutput("{\"ok\"");
        Type(board, string.Concat(Enumerable.Range(0, 300).Select(i => $"nonsense-{i:D3} which is answered by an error that names it\r")));
        string output = board.WaitForOutput("nonsense-299", end: "\n").Replace("\u0011", "")
            .Replace("\u0013", ""); // they may come anywhere
        int[] answered =
            [.. Regex.Matches(output, "^\\{.*nonsense-([0-9]{3})", RegexOptions.Multiline).Select(m => int.Parse(m.Groups[1].Value))];
        CollectionAssert.AreEqual(Enumerable.Range(0, 300).ToArray(), answered);
    }

    [TestMethod]
    public void A_paste_of_300_messages_waits_for_the_broker_instead_of_being_refused()
    {
        using var broker = new AgreeableBroker();
        using TestBoard board = Online(broker);
        Type(board, "mode json\r");
        board.WaitForOutput("{\"ok\"");
        Type(board, string.Concat(Enumerable.Range(1, 300).Select(i => $"send bob message {i} of a paste\r")) + "about\r");
        string output = board.WaitForOutput("\"cmd\":\"about\"", end: "\n").Replace("\u0011", "").Replace("\u0013", ""); // anywhere
        int[] sent =
            [.. Regex.Matches(output, "\\{\"ok\":true,\"cmd\":\"send\",.*\"n\":([0-9]+)").Select(m => int.Parse(m.Groups[1].Value))];
        CollectionAssert.AreEqual(Enumerable.Range(1, 300).ToArray(), sent, output[..Math.Min(output.Length, 2000)]);
    }

    private static void Type(TestBoard board, string text) => board.Board.Console.Type(Encoding.UTF8.GetBytes(text));

    private static TestBoard Provisioned(AgreeableBroker broker)
    {
        var board = new TestBoard();
        board.Put("board.json", TestBoard.Hardware);
        board.Put("edgechat.json", $$"""{ "id": "alice", "host": "127.0.0.1", "port": {{broker.Port}} }""");
        return board;
    }

    private static TestBoard Online(AgreeableBroker broker)
    {
        TestBoard board = Provisioned(broker);
        board.Board.PowerOn();
        broker.WaitFor("CONNECT");
        broker.WaitFor(Presence);
        return board;
    }
}
