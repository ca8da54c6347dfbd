using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Chat;

namespace EdgeChat.Tests.Brokers;

/// <summary>A device at a real broker: the core that the boards run, on MQTTnet.</summary>
internal sealed class PeerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-peer-").FullName;
    private readonly string _id;
    private readonly Peer _peer;

    public PeerUnderTest(BrokerAddress broker, string id, string? password = "secret", string? user = null)
    {
        _id = id;
        _peer = new Peer(new Identity { DeviceId = id }, _folder,
            new BrokerLogin(broker, user ?? (password == null ? null : id), password));
        _peer.Start();
    }

    /// <summary>Waits until its core is as wanted; it is looked at after each thing that happens.</summary>
    public async Task Until(string what, Func<Engine, bool> condition)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _peer.Changed = engine =>
        {
            if (condition(engine)) done.TrySetResult();
        };
        await _peer.DoAsync(_ => { }); // a turn of the loop, in case that it is so already
        try
        {
            await done.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            (SessionState state, string? problem) = await StateAsync();
            throw new AssertFailedException($"{_id}: not {what} in time, but {SessionWords.For(state)}: {problem}");
        }
    }

    public Task<(SessionState State, string? Problem)> StateAsync() =>
        _peer.AskAsync<(SessionState, string?)>(e => (e.Session.State, e.Session.Problem));

    public Task Is(SessionState state) => Until(SessionWords.For(state), e => e.Session.State == state);

    /// <summary>Waits until the birth has come back, or a right is known to be missing.</summary>
    public Task Settled() => Until("settled", e =>
        e.Session.State == SessionState.Degraded || (e.Session.IsOnline && e.Session.NextTickMs == Deadline.Never));

    public Task SendAsync(string to, string text) => _peer.DoAsync(e =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.AreEqual(SendError.None, e.Messenger.SendText(e.Messenger.OpenDirect(to), bytes, bytes.Length, -1, _peer.NowMs));
        e.Wake(_peer.NowMs);
    });

    public Task Has(string to, Tick tick) => Until($"at {tick} with {to}", e =>
        e.Messenger.Find(to, false) is var conversation and >= 0 &&
        e.Messenger.Newest(conversation) is var newest and >= 0 &&
        e.Messenger.TickOf(newest) == tick);

    public Task<string?> FailureAsync(string to) =>
        _peer.AskAsync<string?>(e => e.Messenger.FailureOf(e.Messenger.Newest(e.Messenger.Find(to, false))));

    public async ValueTask DisposeAsync()
    {
        await _peer.StopAsync(TimeSpan.FromSeconds(3));
        await _peer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
