using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Chat;
using MQTTnet;

namespace EdgeChat.Tests.Brokers;

/// <summary>A device at a real broker: the core that the boards run, on MQTTnet.</summary>
internal sealed class PeerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-peer-").FullName;
    private readonly string _id;
    private readonly Func<Peer> _make;
    private Action<Engine>? _watch;
    private Action<Engine>? _wait;
    private Peer _peer;

    public PeerUnderTest(
        BrokerAddress broker, string id, string? password = "secret", string? name = null, MqttClientTlsOptions? tls = null)
    {
        _id = id;
        _make = () => new Peer(new Identity { DeviceId = id, DisplayName = name }, _folder, BrokerLogin.Of(broker, id, password, tls));
        _peer = MakeWatched();
        _peer.Start();
    }

    /// <summary>Has somebody look at its core after each thing that happens, on its own thread.</summary>
    public Task WatchAsync(Action<Engine> look) => _peer.DoAsync(_ => _watch = look);

    /// <summary>Ends cleanly; what it has is kept.</summary>
    public Task StopAsync() => _peer.StopAsync(TimeSpan.FromSeconds(3));

    /// <summary>Starts again with what it has.</summary>
    public void StartAgain()
    {
        _peer = MakeWatched();
        _peer.Start();
    }

    /// <summary>Waits until its core is as wanted; it is looked at after each thing that happens.</summary>
    public async Task Until(string what, Func<Engine, bool> condition)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wait = engine =>
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

    public Task SendAsync(string to, string text) => DoAsync((e, now) =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.AreEqual(SendError.None, e.Messenger.SendText(e.Messenger.OpenDirect(to), bytes, bytes.Length, -1, now));
    });

    public Task Has(string to, Tick tick) => Until($"at {tick} with {to}", e =>
        e.Messenger.Find(to, false) is var conversation and >= 0 &&
        e.Messenger.Newest(conversation) is var newest and >= 0 &&
        e.Messenger.TickOf(newest) == tick);

    public Task<string?> FailureAsync(string to) =>
        _peer.AskAsync<string?>(e => e.Messenger.FailureOf(e.Messenger.Newest(e.Messenger.Find(to, false))));

    public Task DoAsync(Action<Engine, long> work) => _peer.DoAsync(e =>
    {
        work(e, _peer.NowMs);
        e.Wake(_peer.NowMs);
    });

    /// <summary>The texts of a conversation, from old to new.</summary>
    public Task<string[]> TextsAsync(string with) => _peer.AskAsync(e =>
    {
        var texts = new Stack<string>();
        byte[] buffer = new byte[2048];
        for (int m = e.Messenger.Newest(Conversations.Of(e.Messenger, with)); m >= 0; m = e.Messenger.Older(m))
            texts.Push(Encoding.UTF8.GetString(buffer, 0, e.Messenger.ReadText(m, buffer)));
        return texts.ToArray();
    });

    /// <summary>Whether a text, which is no part of another one, stands in its flash.</summary>
    public Task<bool> KeepsAsync(string text) => _peer.AskAsync(_ =>
        Directory.GetFiles(_folder).Any(f => Bytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0));

    // also one that it has open
    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private Peer MakeWatched()
    {
        Peer peer = _make();
        peer.Changed = engine =>
        {
            _watch?.Invoke(engine);
            _wait?.Invoke(engine);
        };
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _peer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
