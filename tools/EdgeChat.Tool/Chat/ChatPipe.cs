using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>Each line of the input is a message; ends well only when every one is in the recipient's flash.</summary>
public sealed class ChatPipe(Peer peer, ChatSettings settings, ToolHost host)
{
    // Fewer than the history keeps of a conversation: what has its receipt may give way to what has not, but not the other way round.
    private const int MostOpen = Limits.MessagesOfConversation * 3 / 4;

    private readonly List<Sent> _watched = [];
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;
    private bool _isAllTaken;
    private SessionState _state;
    private string? _problem;

    /// <summary>Sends what the input holds and waits for the ticks; gives the exit code.</summary>
    public async Task<int> RunAsync()
    {
        if (settings.To == null) throw new ToolException(ExitCode.Usage, "chat in a pipe needs --to ID: whom the lines are for");
        peer.Changed = Watch;
        peer.Start();
        int conversation = await peer.AskAsync(engine => Conversations.Of(engine.Messenger, settings.To));
        if (conversation < 0)
            throw new ToolException(ExitCode.Usage,
                $"--to {settings.To}: {await peer.AskAsync(e => SendErrors.WordsFor(e.Messenger.LastError))}");
        if (!await peer.AskAsync(engine => EnterAndLook(engine.Messenger, conversation)))
            throw new ToolException(ExitCode.Usage, $"--to {settings.To}: nobody else is in that group; add somebody, then send again");
        SendError refusal = SendError.None;
        ChannelReader<InputLine> input = ReadAhead();
        while (refusal == SendError.None && await NextAsync(input) is { Count: > 0 } lines) refusal = await TakeAsync(conversation, lines);

        bool isCut = host.Stop.IsCancellationRequested;
        await peer.DoAsync(_ => _isAllTaken = true);
        if (_taken == 0 && refusal == SendError.None && !isCut) return await TellReachedAsync();
        await Task.WhenAny(_settled.Task, Task.Delay(settings.Patience, host.Stop));
        bool isDelivered = await peer.AskAsync(engine => Conclude(engine, isCut || refusal != SendError.None, isCut));
        if (refusal is not (SendError.None or SendError.OutboxFull)) return ExitCode.Machine;
        if (!isDelivered && IsDenied) return ExitCode.Broker;
        return isDelivered && !isCut && refusal == SendError.None ? ExitCode.Success : ExitCode.NotDelivered;
    }

    // of an invitation there is nobody to ask: who names the group has answered
    private bool EnterAndLook(Messenger messenger, int conversation)
    {
        messenger.Answer(conversation, true, peer.NowMs);
        return People.IsAnybodyIn(messenger, conversation);
    }

    // An empty input sends nothing, so all that can be told is whether it could have been.
    private async Task<int> TellReachedAsync()
    {
        await Task.WhenAny(_tried.Task, Task.Delay(settings.Patience, host.Stop));
        await peer.AskAsync(engine => Conclude(engine, false, false));
        bool isReached = _state is SessionState.Online or SessionState.Degraded;
        string what = isReached ? "was reached" : "was not reached";
        string why = _problem == null ? "" : ": " + _problem;
        host.Error.WriteLine($"edgechat: nothing to send, the input was empty; the broker at {settings.Broker} {what}{why}");
        return isReached && !IsDenied ? ExitCode.Success : ExitCode.Broker;
    }

    // somebody must do something about the broker first, however long this waits
    private bool IsDenied => _state is SessionState.Refused or SessionState.Degraded;

    // Nothing wakes a thread that reads the standard input, so Ctrl-C leaves it behind.
    private ChannelReader<InputLine> ReadAhead()
    {
        Channel<InputLine> lines = Channel.CreateBounded<InputLine>(MostOpen);
        _ = Task.Run(async () =>
        {
            Exception? end = null;
            try
            {
                while (host.In.Read() is { } line) await lines.Writer.WriteAsync(line);
            }
            catch (Exception e)
            {
                end = e;
            }

            lines.Writer.Complete(end);
        });
        return lines.Reader;
    }

    // the lines that have come, at least one; none at the end, or when this is to stop
    private async Task<List<InputLine>> NextAsync(ChannelReader<InputLine> input)
    {
        var lines = new List<InputLine>();
        try
        {
            if (await input.WaitToReadAsync(host.Stop))
                while (input.TryRead(out InputLine? line)) lines.Add(line);
        }
        catch (OperationCanceledException)
        {
        }

        return lines;
    }

    // waits while there is no room, as long as receipts come
    private async Task<SendError> TakeAsync(int conversation, List<InputLine> lines)
    {
        int taken = 0;
        while (true)
        {
            Task progress = Task.CompletedTask;
            SendError error = await peer.AskAsync(engine =>
            {
                progress = _progress.Task;
                SendError last = SendError.None;
                while (taken < lines.Count && (last = Take(engine, conversation, lines[taken])) == SendError.None) taken++;
                return last;
            });
            if (error == SendError.None) return error;
            bool isFull = error == SendError.OutboxFull;
            if (isFull && await Task.WhenAny(progress, Task.Delay(settings.Patience, host.Stop)) == progress) continue;
            const string Full = "the lines before it wait for their receipts, and there is room for no more";
            return Refuse(lines[taken].Text, error, isFull ? Full : SendErrors.WordsFor(error));
        }
    }

    private SendError Refuse(string line, SendError error, string why)
    {
        host.Error.WriteLine($"edgechat: line \"{Beginning(line)}\": {why}; it and the lines after it were not taken");
        return error;
    }

    // runs in the peer's loop, so that no other message can be the newest one
    private SendError Take(Engine engine, int conversation, InputLine input)
    {
        string line = input.Text;
        if (!input.IsText) return SendError.BadText;
        if (line.Length == 0) return SendError.None;
        if (_watched.Count(s => s.IsOpen) >= MostOpen) return SendError.OutboxFull;
        byte[] text = Encoding.UTF8.GetBytes(line);
        SendError error = engine.Messenger.SendText(conversation, text, text.Length, -1, peer.NowMs);
        if (error != SendError.None) return error;
        engine.Wake(peer.NowMs);
        _watched.Add(new Sent(engine.Messenger.NumberOf(engine.Messenger.Newest(conversation)), line));
        _taken++;
        return SendError.None;
    }

    // runs in the peer's loop
    private void Watch(Engine engine)
    {
        _state = engine.Session.State;
        _problem = engine.Session.Problem;
        if (_state is SessionState.Online or SessionState.Degraded or SessionState.Refused
            || (_state == SessionState.Waiting && _problem != null)) _tried.TrySetResult();
        int conversation = Conversations.Of(engine.Messenger, settings.To!);
        foreach (Sent sent in _watched)
        {
            int message = engine.Messenger.FindMessage(conversation, settings.As, sent.Number);
            Tick tick = message < 0 ? sent.Tick : engine.Messenger.TickOf(message);
            sent.IsGone = message < 0;
            if (tick == sent.Tick) continue;
            sent.Tick = tick;
            sent.Failure = message < 0 ? null : engine.Messenger.FailureOf(message);
            if (settings.PrintsJson) Print(new { n = sent.Number, to = settings.To, tick = StateWords.For(tick), failure = sent.Failure });
            _progress.TrySetResult();
        }

        if (_progress.Task.IsCompleted) _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _watched.RemoveAll(s => s.Tick == Tick.Shown || (s.Tick == Tick.Two && s.IsGone));
        if (_isAllTaken && !_watched.Exists(s => s.IsOpen)) _settled.TrySetResult();
    }

    private bool Conclude(Engine engine, bool isPart, bool isCut)
    {
        int unread = 0;
        for (int i = 0; i < engine.Messenger.ConversationCount; i++)
            unread += engine.Messenger.UnreadOf(engine.Messenger.ConversationAt(i));
        List<Sent> missing = _watched.FindAll(s => s.IsOpen || s.Tick == Tick.Failed);
        if (settings.PrintsJson)
            Print(new { sent = _taken, received = _taken - missing.Count, unread, complete = missing.Count == 0 && !isPart });
        else if (unread > 0) host.Error.WriteLine($"edgechat: {unread} unread: edgechat chat --as {settings.As} shows them");
        if (isCut) host.Error.WriteLine($"edgechat: stopped before the end of the input, after {_taken} messages");
        if (missing.Count == 0) return true;
        string when = host.Stop.IsCancellationRequested ? "when it was stopped" : $"within {settings.Patience.TotalSeconds:0} s";
        string why = missing[0].Tick switch
        {
            Tick.Failed => missing[0].Failure ?? StateWords.For(Tick.Failed),
            _ when IsDenied => _problem ?? "the broker refuses",
            Tick.One => "the broker has it, the recipient has not confirmed it",
            _ => _problem ?? "not sent yet",
        };
        host.Error.WriteLine(
            $"edgechat: {missing.Count} of {_taken} not received by {settings.To} {when}, " +
            $"first \"{Beginning(missing[0].Text)}\": {why}; " +
            $"kept in {settings.Data} and sent when edgechat chat --as {settings.As} runs again");
        return false;
    }

    private void Print(object line) => host.Out.WriteLine(JsonSerializer.Serialize(line));

    private static string Beginning(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private sealed class Sent(int number, string text)
    {
        public int Number { get; } = number;

        public string Text { get; } = text;

        public Tick Tick { get; set; } = Tick.Clock;

        public string? Failure { get; set; }

        // the history has let it go
        public bool IsGone { get; set; }

        public bool IsOpen => Tick is Tick.Clock or Tick.One;
    }
}
