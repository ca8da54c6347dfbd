using System.Text;
using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Chat;

/// <summary>The peer on a PC: a pipe succeeds only when its messages have arrived, and nothing that was taken is lost.</summary>
[TestClass]
public sealed class ChatTests : IAsyncDisposable
{
    private readonly EmbeddedBroker _broker = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-chat-").FullName;

    [TestInitialize]
    public Task StartBroker() => _broker.StartAsync();

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
        Assert.AreEqual(2, sum.GetProperty("delivered").GetInt32());
        Assert.Contains("{\"n\":2,\"to\":\"alice\",\"tick\":\"delivered\"", output);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task What_did_not_arrive_is_named_kept_and_sent_by_the_next_run()
    {
        (int code, _, string error) = await PipeAsync("later\n", "--to", "alice", "--timeout", "1");
        Assert.AreEqual(ExitCode.NotDelivered, code);
        Assert.Contains("1 of 1 not delivered to alice within 1 s, first \"later\"", error);
        await using Peer alice = await PeerAsync("alice");
        (code, _, error) = await PipeAsync("and now\n", "--to", "alice");
        Assert.AreEqual(ExitCode.Success, code, error);
        CollectionAssert.AreEqual(new[] { "later", "and now" }, await TextsAsync(alice, "carol"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_group_is_written_to_by_its_id_and_ends_well_when_each_member_has_it()
    {
        Task subscribed = Task.WhenAll(UntilInTheGroupAsync("alice"), UntilInTheGroupAsync("bob"), UntilInTheGroupAsync("carol"));
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
        await Task.WhenAll(UntilMemberAsync(bob), UntilMemberAsync(carol));
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
        await _broker.StopAsync();
        (int code, _, string error) = await PipeAsync("kept\n", "--to", "alice", "--timeout", "2");
        Assert.AreEqual(ExitCode.NotDelivered, code);
        Assert.Contains("refused", error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sent when edgechat chat --as carol runs again", error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Two_of_one_id_cannot_chat_from_one_folder()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "carol"));
        using var other = new FileStream(Path.Combine(_folder, "carol", ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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
    [DataRow("chat", "Option '--as' is required")]
    [DataRow("chat --as Carol", "--as Carol: not a device id")]
    [DataRow("chat --as carol --to a_b", "--to a_b: not a device id")]
    [DataRow("chat --as carol --timeout 0", "--timeout 0: give 1 to 86400 seconds")]
    [DataRow("chat --as carol --incarnation 0", "--incarnation 0: give 1 to 65535")]
    [DataRow("chat --as carol --ca x.pem", "--ca: is for --tls")]
    [DataRow("chat --as carol --tls --ca /nowhere/x.pem", "--ca /nowhere/x.pem")]
    [DataRow("chat --as carol --password-file /nowhere/secret", "--password-file /nowhere/secret")]
    public async Task A_wrong_command_line_is_said_in_one_line(string line, string says)
    {
        (int code, _, string error) = await RunAsync("", line.Split(' '));
        Assert.AreEqual(ExitCode.Usage, code, error);
        Assert.Contains(says, error);
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<(int Code, string Output, string Error)> PipeAsync(string input, params string[] more) =>
        RunAsync(input, ["chat", "--as", "carol", "--broker", _broker.Address.ToString(), "--data", Path.Combine(_folder, "carol"), .. more]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string input, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var host = new ToolHost { Out = output, Error = error, In = new StringReader(input) };
        int code = await EdgeChatCommand.RunAsync(args, host);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<Peer> PeerAsync(string id)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, id)).FullName;
        var peer = new Peer(new Identity { DeviceId = id }, folder, _broker.Address, new PeerAccess(id, null, null));
        var online = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Changed = engine =>
        {
            if (engine.Session.State == SessionState.Online) online.TrySetResult();
        };
        peer.Start();
        await online.Task;
        return peer;
    }

    private static async Task UntilMemberAsync(Peer peer)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Changed = engine =>
        {
            int group = engine.Messenger.Find("team", true);
            if (group >= 0 && engine.Messenger.CanWrite(group) && engine.Messenger.MemberCountOf(group) == 3) done.TrySetResult();
        };
        await peer.DoAsync(_ => { }); // a turn of the loop, in case that all has come already
        await done.Task;
    }

    // completes when the broker has confirmed the client's subscription to the group
    private Task UntilInTheGroupAsync(string client)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int isAsked = 0;
        _broker.Packet += p =>
        {
            if (p.ClientId != client) return;
            if (p is { Kind: "SUBSCRIBE", Topic: { } filters } && filters.Split(' ').Contains("ec1/g/team/+")) Volatile.Write(ref isAsked, 1);
            else if (p.Kind == "SUBACK" && Volatile.Read(ref isAsked) == 1) done.TrySetResult();
        };
        return done.Task;
    }

    private static Task<string[]> TextsAsync(Peer peer, string from) => peer.AskAsync(engine =>
    {
        Messenger messenger = engine.Messenger;
        var texts = new Stack<string>();
        byte[] buffer = new byte[2048];
        for (int m = messenger.Newest(Conversations.Of(messenger, from)); m >= 0; m = messenger.Older(m)) texts.Push(Encoding.UTF8.GetString(buffer, 0, messenger.ReadText(m, buffer)));
        return texts.ToArray();
    });
}
