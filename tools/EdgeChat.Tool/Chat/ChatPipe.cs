using System.Text;
using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>Each line of the input is a message; ends well only when every one is in the recipient's flash.</summary>
public sealed class ChatPipe(Peer peer, ChatSettings settings, ToolHost host)
{
    private static readonly string[] TickNames = ["none", "clock", "sent", "delivered", "shown", "failed"];

    private readonly List<Sent> _sent = [];
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isAllTaken;
    private string? _problem;

    /// <summary>Sends what the input holds and waits for the ticks; gives the exit code.</summary>
    public async Task<int> RunAsync()
    {
        if (settings.To == null) throw new ToolException(ExitCode.Usage, "edgechat chat in a pipe needs --to DEVICE: whom the lines are for");
        peer.Changed = Watch;
        peer.Start();
        int conversation = await peer.AskAsync(engine => Conversations.Of(engine.Messenger, settings.To));
        if (conversation < 0) throw new ToolException(ExitCode.Usage, $"--to {settings.To}: {await peer.AskAsync(e => SendErrors.WordsFor(e.Messenger.LastError))}");
        if (await TakeLinesAsync(conversation) is { } refusal) return refusal;
        await peer.DoAsync(_ => _isAllTaken = true);
        await Task.WhenAny(_settled.Task, Task.Delay(settings.Patience, host.Stop));
        return await peer.AskAsync(Conclude);
    }

    private async Task<int?> TakeLinesAsync(int conversation)
    {
        while (await host.In.ReadLineAsync(host.Stop) is { } line)
        {
            if (line.Length == 0) continue;
            SendError error = await peer.SendAsync(conversation, Encoding.UTF8.GetBytes(line));
            if (error != SendError.None)
            {
                host.Error.WriteLine($"edgechat: line \"{Beginning(line)}\": {SendErrors.WordsFor(error)}; it and the lines after it were not taken");
                return ExitCode.Machine;
            }

            await peer.DoAsync(engine => _sent.Add(new Sent(engine.Messenger.NumberOf(engine.Messenger.Newest(conversation)), line)));
        }

        return null;
    }

    // runs in the peer's loop
    private void Watch(Engine engine)
    {
        _problem = engine.Session.Problem;
        int conversation = Conversations.Of(engine.Messenger, settings.To!);
        foreach (Sent sent in _sent)
        {
            int message = engine.Messenger.FindMessage(conversation, settings.As, sent.Number);
            Tick tick = message < 0 ? sent.Tick : engine.Messenger.TickOf(message);
            if (tick == sent.Tick) continue;
            sent.Tick = tick;
            sent.Failure = message < 0 ? null : engine.Messenger.FailureOf(message);
            if (settings.PrintsJson) Print(new { n = sent.Number, to = settings.To, tick = TickNames[(int)tick], failure = sent.Failure });
        }

        if (_isAllTaken && _sent.TrueForAll(s => s.Tick is Tick.Two or Tick.Shown or Tick.Failed)) _settled.TrySetResult();
    }

    private int Conclude(Engine engine)
    {
        int unread = 0;
        for (int i = 0; i < engine.Messenger.ConversationCount; i++) unread += engine.Messenger.UnreadOf(engine.Messenger.ConversationAt(i));
        int delivered = _sent.Count(s => s.Tick is Tick.Two or Tick.Shown);
        Sent? open = _sent.Find(s => s.Tick is not (Tick.Two or Tick.Shown));
        if (settings.PrintsJson) Print(new { sent = _sent.Count, delivered, unread, complete = open == null });
        else if (unread > 0) host.Error.WriteLine($"edgechat: {unread} unread: edgechat chat --as {settings.As} shows them");
        if (open == null) return ExitCode.Success;
        string why = open.Tick switch
        {
            Tick.Failed => open.Failure ?? "given up",
            Tick.One => "the broker has it, the recipient has not confirmed it",
            _ => _problem ?? "not sent yet",
        };
        host.Error.WriteLine(
            $"edgechat: {_sent.Count - delivered} of {_sent.Count} not delivered to {settings.To} within {settings.Patience.TotalSeconds:0} s, first \"{Beginning(open.Text)}\": {why}; " +
            $"kept in {settings.Data} and sent when edgechat chat --as {settings.As} runs again");
        return ExitCode.NotDelivered;
    }

    private void Print(object line) => host.Out.WriteLine(JsonSerializer.Serialize(line));

    private static string Beginning(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private sealed class Sent(int number, string text)
    {
        public int Number { get; } = number;

        public string Text { get; } = text;

        public Tick Tick { get; set; } = Tick.Clock;

        public string? Failure { get; set; }
    }
}
