using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>One member of the conversation that is no board: the messenger's core with files and MQTTnet below it.</summary>
/// <remarks>One loop owns the core, as on a board; everything else asks for its turn with <see cref="DoAsync"/>, from <see cref="Start"/>
/// on. Turns that wait share one write to the disk: no turn has ended, and nothing goes to the broker, before it is done.</remarks>
public sealed class Peer : IAsyncDisposable
{
    private const int MostTurns = 64;

    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<LinkAction> _actions = Channel.CreateUnbounded<LinkAction>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly MqttNetLink _link;
    private readonly FolderFlash _flash;
    private readonly Engine _engine;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <summary>Reads the history in <paramref name="folder"/>. Throws <see cref="FlashException"/> when that cannot be read.</summary>
    public Peer(Identity me, string folder, BrokerLogin broker)
    {
        _link = new MqttNetLink(broker, me, e => DoAsync(engine => engine.OnLink(e, NowMs)));
        _flash = new FolderFlash(folder);
        // keys that are made here come from it; a board has its seed by provisioning
        if (_flash.Size(SealTable.SeedFile) != KeyTree.RootBytes)
            _flash.Replace(SealTable.SeedFile, RandomNumberGenerator.GetBytes(KeyTree.RootBytes), 0, KeyTree.RootBytes);
        _engine = new Engine(me, _flash);
        _engine.Start(new SharedRandom(), NowMs);
        _engine.OnClock(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), NowMs);
        DamagedRecords = _engine.Messenger.Counters.DamagedRecords;
    }

    /// <summary>How many records of the history were damaged when it was read; they are left out.</summary>
    public int DamagedRecords { get; }

    /// <summary>Called in the loop after each turn: what is shown may have changed.</summary>
    public Action<Engine>? Changed { get; set; }

    /// <summary>Milliseconds since this peer began: the time that the core is told.</summary>
    public long NowMs => _clock.ElapsedMilliseconds;

    /// <summary>Takes the key with a device, before <see cref="Start"/>.</summary>
    public SendError EnterKey(string device, string letters) => _engine.Messenger.EnterKey(device, letters.Trim());

    /// <summary>Begins to connect and to talk.</summary>
    public void Start()
    {
        _engine.OnLink(new LinkEvent { Kind = LinkEventKind.NetworkUp }, NowMs);
        _running = Task.WhenAll(OwnAsync(), WorkAsync());
    }

    /// <summary>Runs <paramref name="work"/> in the loop.</summary>
    public Task DoAsync(Action<Engine> work) => AskAsync(engine =>
    {
        work(engine);
        return true;
    });

    /// <summary>Runs <paramref name="work"/> in the loop and gives its result.</summary>
    public async Task<T> AskAsync<T>(Func<Engine, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        bool isTaken = _turns.Writer.TryWrite(new Turn(() => result = work(_engine), () => done.SetResult(result), done.SetException));
        if (!isTaken) throw new OperationCanceledException("the peer has stopped");
        return await done.Task;
    }

    /// <summary>Says goodbye to the broker and ends the loop; gives up after <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (_running.IsCompleted) return;
        await ComeBackAsync(patience);
        await DoAsync(engine => engine.Stop(0, NowMs));
        await Task.WhenAny(_stopped.Task, Task.Delay(patience));
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _turns.Writer.TryComplete();
        _actions.Writer.TryComplete();
        await _running;
        await _link.DisposeAsync();
        _flash.Dispose();
    }

    // a broker that has ended the connection for a publish may have sent no will: without a goodbye "on" would stand there for good
    private async Task ComeBackAsync(TimeSpan patience)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isAway = await AskAsync(engine =>
        {
            if (engine.Session.State != SessionState.Waiting) return false;
            engine.Session.TryNow(NowMs);
            Changed = e =>
            {
                if (e.Session.State is not (SessionState.Connecting or SessionState.Greeting)) settled.TrySetResult();
            };
            return true;
        });
        if (isAway) await Task.WhenAny(settled.Task, Task.Delay(patience));
    }

    private async Task OwnAsync()
    {
        var turns = new List<Turn>();
        for (; ; )
        {
            EndAll(turns);
            while (_engine.NextLinkAction() is { } action) _actions.Writer.TryWrite(action);
            Changed?.Invoke(_engine);
            long wait = Math.Clamp(_engine.NextTickMs - NowMs, 0, 60_000);
            using (var due = new CancellationTokenSource())
            {
                due.CancelAfter(TimeSpan.FromMilliseconds(wait));
                try
                {
                    if (!await _turns.Reader.WaitToReadAsync(due.Token)) return;
                }
                catch (OperationCanceledException)
                {
                }
            }

            while (turns.Count < MostTurns && _turns.Reader.TryRead(out Turn? turn))
            {
                turn.Run();
                turns.Add(turn);
            }

            _engine.OnTime(NowMs);
        }
    }

    private void EndAll(List<Turn> turns)
    {
        try
        {
            _flash.Sync();
        }
        catch (FlashException e)
        {
            var error = new ToolException(ExitCode.Machine, $"{e.Message}; what has no tick was not sent", e);
            _turns.Writer.TryComplete();
            while (_turns.Reader.TryRead(out Turn? turn)) turns.Add(turn);
            foreach (Turn turn in turns) turn.Fail(error);
            throw error;
        }

        foreach (Turn turn in turns) turn.End();
        turns.Clear();
    }

    private async Task WorkAsync()
    {
        await foreach (LinkAction action in _actions.Reader.ReadAllAsync())
        {
            try
            {
                await _link.DoAsync(action);
            }
            catch (OperationCanceledException)
            {
                return; // the loop has ended: there is nobody to report to
            }

            if (action.Kind == LinkActionKind.Disconnect) _stopped.TrySetResult();
        }
    }

    private sealed class Turn(Action work, Action ended, Action<Exception> failed)
    {
        private Exception? _error;

        public void Run()
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                _error = e;
            }
        }

        public void End()
        {
            if (_error == null) ended();
            else failed(_error);
        }

        public void Fail(Exception error) => failed(error);
    }

    private sealed class SharedRandom : IRandomSource
    {
        public int Next(int bound) => Random.Shared.Next(bound);
    }
}
