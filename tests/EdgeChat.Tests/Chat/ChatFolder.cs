using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Chat;

/// <summary>A broker, a data folder and the command of the tests of <c>chat</c>.</summary>
public abstract class ChatFolder : IAsyncDisposable
{
    private protected EmbeddedBroker Broker { get; } = new();

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("edgechat-chat-").FullName;

    [TestInitialize]
    public Task StartBroker() => Broker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private protected Task<(int Code, string Output, string Error)> PipeAsync(string input, params string[] more) =>
        PipeAsync(Encoding.UTF8.GetBytes(input), more);

    private protected Task<(int Code, string Output, string Error)> PipeAsync(byte[] input, params string[] more) =>
        RunAsync(input, Args(more));

    private protected string[] Args(params string[] more) =>
        ["chat", "--as", "carol", "--broker", Broker.Address.ToString(), "--data", Path.Combine(Folder, "carol"), .. more];

    private protected static async Task<(int Code, string Output, string Error)> RunAsync(byte[] input, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var host = new ToolHost { Out = output, Error = error, In = new LineInput(new MemoryStream(input)) };
        int code = await EdgeChatCommand.RunAsync(args, host);
        return (code, output.ToString(), error.ToString());
    }

    private protected async Task<Peer> PeerAsync(string id)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, id)).FullName;
        var peer = new Peer(new Identity { DeviceId = id }, folder, new BrokerLogin(Broker.Address));
        var online = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Changed = engine =>
        {
            if (engine.Session.State == SessionState.Online) online.TrySetResult();
        };
        peer.Start();
        await online.Task;
        return peer;
    }

    private protected static Task UntilMemberAsync(Peer peer) => UntilAsync(peer, engine =>
    {
        int group = engine.Messenger.Find("team", true);
        if (group < 0) return false;
        if (engine.Messenger.Answer(group, true, peer.NowMs) == SendError.None) engine.Wake(peer.NowMs);
        return engine.Messenger.CanWrite(group) && engine.Messenger.MemberCountOf(group) == 3;
    });

    private protected static Task UntilInvitedAsync(Peer peer, int members) => UntilAsync(peer, engine =>
        engine.Messenger.Find("team", true) is var group and >= 0 && engine.Messenger.MemberCountOf(group) == members);

    private protected static async Task UntilAsync(Peer peer, Func<Engine, bool> condition)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.Changed = engine =>
        {
            if (condition(engine)) done.TrySetResult();
        };
        await peer.DoAsync(_ => { }); // a turn of the loop, in case that all has come already
        await done.Task;
    }

    // completes when the broker has confirmed the client's subscription to the group
    private protected Task UntilInTheGroupAsync(string client)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int isAsked = 0;
        Broker.Packet += p =>
        {
            if (p.ClientId != client) return;
            if (p is { Kind: "SUBSCRIBE", Topic: { } filters } && filters.Split(' ').Contains("ec1/g/team/+")) Volatile.Write(ref isAsked,
                1);
            else if (p.Kind == "SUBACK" && Volatile.Read(ref isAsked) == 1) done.TrySetResult();
        };
        return done.Task;
    }

    private protected static Task<string[]> TextsAsync(Peer peer, string from) => peer.AskAsync(engine => TextsOf(engine.Messenger, from));

    private protected static string[] TextsOf(Messenger messenger, string from)
    {
        var texts = new Stack<string>();
        byte[] buffer = new byte[2048];
        for (int m = messenger.Newest(Conversations.Of(messenger, from)); m >= 0; m = messenger.Older(m)) texts.Push(
            Encoding.UTF8.GetString(buffer, 0, messenger.ReadText(m, buffer)));
        return texts.ToArray();
    }
}
