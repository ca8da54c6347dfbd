using System.Text;
using EdgeChat.Delivery;

namespace EdgeChat.Tests.Delivery;

/// <summary>Knows what really happened in a world, and holds against it what the boards show and claim.</summary>
internal sealed class Truth
{
    private readonly FaultyNetwork _network;
    private readonly List<Sent> _accepted = [];
    private readonly HashSet<(string Reader, string Text)> _shown = [];
    private readonly HashSet<(string Reader, string Text)> _forgotten = []; // shown, and the power went before that was written down
    private readonly byte[] _text = new byte[1100];

    public Truth(FaultyNetwork network)
    {
        _network = network;
        network.Watcher = Check;
    }

    private sealed record Sent(string From, string To, bool IsGroup, string Text)
    {
        public Dictionary<string, Tick> Ticks { get; } = [];
    }

    /// <summary>Lets a peer write, and notes when it was accepted.</summary>
    public void Write(FaultyPeer from, string to, bool isGroup, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        SendError error = SendError.None;
        bool isDone = from.Try(e =>
        {
            int conversation = isGroup ? e.Messenger.Find(to, true) : e.Messenger.OpenDirect(to);
            error = conversation < 0 ? SendError.NotMember : e.Messenger.SendText(conversation, bytes, bytes.Length, -1, from.NowMs);
        });
        // after a power cut in the middle of it only the flash can tell
        if (!isDone) error = Find(Restarted(from), to, isGroup, text) >= 0 ? SendError.None : SendError.FlashFailed;
        if (error == SendError.None) _accepted.Add(new Sent(from.Id, to, isGroup, text));
        _network.Settle();
    }

    /// <summary>Shows a conversation on a peer's screen.</summary>
    public void Open(FaultyPeer reader, string with, bool isGroup)
    {
        var texts = new HashSet<(string, string)>();
        bool isDone = reader.Try(e =>
        {
            int conversation = e.Messenger.Find(with, isGroup);
            if (conversation < 0) return;
            foreach (string text in TextsOf(e.Messenger, conversation)) texts.Add((reader.Id, text));
            e.Messenger.MarkShown(conversation, reader.NowMs);
        });
        if (isDone) _forgotten.ExceptWith(texts);
        else _forgotten.UnionWith(texts.Except(_shown));
        _shown.UnionWith(texts);
        _network.Settle();
    }

    /// <summary>Checks a peer: ticks never go back and are never more than what is so; what stands on the screen is once there and in order.</summary>
    public void Check(FaultyPeer peer)
    {
        if (peer.Engine == null) return;
        Messenger messenger = peer.Engine.Messenger;
        for (int place = 0; place < messenger.ConversationCount; place++)
        {
            int conversation = messenger.ConversationAt(place);
            CheckOrder(peer, messenger, conversation);
            CheckUnread(peer, messenger, conversation);
        }

        foreach (Sent sent in _accepted.Where(s => s.From == peer.Id)) CheckTicks(peer, sent);
    }

    /// <summary>Checks that all has come to a good end.</summary>
    public void CheckEnd()
    {
        foreach (FaultyPeer peer in _network.Peers)
        {
            Check(peer);
            Messenger messenger = peer.Engine!.Messenger;
            for (int place = 0; place < messenger.ConversationCount; place++)
            {
                int conversation = messenger.ConversationAt(place);
                string id = messenger.IdOf(conversation);
                bool isGroup = messenger.IsGroup(conversation);
                for (int i = messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
                    if (messenger.KindOf(i) is MessageKind.Missing or MessageKind.Lost) Assert.Fail($"{peer.Id} shows in {id}: {Read(messenger, i)}");
                if (messenger.UnreadOf(conversation) != 0) Assert.Fail($"{peer.Id} has {messenger.UnreadOf(conversation)} unread of {id} after all was shown");
                foreach (FaultyPeer writer in _network.Peers.Where(w => w != peer && (isGroup || w.Id == id)))
                {
                    string wanted = string.Join('|', _accepted.Where(s => s.From == writer.Id && s.IsGroup == isGroup && s.To == (isGroup ? id : peer.Id)).Select(s => s.Text));
                    string got = string.Join('|', TextsOf(messenger, conversation, writer.Id));
                    if (wanted != got) Assert.Fail($"{peer.Id} shows of {writer.Id} in {id}: {got}; accepted were: {wanted}");
                }
            }
        }

        foreach (Sent sent in _accepted)
        {
            FaultyPeer from = _network.Peers.Single(p => p.Id == sent.From);
            Tick tick = from.Engine!.Messenger.TickOf(Find(from.Engine.Messenger, sent.To, sent.IsGroup, sent.Text));
            if (tick != Tick.Shown) Assert.Fail($"{sent} has the tick {tick} at the end");
        }
    }

    private void CheckTicks(FaultyPeer peer, Sent sent)
    {
        Messenger messenger = peer.Engine!.Messenger;
        int message = Find(messenger, sent.To, sent.IsGroup, sent.Text);
        if (message < 0) Assert.Fail($"{sent} was accepted and is gone");
        Note(sent, "all", messenger.TickOf(message), null);
        if (messenger.TickOf(message) < Tick.One) return;
        for (int place = 0; place < messenger.RecipientsOf(message); place++)
            Note(sent, messenger.RecipientOf(message, place), messenger.RecipientTickOf(message, place), _network.Peers.Single(p => p.Id == messenger.RecipientOf(message, place)));
    }

    private void Note(Sent sent, string recipient, Tick tick, FaultyPeer? reader)
    {
        Tick before = sent.Ticks.GetValueOrDefault(recipient);
        if (tick == before) return;
        // a PUBACK is all that a restart may forget: then the message goes out once more
        bool isForgotten = before == Tick.One && tick == Tick.Clock;
        if (tick < before && !isForgotten) Assert.Fail($"{sent}: the tick of {recipient} went from {before} back to {tick}");
        sent.Ticks[recipient] = tick;
        if (reader == null || tick < Tick.Two) return;
        string with = sent.IsGroup ? sent.To : sent.From;
        if (Find(Restarted(reader), with, sent.IsGroup, sent.Text) < 0) Assert.Fail($"{sent}: {tick} for {recipient}, whose flash does not have it");
        if (tick == Tick.Shown && !_shown.Contains((reader.Id, sent.Text))) Assert.Fail($"{sent}: shown ticks for {recipient}, who was not shown it");
    }

    private void CheckOrder(FaultyPeer peer, Messenger messenger, int conversation)
    {
        var last = new Dictionary<string, int>();
        int message = messenger.Newest(conversation);
        while (message >= 0 && messenger.Older(message) >= 0) message = messenger.Older(message);
        for (; message >= 0; message = messenger.Newer(message))
        {
            if (messenger.KindOf(message) != MessageKind.Text) continue;
            string sender = messenger.SenderOf(message);
            int number = messenger.NumberOf(message);
            if (number <= last.GetValueOrDefault(sender)) Assert.Fail($"{peer.Id} shows number {number} of {sender} in {messenger.IdOf(conversation)} after {last[sender]}");
            last[sender] = number;
        }
    }

    private void CheckUnread(FaultyPeer peer, Messenger messenger, int conversation)
    {
        var unread = TextsOf(messenger, conversation).Where(t => !_shown.Contains((peer.Id, t)) || _forgotten.Contains((peer.Id, t))).ToList();
        int least = unread.Count(t => !_shown.Contains((peer.Id, t)));
        int got = messenger.UnreadOf(conversation);
        if (got < least || got > unread.Count) Assert.Fail($"{peer.Id} has {got} unread of {messenger.IdOf(conversation)}, and were not shown: {string.Join(' ', unread)}");
    }

    private static Messenger Restarted(FaultyPeer peer)
    {
        var messenger = new Messenger(peer.Me, peer.Flash.Copy());
        messenger.Start(1000);
        return messenger;
    }

    private int Find(Messenger messenger, string with, bool isGroup, string text)
    {
        int conversation = messenger.Find(with, isGroup);
        if (conversation < 0) return -1;
        for (int i = messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
            if (messenger.KindOf(i) == MessageKind.Text && Read(messenger, i) == text) return i;
        return -1;
    }

    private IEnumerable<string> TextsOf(Messenger messenger, int conversation, string? sender = null)
    {
        var texts = new List<string>();
        for (int i = messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
            if (messenger.KindOf(i) == MessageKind.Text && !messenger.IsMine(i) && (sender == null || messenger.SenderOf(i) == sender)) texts.Add(Read(messenger, i));
        texts.Reverse();
        return texts;
    }

    private string Read(Messenger messenger, int message) => Encoding.UTF8.GetString(_text, 0, messenger.ReadText(message, _text));
}
