using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>Each line of the input is a message; ends well only when every one is in the recipient's flash.</summary>
public sealed class ChatPipe(Peer peer, ChatSettings settings, ToolHost host)
{
    // Fewer than the history keeps of a conversation: what has its receipt may give way to what has not, but not the other way round.
    private const int MostOpen = Limits.MessagesOfConversation * 3 / 4;

    private readonly List<Sent> _watched = [];
    private readonly MessageCommands _commands = new(new People(settings.As, []));
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;
    private int _kept;
    private bool _hasActed;
    private bool _isAllTaken;
    private SessionState _state;
    private string? _problem;

    /// <summary>Sends what the input holds and waits for the ticks; gives the exit code.</summary>
    public async Task<int> RunAsync()
    {
        if (settings.To == null) throw new ToolException(ExitCode.Usage, "chat in a pipe needs --to ID: whom the lines are for");
        peer.Changed = Watch;
        peer.Start();
        await HintAsync(settings.To);
        int conversation = await peer.AskAsync(engine => Conversations.Of(engine.Messenger, settings.To));
        if (conversation < 0)
            throw new ToolException(ExitCode.Usage,
                $"--to {settings.To}: {await peer.AskAsync(e => SendErrors.WordsFor(e.Messenger.LastError))}");
        if (!await peer.AskAsync(engine => EnterAndLook(engine.Messenger, conversation)))
            throw new ToolException(ExitCode.Usage, $"--to {settings.To}: nobody else is in that group; add somebody, then send again");
        await peer.DoAsync(engine => TakeKept(engine.Messenger, conversation));
        SendError refusal = SendError.None;
        ChannelReader<InputLine> input = ReadAhead();
        while (refusal == SendError.None && await NextAsync(input) is { Count: > 0 } lines) refusal = await TakeAsync(conversation, lines);

        bool isCut = host.Stop.IsCancellationRequested;
        await peer.DoAsync(_ => _isAllTaken = true);
        if (!_hasActed && refusal == SendError.None && !isCut) return await TellReachedAsync();
        await Task.WhenAny(_settled.Task, Task.Delay(settings.Patience, host.Stop));
        bool isDelivered = await peer.AskAsync(engine => Conclude(engine, isCut || refusal != SendError.None, isCut));
        if (refusal is not (SendError.None or SendError.OutboxFull)) return ExitCode.Machine;
        if (!isDelivered && IsDenied) return ExitCode.Broker;
        return isDelivered && !isCut && refusal == SendError.None ? ExitCode.Success : ExitCode.NotDelivered;
    }

    // somebody may be away for the first time, so this is a hint; it is asked once, as the conversation is there then
    private async Task HintAsync(string id)
    {
        if (id[0] is '@' or '#' || await peer.AskAsync(e => e.Messenger.Find(id, false) >= 0 || e.Messenger.Find(id, true) >= 0)) return;
        BrokerLook look = await DevicePresence.LookAsync(settings.Broker, settings.As, true, host.Stop);
        var people = new People(settings.As, look.Devices);
        if (await peer.AskAsync(engine => people.Meant(engine.Messenger, id)) is { } meant)
            host.Error.WriteLine(
                $"edgechat: no {id} is known: did you mean {meant}? The lines go to {id}; --to @{id} says that it is right");
    }

    // of an invitation there is nobody to ask: who names the group has answered
    private bool EnterAndLook(Messenger messenger, int conversation)
    {
        messenger.Answer(conversation, true, peer.NowMs);
        return People.IsAnybodyIn(messenger, conversation);
    }

    // what an earlier run has left is sent by this one, so it is waited for too; it stands before what this run takes
    private void TakeKept(Messenger messenger, int conversation)
    {
        string where = Conversations.NameOf(messenger, conversation);
        for (int m = messenger.Newest(conversation); m >= 0; m = messenger.Older(m))
        {
            if (messenger.TickOf(m) is Tick.Clock or Tick.One)
                _watched.Insert(0, new Sent(where, messenger.NumberOf(m), MessageText.Of(messenger, m)) { IsKept = true });
        }

        _kept = _watched.Count;
        _hasActed = _kept > 0;
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
            ChatResult refused = await peer.AskAsync(engine =>
            {
                progress = _progress.Task;
                var last = new ChatResult();
                while (taken < lines.Count && (last = Take(engine, conversation, lines[taken])).Why == null) taken++;
                return last;
            });
            if (refused.Why == null) return SendError.None;
            bool isFull = refused.Error == SendError.OutboxFull;
            if (isFull && await Task.WhenAny(progress, Task.Delay(settings.Patience, host.Stop)) == progress) continue;
            const string Full = "the lines before it wait for their receipts, and there is room for no more";
            return Refuse(lines[taken].Text, refused.Error, isFull ? Full : refused.Why);
        }
    }

    private SendError Refuse(string line, SendError error, string why)
    {
        host.Error.WriteLine($"edgechat: line \"{Beginning(line)}\": {why}; it and the lines after it were not taken");
        return error == SendError.None ? SendError.NotHere : error;
    }

    // runs in the peer's loop, so that no other message can be the newest one
    private ChatResult Take(Engine engine, int conversation, InputLine input)
    {
        string line = input.Text;
        if (!input.IsText) return Refused(SendError.BadText);
        if (line.Length == 0) return new();
        if (_watched.Count(s => s.IsOpen) >= MostOpen) return Refused(SendError.OutboxFull);
        Messenger messenger = engine.Messenger;
        bool isCommand = settings.TakesCommands && line[0] == '/';
        if (isCommand && !line.StartsWith("//", StringComparison.Ordinal) && !MessageCommands.Has(line))
            return new(Why: $"unknown command; in a pipe there are {string.Join(' ', MessageCommands.Words)}, and // begins a text with /");
        ChatResult result;
        if (isCommand && line[1] != '/')
        {
            result = _commands.Do(engine, conversation, line, peer.NowMs);
        }
        else
        {
            byte[] text = Encoding.UTF8.GetBytes(isCommand ? line[1..] : line);
            SendError error = messenger.SendText(conversation, text, text.Length, -1, peer.NowMs);
            result = error == SendError.None
                ? new(Place: conversation, Number: messenger.LastNumberOf(conversation)) : Refused(error);
        }

        if (result.Why != null) return result;
        _hasActed = true;
        engine.Wake(peer.NowMs);
        foreach (string said in result.Says ?? [])
        {
            if (settings.PrintsJson) Print(new { says = said });
            else host.Out.WriteLine(said);
        }

        if (result.Place < 0) return result;
        string where = Conversations.NameOf(messenger, result.Place);
        // a text that waits has another wording
        if (_watched.Exists(s => s.Where == where && s.Number == result.Number)) return result;
        _watched.Add(new Sent(where, result.Number, line));
        _taken++;
        return result;
    }

    private static ChatResult Refused(SendError error) => new(error, SendErrors.WordsFor(error));

    // runs in the peer's loop
    private void Watch(Engine engine)
    {
        _state = engine.Session.State;
        _problem = engine.Session.Problem;
        if (_state is SessionState.Online or SessionState.Degraded or SessionState.Refused
            || (_state == SessionState.Waiting && _problem != null)) _tried.TrySetResult();
        foreach (Sent sent in _watched)
        {
            int message = engine.Messenger.FindSent(Conversations.Of(engine.Messenger, sent.Where), sent.Number);
            Tick tick = message < 0 ? sent.Tick : engine.Messenger.TickOf(message);
            sent.IsGone = message < 0;
            if (tick == sent.Tick) continue;
            sent.Tick = tick;
            sent.Failure = message < 0 ? null : engine.Messenger.FailureOf(message);
            if (settings.PrintsJson)
                Print(new { n = sent.Number, to = sent.Where[1..], tick = StateWords.For(tick), failure = sent.Failure });
            _progress.TrySetResult();
        }

        if (_progress.Task.IsCompleted) _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _watched.RemoveAll(s => s.Tick == Tick.Shown || (s.Tick == Tick.Two && s.IsGone));
        _taken -= _watched.Count(s => s.Tick == Tick.None && !s.IsKept);
        _kept -= _watched.Count(s => s.Tick == Tick.None && s.IsKept);
        _watched.RemoveAll(s => s.Tick == Tick.None); // taken back
        if (_isAllTaken && !_watched.Exists(s => s.IsOpen)) _settled.TrySetResult();
    }

    private bool Conclude(Engine engine, bool isPart, bool isCut)
    {
        int unread = 0;
        for (int i = 0; i < engine.Messenger.ConversationCount; i++)
            unread += engine.Messenger.UnreadOf(engine.Messenger.ConversationAt(i));
        List<Sent> missing = _watched.FindAll(s => s.IsOpen || s.Tick == Tick.Failed);
        int open = missing.Count(s => !s.IsKept);
        if (settings.PrintsJson)
            Print(new { sent = _taken, received = _taken - open, unread, complete = missing.Count == 0 && !isPart });
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
            $"edgechat: {missing.Count} of {_taken + _kept} not received by {settings.To} {when}, " +
            $"first \"{Beginning(missing[0].Text)}\": {why}; " +
            $"kept in {settings.Data} and sent when edgechat chat --as {settings.As} runs again");
        return false;
    }

    private void Print(object line) => host.Out.WriteLine(JsonSerializer.Serialize(line));

    private static string Beginning(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private sealed class Sent(string where, int number, string text)
    {
        // name of the conversation
        public string Where { get; } = where;

        public int Number { get; } = number;

        public string Text { get; } = text;

        public Tick Tick { get; set; } = Tick.Clock;

        public string? Failure { get; set; }

        // by an earlier run
        public bool IsKept { get; init; }

        // the history has let it go
        public bool IsGone { get; set; }

        public bool IsOpen => Tick is Tick.Clock or Tick.One;
    }
}
