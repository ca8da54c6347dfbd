using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Chat;

namespace EdgeChat.Tests.Tool;

/// <summary>The commands that draw, in a real terminal of the sizes that people have.</summary>
[TestClass]
public class RealTerminalTests
{
    [TestMethod]
    public async Task The_demo_has_its_line_its_keys_and_something_useful_at_80x24_and_at_40x15()
    {
        using var terminal = new Tmux(80, 24, "demo", "--headless");
        string[] screen = await terminal.ShowsAsync(
            rows => rows.Length == 24 && rows[0].StartsWith("╔ alice · online ═", StringComparison.Ordinal), "alice's screen");
        StringAssert.StartsWith(screen[17], "╚═");
        StringAssert.StartsWith(screen[18], "── alice's console ─");
        StringAssert.StartsWith(screen[22], "alice> ▏");
        StringAssert.StartsWith(screen[23], "Tab board · ↑ Enter ↓ · text");
        terminal.Type("send bob " + new string('x', 90) + " end");
        await terminal.ShowsAsync(rows => rows[22].EndsWith("xxx end▏", StringComparison.Ordinal), "the end of a long line");
        terminal.Press("Enter");
        await terminal.ShowsAsync(
            rows => rows[19..22].Any(r => r.StartsWith("[me/1] to bob", StringComparison.Ordinal)), "the answer of the console");

        terminal.Resize(40, 15);
        screen = await terminal.ShowsAsync(
            rows => rows.Length == 15 && rows[0].StartsWith("alice · online · its screen needs 66x23", StringComparison.Ordinal),
            "the console alone");
        StringAssert.StartsWith(screen[13], "alice> ▏");
        StringAssert.StartsWith(screen[14], "Tab · ↑ Enter ↓");
        Assert.IsTrue(screen.All(row => row.Length <= 40), string.Join('\n', screen));
        terminal.Type("read bob");
        terminal.Press("Enter");
        await terminal.ShowsAsync(rows => rows[1..13].Any(r => r.Contains("xxx end", StringComparison.Ordinal)), "the message, wrapped");
    }

    [TestMethod]
    [DataRow("COLORTERM=truecolor", "NO_COLOR=", @"48;2;\d+;\d+;\d+", DisplayName = "all colours")]
    [DataRow("TERM=screen-256color", "COLORTERM=", @"48;5;\d+", DisplayName = "256 colours")]
    [DataRow("COLORTERM=truecolor", "NO_COLOR=1", null, DisplayName = "none are wanted")]
    [DataRow("TERM=vt100", "COLORTERM=", null, DisplayName = "none are there")]
    public async Task A_board_in_colours_has_them_at_80x24_where_the_terminal_has(string first, string second, string? colours)
    {
        using var terminal = new Tmux(80, 24, [first, second], ["demo", "--headless", "--board", "lilygo-t-display"]);
        string[] screen = await terminal.ShowsAsync(
            rows => rows.Length == 24 && rows[0].StartsWith("╔ alice · online ═", StringComparison.Ordinal), "alice's screen");
        StringAssert.StartsWith(screen[18], "╚═");
        StringAssert.StartsWith(screen[19], "── alice's console ─");
        StringAssert.StartsWith(screen[22], "alice> ▏");
        Assert.IsTrue(screen[1..18].All(row => row.Length == 62 && row[0] == '║' && row[61] == '║'), string.Join('\n', screen));
        if (colours is null) Assert.DoesNotContain("8;", terminal.Colours());
        else StringAssert.Matches(terminal.Colours(), new System.Text.RegularExpressions.Regex(colours));
    }

    [TestMethod]
    public async Task Chat_keeps_wide_characters_in_one_line_completes_and_lets_nobody_steer_the_terminal()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        string folder = Directory.CreateTempSubdirectory("edgechat-chat-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "alice"));
            await using var alice = new Peer(
                new Identity { DeviceId = "alice", DisplayName = "Al\u001b]0;owned\u0007ice" }, Path.Combine(folder, "alice"),
                new BrokerLogin(broker.Address));
            var online = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            alice.Changed = engine =>
            {
                if (engine.Session.State == SessionState.Online) online.TrySetResult();
            };
            alice.Start();
            await online.Task;
            using var terminal = new Tmux(
                80, 24, "chat", "--as", "carol", "--broker", broker.Address.ToString(), "--data", Path.Combine(folder, "carol"));
            await terminal.ShowsAsync(rows => rows.Any(r => r.Contains("online", StringComparison.Ordinal)), "that it is online");
            terminal.Type("to nobody");
            terminal.Press("Enter");
            await terminal.ShowsAsync(rows => rows.Any(r => r.Contains("not sent: to whom?", StringComparison.Ordinal)), "a refusal");
            terminal.Press("C-u");
            terminal.Type("/to a");
            terminal.Press("Tab");
            await terminal.ShowsAsync(rows => rows.Any(r => r.TrimEnd() == "> /to alice"), "the completed id");
            terminal.Press("Enter");
            await alice.DoAsync(engine =>
            {
                byte[] text = "a\u001b[2Jb\u001b]0;owned\u0007\u009b2J\n00:00 carol: forged"u8.ToArray();
                int conversation = engine.Messenger.OpenDirect("carol");
                Assert.AreEqual(SendError.None, engine.Messenger.SendText(conversation, text, text.Length, -1, alice.NowMs));
                engine.Wake(alice.NowMs);
            });
            string[] screen = await terminal.ShowsAsync(rows => rows.Any(r => r.Contains("a?[2Jb", StringComparison.Ordinal)), "the text");
            Assert.IsTrue(screen.Any(r => r.Contains("not sent: to whom?", StringComparison.Ordinal)), "nothing was erased");
            Assert.IsTrue(screen.Any(r => r.TrimEnd() == "      00:00 carol: forged"), "a line of a text is indented");
            terminal.Type(string.Concat(Enumerable.Repeat("日本", 30)));
            await terminal.ShowsAsync(
                rows => rows.Count(r => r.Contains('日')) == 1 && rows.Any(r => r.StartsWith("> …", StringComparison.Ordinal)),
                "one line of wide characters");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
