using EdgeChat.Delivery;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Chat;

/// <summary>The peer on a PC in a terminal: what a person sees and may type.</summary>
[TestClass]
public sealed class ChatTerminalTests : ChatFolder
{
    [TestMethod]
    [Timeout(120_000)]
    public async Task In_a_terminal_a_person_sees_answers_reactions_and_ticks()
    {
        await using Peer alice = await PeerAsync("alice");
        using var tool = new ToolUnderTest((80, 24));
        Task<int> run = tool.StartAsync(null, Args("--to", "alice"));
        tool.TypeKeys("hello alice\r");
        await UntilAsync(alice, engine => Newest(engine) >= 0);
        await alice.DoAsync(engine =>
        {
            int conversation = engine.Messenger.Find("carol", false);
            Assert.AreEqual(SendError.None, engine.Messenger.SendReaction(Newest(engine), "👍", alice.NowMs));
            byte[] text = "good evening"u8.ToArray();
            Assert.AreEqual(SendError.None, engine.Messenger.SendText(conversation, text, text.Length, Newest(engine), alice.NowMs));
            engine.Messenger.MarkShown(conversation, alice.NowMs);
            engine.Wake(alice.NowMs);
        });
        TimeSpan limit = Waiting.Longest;
        await tool.PrintsAsync("reply to carol: hello alice", limit);
        await tool.PrintsAsync("👍 to carol: hello alice", limit);
        await tool.PrintsAsync("✓✓ read: hello alice", limit);
        tool.TypeKeys("/quit\r");
        Assert.AreEqual(ExitCode.Success, await run, tool.Error);

        static int Newest(Engine engine) =>
            engine.Messenger.Find("carol", false) is var conversation and >= 0 ? engine.Messenger.Newest(conversation) : -1;
    }

    [TestMethod]
    public async Task A_whole_board_shows_what_a_person_edits_answers_forwards_and_takes_back()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = fleet.Add("alice");
        await alice.OnlineAsync();
        using var tool = new ToolUnderTest((80, 24));
        Task<int> run = tool.StartAsync(null, "chat", "--as", "carol", "--to", "alice", "--broker", $"127.0.0.1:{fleet.Broker.Port}",
            "--data", Path.Combine(Folder, "carol"));
        TimeSpan limit = Waiting.Longest;
        tool.TypeKeys("Meet at 9\r");
        await fleet.Until("the text", () => alice.Arrived("carol").Contains("Meet at 9"));
        tool.TypeKeys("/edit Meet at 10\r");
        await tool.PrintsAsync("edit received: Meet at 10", limit);
        await ShowsAsync(1, "\"text\":\"Meet at 10\"", "\"edited\":true");
        await alice.SendAsync("carol", "Fine");
        await tool.PrintsAsync("[1] ", limit);
        tool.TypeKeys("/react 1 👍\r/reply See you\r/forward 1 alice\r");
        await tool.PrintsAsync("forwarded to alice", limit);
        await ShowsAsync(2, "\"text\":\"Fine\"", "\"reactions\":\"👍\"");
        await ShowsAsync(3, "\"text\":\"See you\"", "\"re\":\"Alice: Fine\"");
        await ShowsAsync(4, "\"text\":\"Fine\"", "\"forwarded\":true");
        tool.TypeKeys("/unsend 1\r");
        await tool.PrintsAsync("carol took the message of", limit);
        await ShowsAsync(1, "\"kind\":\"taken-back\"");
        tool.TypeKeys("/edit 1 again\r");
        await tool.PrintsAsync("not done: me/1 is taken back already", limit);
        await tool.PrintsAsync(all => all.EndsWith("> /edit 1 again", StringComparison.Ordinal), "the line is still there", limit);
        tool.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run, tool.Error);

        // of the messages in the board's conversation the one at a place
        Task ShowsAsync(int place, params string[] parts) => fleet.UntilAsked($"{place}: {string.Join(", ", parts)}", async () =>
        {
            Answer? answer = await alice.TryAskAsync("read carol 64");
            string item = answer?.Items.ElementAtOrDefault(place - 1).ToString() ?? "";
            return parts.All(item.Contains);
        });
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_slip_in_an_id_is_asked_about_and_a_line_to_nobody_is_not_lost()
    {
        await using Peer alice = await PeerAsync("alice");
        using var tool = new ToolUnderTest((80, 24));
        Task<int> run = tool.StartAsync(null, Args("--to", "alcie"));
        TimeSpan limit = Waiting.Longest;
        await tool.PrintsAsync("did you mean alice?", limit);
        tool.Press(ConsoleKey.U, '\u0015', control: true);
        tool.TypeKeys("hello\r");
        await tool.PrintsAsync("not sent: to whom?", limit);
        await tool.PrintsAsync(all => all.EndsWith("> hello", StringComparison.Ordinal), "the line is still there", limit);
        tool.Press(ConsoleKey.U, '\u0015', control: true);
        tool.TypeKeys("/tp\r");
        await tool.PrintsAsync("unknown command /tp: did you mean /to?", limit);
        tool.TypeKeys("/to alcie\r");
        await tool.PrintsAsync(all => all.EndsWith("> /to alice", StringComparison.Ordinal), "what was meant", limit);
        tool.TypeKeys("\r//etc is a folder\r  two spaces\r\r");
        await UntilAsync(alice, engine => TextsOf(engine.Messenger, "carol").Length == 2);
        CollectionAssert.AreEqual(new[] { "/etc is a folder", "  two spaces" }, await TextsAsync(alice, "carol"));
        await tool.PrintsAsync($"{Broker.Address}: online", limit);
        tool.TypeKeys("/to @alcie\r");
        await tool.PrintsAsync("─ alcie ─", limit);
        tool.TypeKeys("/quit\r");
        Assert.AreEqual(ExitCode.Success, await run, tool.Error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_strangers_invitation_is_shown_and_answered()
    {
        await using Peer alice = await PeerAsync("alice");
        using var tool = new ToolUnderTest((80, 24));
        Task<int> run = tool.StartAsync(null, Args());
        TimeSpan limit = Waiting.Longest;
        await tool.PrintsAsync("online", limit);
        await alice.DoAsync(engine =>
        {
            foreach (string id in new[] { "team", "crew" })
            {
                int group = engine.Messenger.CreateGroup(id, id + " of alice", alice.NowMs);
                Assert.AreEqual(SendError.None, engine.Messenger.AddMember(group, "carol", alice.NowMs));
            }

            engine.Wake(alice.NowMs);
        });
        await tool.PrintsAsync("/accept team or /decline team", limit);
        await tool.PrintsAsync("/accept crew or /decline crew", limit);
        tool.TypeKeys("/list\r");
        await tool.PrintsAsync("team  group of 2  invited by alice", limit);
        tool.TypeKeys("/to team\rtoo early\r");
        await tool.PrintsAsync("not sent: you are invited to this group: accept first", limit);
        tool.Press(ConsoleKey.U, '\u0015', control: true);
        tool.TypeKeys("/decline crew\r");
        await tool.PrintsAsync("crew is declined", limit);
        tool.TypeKeys("/accept zoo\r");
        await tool.PrintsAsync("zoo: nobody has invited you to a group of that id", limit);
        tool.TypeKeys("/accept\rnow it goes\r");
        await UntilAsync(alice, engine => TextsOf(engine.Messenger, "#team").Contains("now it goes"));
        await UntilAsync(alice, engine => TextsOf(engine.Messenger, "#crew").Contains("carol left"));
        tool.TypeKeys("/quit\r");
        Assert.AreEqual(ExitCode.Success, await run, tool.Error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Tab_completes_commands_people_and_groups()
    {
        await using Peer alice = await PeerAsync("alice");
        await using Peer other = await PeerAsync("alan");
        await using (Peer carol = await PeerAsync("carol"))
        {
            await carol.DoAsync(engine => engine.Messenger.CreateGroup("team", "Team", carol.NowMs));
            await carol.StopAsync(TimeSpan.FromSeconds(3));
        }

        using var tool = new ToolUnderTest((80, 24));
        Task<int> run = tool.StartAsync(null, Args());
        TimeSpan limit = Waiting.Longest;
        foreach ((string typed, string becomes) in new[]
        {
            ("/t", "> /to "), ("/l", "> /list"), ("/to al", "> /to al"), ("/to ali", "> /to alice"), ("/to t", "> /to team"),
        })
        {
            tool.TypeKeys(typed);
            tool.Press(ConsoleKey.Tab, '\t');
            await tool.PrintsAsync(all => all.EndsWith(becomes, StringComparison.Ordinal), becomes, limit);
            if (typed == "/to al")
            {
                tool.Press(ConsoleKey.Tab, '\t');
                await tool.PrintsAsync("alan  alice", limit);
            }

            if (typed != "/to t") tool.Press(ConsoleKey.U, '\u0015', control: true);
        }

        tool.TypeKeys("\ris anybody there?\r");
        await tool.PrintsAsync("not sent: nobody else is in the group team", limit);
        tool.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run, tool.Error);
        (int code, _, string error) = await PipeAsync("x\n", "--to", "team");
        Assert.AreEqual(ExitCode.Usage, code);
        Assert.Contains("--to team: nobody else is in that group", error);
    }
}
