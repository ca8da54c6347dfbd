using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>Knows what really happened in a world, and holds against it what the boards show and claim.</summary>
internal sealed class Truth : IWorldWatcher
{
    private readonly VirtualBroker _broker;
    private readonly IReadOnlyList<CoreBoard> _boards;
    private readonly List<Sent> _accepted = [];
    private readonly HashSet<(string Reader, string Text)> _shown = [];
    private readonly HashSet<(string Reader, string Text)> _forgotten = []; // shown, and the power went before that was written down

    public Truth(VirtualBroker broker, IReadOnlyList<CoreBoard> boards)
    {
        _broker = broker;
        _boards = boards;
        broker.Watcher = this;
    }

    private sealed record Sent(string From, string To, bool IsGroup, string Text)
    {
        public Dictionary<string, Tick> Ticks { get; } = [];
    }

    /// <summary>Lets a board write, and notes when it was accepted.</summary>
    public void Write(CoreBoard from, string to, bool isGroup, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        SendError error = SendError.None;
        bool isDone = from.Try(m =>
        {
            int conversation = isGroup ? m.Find(to, true) : m.OpenDirect(to);
            error = conversation < 0 ? SendError.NotMember : m.SendText(conversation, bytes, bytes.Length, -1, from.NowMs);
        });
        // after a power cut in the middle of it only the flash can tell
        if (!isDone) error = Find(Restarted(from), to, isGroup, text) >= 0 ? SendError.None : SendError.FlashFailed;
        if (error == SendError.None) _accepted.Add(new Sent(from.Id, to, isGroup, text));
        _broker.Settle();
    }

    /// <summary>Shows a conversation on a board's screen.</summary>
    public void Open(CoreBoard reader, string with, bool isGroup)
    {
        var texts = new HashSet<(string, string)>();
        bool isDone = reader.Try(m =>
        {
            int conversation = m.Find(with, isGroup);
            if (conversation < 0) return;
            foreach (string text in TextsOf(m, conversation)) texts.Add((reader.Id, text));
            m.MarkShown(conversation, reader.NowMs);
        });
        if (isDone) _forgotten.ExceptWith(texts);
        else _forgotten.UnionWith(texts.Except(_shown));
        _shown.UnionWith(texts);
        _broker.Settle();
    }

    void IWorldWatcher.AfterTurn(BoardHost board) => Check((CoreBoard)board);

    /// <summary>Checks a board: ticks never go back and are never more than what is so; what stands on the screen is once there and in
    /// order.</summary>
    public void Check(CoreBoard board)
    {
        if (!board.IsOn) return;
        Messenger messenger = board.Messenger;
        for (int place = 0; place < messenger.ConversationCount; place++)
        {
            int conversation = messenger.ConversationAt(place);
            CheckOrder(board, messenger, conversation);
            CheckUnread(board, messenger, conversation);
        }

        foreach (Sent sent in _accepted.Where(s => s.From == board.Id)) CheckTicks(board, sent);
    }

    /// <summary>Checks that all has come to a good end.</summary>
    public void CheckEnd()
    {
        foreach (CoreBoard board in _boards)
        {
            Check(board);
            Messenger messenger = board.Messenger;
            for (int place = 0; place < messenger.ConversationCount; place++)
            {
                int conversation = messenger.ConversationAt(place);
                string id = messenger.IdOf(conversation);
                bool isGroup = messenger.IsGroup(conversation);
                for (int i = messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
                    if (messenger.KindOf(i) is MessageKind.Missing or MessageKind.Lost) Assert.Fail(
                        $"{board.Id} shows in {id}: {new ChatReader(messenger).TextOf(i)}");
                if (messenger.UnreadOf(conversation) != 0) Assert.Fail(
                    $"{board.Id} has {messenger.UnreadOf(conversation)} unread of {id} after all was shown");
                foreach (CoreBoard writer in _boards.Where(w => w != board && (isGroup || w.Id == id)))
                {
                    string wanted = string.Join('|', _accepted.Where(s =>
                        s.From == writer.Id && s.IsGroup == isGroup && s.To == (isGroup ? id : board.Id)).Select(s => s.Text));
                    string got = string.Join('|', TextsOf(messenger, conversation, writer.Id));
                    if (wanted != got) Assert.Fail($"{board.Id} shows of {writer.Id} in {id}: {got}; accepted were: {wanted}");
                }
            }
        }

        foreach (Sent sent in _accepted)
        {
            CoreBoard from = _boards.Single(p => p.Id == sent.From);
            Tick tick = from.Messenger.TickOf(Find(from.Messenger, sent.To, sent.IsGroup, sent.Text));
            if (tick != Tick.Shown) Assert.Fail($"{sent} has the tick {tick} at the end");
        }
    }

    private void CheckTicks(CoreBoard board, Sent sent)
    {
        Messenger messenger = board.Messenger;
        int message = Find(messenger, sent.To, sent.IsGroup, sent.Text);
        if (message < 0) Assert.Fail($"{sent} was accepted and is gone");
        Note(sent, "all", messenger.TickOf(message), null);
        if (messenger.TickOf(message) < Tick.One) return;
        for (int place = 0; place < messenger.RecipientsOf(message); place++)
            Note(sent, messenger.RecipientOf(message, place), messenger.RecipientTickOf(message, place),
                _boards.Single(p => p.Id == messenger.RecipientOf(message, place)));
    }

    private void Note(Sent sent, string recipient, Tick tick, CoreBoard? reader)
    {
        Tick before = sent.Ticks.GetValueOrDefault(recipient);
        if (tick == before) return;
        // a PUBACK is all that a restart may forget: then the message goes out once more
        bool isForgotten = before == Tick.One && tick == Tick.Clock;
        if (tick < before && !isForgotten) Assert.Fail($"{sent}: the tick of {recipient} went from {before} back to {tick}");
        sent.Ticks[recipient] = tick;
        if (reader == null || tick < Tick.Two) return;
        string with = sent.IsGroup ? sent.To : sent.From;
        if (Find(Restarted(reader), with, sent.IsGroup, sent.Text) < 0) Assert.Fail(
            $"{sent}: {tick} for {recipient}, whose flash does not have it");
        if (tick == Tick.Shown
            && !_shown.Contains((reader.Id, sent.Text))) Assert.Fail($"{sent}: shown ticks for {recipient}, who was not shown it");
    }

    private void CheckOrder(CoreBoard board, Messenger messenger, int conversation)
    {
        var last = new Dictionary<string, int>();
        int message = messenger.Newest(conversation);
        while (message >= 0 && messenger.Older(message) >= 0) message = messenger.Older(message);
        for (; message >= 0; message = messenger.Newer(message))
        {
            if (messenger.KindOf(message) != MessageKind.Text) continue;
            string sender = messenger.SenderOf(message);
            int number = messenger.NumberOf(message);
            if (number <= last.GetValueOrDefault(sender)) Assert.Fail(
                $"{board.Id} shows number {number} of {sender} in {messenger.IdOf(conversation)} after {last[sender]}");
            last[sender] = number;
        }
    }

    private void CheckUnread(CoreBoard board, Messenger messenger, int conversation)
    {
        var unread = TextsOf(messenger, conversation).Where(t => !_shown.Contains((board.Id, t)) || _forgotten.Contains((board.Id, t)))
            .ToList();
        int least = unread.Count(t => !_shown.Contains((board.Id, t)));
        int got = messenger.UnreadOf(conversation);
        if (got < least || got > unread.Count) Assert.Fail(
            $"{board.Id} has {got} unread of {messenger.IdOf(conversation)}, and were not shown: {string.Join(' ', unread)}");
    }

    private static Messenger Restarted(CoreBoard board)
    {
        var messenger = new Messenger(board.Me, board.Flash.Copy());
        while (!messenger.Load(1000)) { }
        return messenger;
    }

    private static int Find(Messenger messenger, string with, bool isGroup, string text) =>
        new ChatReader(messenger).FindIn(messenger.Find(with, isGroup), text);

    private static List<string> TextsOf(Messenger messenger, int conversation, string? sender = null)
    {
        var reader = new ChatReader(messenger);
        var texts = new List<string>();
        for (int i = messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
            if (messenger.KindOf(i) == MessageKind.Text && !messenger.IsMine(i) && (sender == null || messenger.SenderOf(i) == sender))
                texts.Add(reader.TextOf(i));
        texts.Reverse();
        return texts;
    }
}
