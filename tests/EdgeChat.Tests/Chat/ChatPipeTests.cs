using System.Text;
using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Chat;

/// <summary>The peer on a PC: a pipe succeeds only when its messages have arrived, and nothing that was taken is lost.</summary>
[TestClass]
public sealed class ChatPipeTests : ChatFolder
{
    [TestMethod]
    public async Task Keys_that_a_peer_makes_come_from_a_seed_of_its_own()
    {
        foreach (string id in new[] { "alice", "bob" }) await (await PeerAsync(id)).DisposeAsync();
        byte[][] seeds = [.. new[] { "alice", "bob" }.Select(id => File.ReadAllBytes(Path.Combine(Folder, id, SealTable.SeedFile)))];
        Assert.AreEqual((KeyTree.RootBytes, KeyTree.RootBytes), (seeds[0].Length, seeds[1].Length));
        CollectionAssert.AreNotEqual(seeds[0], seeds[1]);
        await (await PeerAsync("alice")).DisposeAsync();
        CollectionAssert.AreEqual(seeds[0], File.ReadAllBytes(Path.Combine(Folder, "alice", SealTable.SeedFile)), "it is kept");
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_pipe_ends_well_when_each_line_is_in_the_recipients_flash()
    {
        await using Peer alice = await PeerAsync("alice");
        (int code, string output, string error) = await PipeAsync("one\n\nzwei äöü\n", "--to", "alice", "--json");
        Assert.AreEqual(ExitCode.Success, code, error);
        CollectionAssert.AreEqual(new[] { "one", "zwei äöü" }, await TextsAsync(alice, "carol"));
        JsonElement sum = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.AreEqual(2, sum.GetProperty("sent").GetInt32());
        Assert.AreEqual(2, sum.GetProperty("received").GetInt32());
        Assert.Contains("{\"n\":2,\"to\":\"alice\",\"tick\":\"received\"", output);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task What_did_not_arrive_is_named_kept_and_sent_by_the_next_run()
    {
        (int code, _, string error) = await PipeAsync("later\n", "--to", "alice", "--timeout", "1");
        Assert.AreEqual(ExitCode.NotDelivered, code);
        Assert.Contains("1 of 1 not received by alice within 1 s, first \"later\"", error);
        await using Peer alice = await PeerAsync("alice");
        (code, _, error) = await PipeAsync("and now\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        CollectionAssert.AreEqual(new[] { "later", "and now" }, await TextsAsync(alice, "carol"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Who_is_nearly_somebody_that_the_broker_knows_is_asked_about_once()
    {
        await using Peer alice = await PeerAsync("alice");
        (int code, _, string error) = await PipeAsync("hello\n", "--to", "alcie", "--timeout", "1");
        Assert.AreEqual(ExitCode.NotDelivered, code);
        Assert.Contains("no alcie is known: did you mean alice?", error);
        (code, _, error) = await PipeAsync("hello\n", "--to", "alcie", "--timeout", "1");
        Assert.AreEqual(ExitCode.NotDelivered, code);
        Assert.DoesNotContain("did you mean", error, "the conversation is there now");
        (_, _, error) = await PipeAsync("hello\n", "--to", "@alcia", "--timeout", "1");
        Assert.DoesNotContain("did you mean", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task With_an_empty_data_folder_nothing_is_taken_for_what_came_before()
    {
        await using Peer alice = await PeerAsync("alice");
        (int code, _, string error) = await PipeAsync("one\ntwo\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        Directory.Delete(Path.Combine(Folder, "carol"), true);
        (code, _, error) = await PipeAsync("THREE\nFOUR\nFIVE\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        CollectionAssert.AreEqual(new[] { "one", "two", "THREE", "FOUR", "FIVE" }, await TextsAsync(alice, "carol"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_group_is_written_to_by_its_id_which_accepts_its_invitation_and_ends_well_when_each_member_has_it()
    {
        Task subscribed = Task.WhenAll(UntilInTheGroupAsync("alice"), UntilInTheGroupAsync("bob"));
        await using Peer alice = await PeerAsync("alice");
        await using Peer bob = await PeerAsync("bob");
        // who has never connected has no session yet: the broker would drop the invitation
        Peer carol = await PeerAsync("carol");
        await alice.DoAsync(engine =>
        {
            int group = engine.Messenger.CreateGroup("team", "Team", alice.NowMs);
            Assert.AreEqual(SendError.None, engine.Messenger.AddMember(group, "bob", alice.NowMs));
            Assert.AreEqual(SendError.None, engine.Messenger.AddMember(group, "carol", alice.NowMs));
            engine.Wake(alice.NowMs);
        });
        await Task.WhenAll(UntilMemberAsync(bob), UntilInvitedAsync(carol, 3));
        // without its subscription a member has the message only by the resend after 60 s
        await subscribed;
        await carol.StopAsync(TimeSpan.FromSeconds(3));
        (int code, _, string error) = await PipeAsync("hello all\n", "--to", "team");
        Assert.AreEqual(ExitCode.Success, code, error);
        Assert.Contains("hello all", await TextsAsync(alice, "team"));
        Assert.Contains("hello all", await TextsAsync(bob, "team"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Without_a_broker_the_message_is_kept_and_the_cause_is_said()
    {
        await Broker.StopAsync();
        (int code, _, string error) = await PipeAsync("kept\n", "--to", "alice", "--timeout", "2");
        Assert.AreEqual(ExitCode.NotDelivered, code);
        Assert.Contains("Is the broker running?", error);
        Assert.Contains("sent when edgechat chat --as carol runs again", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_damaged_history_is_said_and_the_rest_of_it_is_used()
    {
        await PipeAsync("first\nsecond\n", "--to", "alice", "--timeout", "1");
        string file = Directory.GetFiles(Path.Combine(Folder, "carol"), "m*").Single();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.AsSpan().IndexOf("first"u8)] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await using Peer alice = await PeerAsync("alice");
        (int code, _, string error) = await PipeAsync("third\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        Assert.Contains("carol: 1 damaged place in the history; what stood there is left out, the rest is kept", error);
        CollectionAssert.IsSubsetOf(new[] { "second", "third" }, await TextsAsync(alice, "carol"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Two_of_one_id_cannot_chat_from_one_folder()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "carol"));
        using var other =
            new FileStream(Path.Combine(Folder, "carol", ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        (int code, _, string error) = await PipeAsync("x\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Machine, code);
        Assert.Contains("another edgechat chats as carol", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_line_that_is_too_long_is_refused_whole()
    {
        (int code, _, string error) = await PipeAsync(new string('x', 1025) + "\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Machine, code);
        Assert.Contains("too long: at most 1024 bytes", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_line_that_is_no_UTF_8_is_refused_and_those_before_it_arrive()
    {
        await using Peer alice = await PeerAsync("alice");
        (int code, string output, string error) = await PipeAsync([.. "good\nb"u8, 0xFF, .. "d\nnever\n"u8], "--to", "alice", "--json");
        Assert.Contains("line \"b\uFFFDd\"", error);
        Assert.AreEqual(ExitCode.Machine, code);
        Assert.Contains("not valid text; it and the lines after it were not taken", error);
        Assert.Contains("""{"sent":1,"received":1,"unread":0,"complete":false}""", output);
        CollectionAssert.AreEqual(new[] { "good" }, await TextsAsync(alice, "carol"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task What_stands_for_no_UTF_8_may_stand_in_a_text_and_a_byte_order_mark_is_none()
    {
        await using Peer alice = await PeerAsync("alice");
        (int code, _, string error) = await PipeAsync("\uFEFFa\uFFFDb\r\n\uFEFFc\nlast", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        CollectionAssert.AreEqual(new[] { "a\uFFFDb", "\uFEFFc", "last" }, await TextsAsync(alice, "carol"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_device_of_that_id_that_is_on_is_left_in_peace()
    {
        await using Peer alice = await PeerAsync("alice");
        await using Peer carol = await PeerAsync("carol-2");
        (int code, _, string error) = await RunAsync("x\n"u8.ToArray(),
            ["chat", "--as", "carol-2", "--to", "alice", "--broker", Broker.Address.ToString(), "--data", Path.Combine(Folder, "other")]);
        Assert.AreEqual(ExitCode.Broker, code, error);
        Assert.Contains("a device 'carol-2' is on", error);
        Assert.Contains("-r -n -t ec1/p/carol-2", error);
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
        Assert.AreEqual(1, await carol.AskAsync(engine => engine.Session.ConnectionNumber), "nobody pushed it off");
        await carol.StopAsync(TimeSpan.FromSeconds(10));
        (code, _, error) = await RunAsync("x\n"u8.ToArray(),
            ["chat", "--as", "carol-2", "--to", "alice", "--broker", Broker.Address.ToString(), "--data",
                Path.Combine(Folder, "carol-2")]);
        Assert.AreEqual(ExitCode.Success, code, error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task More_lines_than_the_history_keeps_wait_for_the_ticks_of_those_before()
    {
        await using Peer alice = await PeerAsync("alice");
        int lines = Limits.MessagesOfConversation * 2;
        (int code, string output, string error) =
            await PipeAsync(string.Concat(Enumerable.Range(1, lines).Select(i => i + "\n")), "--to", "alice", "--json");
        Assert.AreEqual(ExitCode.Success, code, error);
        Assert.Contains($$"""{"sent":{{lines}},"received":{{lines}},""", output);
        Assert.AreEqual(lines.ToString(), (await TextsAsync(alice, "carol"))[^1]);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Lines_for_which_there_is_no_room_are_said_to_be_left()
    {
        string input = string.Concat(Enumerable.Range(1, Limits.MessagesOfConversation).Select(i => i + "\n"));
        (int code, _, string error) = await PipeAsync(input, "--to", "alice", "--timeout", "1");
        Assert.AreEqual(ExitCode.NotDelivered, code);
        Assert.Contains("line \"49\": the lines before it wait for their receipts", error);
        Assert.Contains("48 of 48 not received by alice within 1 s, first \"1\"", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow("read before\n", "stopped before the end of the input, after 1 messages")]
    [DataRow("", "stopped before the end of the input, after 0 messages")]
    public async Task Ctrl_C_ends_a_pipe_that_waits_for_its_input_and_not_well(string before, string says)
    {
        await using Peer alice = await PeerAsync("alice");
        using var input = new TypedStream();
        if (before.Length > 0) input.Add(Encoding.UTF8.GetBytes(before));
        using var error = new StringWriter();
        using var host = new ToolHost { Out = new StringWriter(), Error = error, In = new LineInput(input) };
        Task<int> run = EdgeChatCommand.RunAsync(Args("--to", "alice"), host);
        await input.Emptied;
        host.RequestStop();
        Assert.AreEqual(ExitCode.NotDelivered, await run);
        Assert.Contains(says, error.ToString());
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task An_empty_input_tells_whether_the_broker_was_reached()
    {
        (int code, _, string error) = await PipeAsync("", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        Assert.Contains($"nothing to send, the input was empty; the broker at {Broker.Address} was reached", error);
        await Broker.StopAsync();
        (code, _, error) = await PipeAsync("\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Broker, code, error);
        Assert.Contains($"the broker at {Broker.Address} was not reached: ", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task With_commands_a_pipe_edits_and_takes_back_and_waits_until_that_has_come()
    {
        await using Peer alice = await PeerAsync("alice");
        (int code, string output, string error) = await PipeAsync("one\ntwo\n/three is no command\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        (code, output, error) = await PipeAsync(
            "/edit 2 TWO\n/react 2\n//four\n/cancel 1\n", "--to", "alice", "--commands", "--json");
        Assert.AreEqual(ExitCode.Machine, code, error);
        Assert.Contains("line \"/react 2\": no message 2 with alice", error);
        Assert.Contains("{\"n\":4,\"to\":\"alice\",\"tick\":\"received\"", output);
        Assert.Contains("""{"sent":1,"received":1,"unread":0,"complete":false}""", output);
        (code, output, error) = await PipeAsync("//four\n/cancel 1\n/info 2\n", "--to", "alice", "--commands");
        Assert.AreEqual(ExitCode.Success, code, error);
        Assert.Contains("  edit: received", output);
        // nobody has seen the first one, so that nothing is left of it
        CollectionAssert.AreEqual(new[] { "TWO", "/three is no command", "/four" }, await TextsAsync(alice, "carol"));
        (code, _, error) = await PipeAsync("/quit\n", "--to", "alice", "--commands");
        Assert.AreEqual(ExitCode.Machine, code);
        Assert.Contains("line \"/quit\": unknown command; in a pipe there are /reply /forward", error);
        Assert.DoesNotContain("the input was empty", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task What_a_pipe_takes_back_before_it_has_gone_out_is_not_waited_for()
    {
        await Broker.StopAsync();
        (int code, string output, string error) =
            await PipeAsync("never\n/cancel\n", "--to", "alice", "--commands", "--timeout", "86400");
        Assert.AreEqual(ExitCode.Success, code, error);
        Assert.Contains("me/1 is taken back; it was not sent yet", output);
    }

    [TestMethod]
    [DataRow("chat", "Option '--as' is required")]
    [DataRow("chat --as Carol", "--as Carol: not a device id")]
    [DataRow("chat --as carol --to a_b", "--to a_b: not a device id")]
    [DataRow("chat --as carol --to carol", "--to carol: that is you")]
    [DataRow("chat --as carol", "chat in a pipe needs --to ID")]
    [DataRow("chat --as carol --timeout 0", "--timeout 0: give 1 to 86400 seconds")]
    [DataRow("chat --as carol --incarnation 0", "--incarnation 0: give 1 to 65535")]
    [DataRow("chat --as carol --ca x.pem", "--ca: is for --tls")]
    [DataRow("chat --as carol --tls --ca /nowhere/x.pem", "--ca /nowhere/x.pem")]
    public async Task A_wrong_command_line_is_said_in_one_line(string line, string says)
    {
        (int code, _, string error) = await RunAsync([], line.Split(' '));
        Assert.AreEqual(ExitCode.Usage, code, error);
        Assert.Contains(says, error);
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
    }

    [TestMethod]
    [DataRow("--password-file", null, "cannot be read")]
    [DataRow("--password-file", "\nsecond line\n", "its first line is empty")]
    [DataRow("--key-file", "", "its first line is empty")]
    public async Task A_secret_that_is_not_in_its_file_is_asked_for_there(string option, string? content, string says)
    {
        string file = Path.Combine(Path.GetTempPath(), $"edgechat-secret-{Guid.NewGuid():n}");
        if (content is not null) File.WriteAllText(file, content);
        (int code, _, string error) = await RunAsync([], ["chat", "--as", "carol", "--to", "alice", option, file]);
        File.Delete(file);
        Assert.AreEqual(ExitCode.Machine, code, error);
        Assert.Contains($"edgechat: {file}: {says}", error);
    }
}
