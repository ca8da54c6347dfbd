using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeChat.Delivery;

namespace EdgeChat.Tests.Delivery;

/// <summary>Plays a trace of <c>tests/vectors/delivery.json</c> with one engine on a network without faults, in virtual time.</summary>
/// <remarks>What a step may say stands in docs/protocol.md, "Vectors".</remarks>
internal sealed class TracePlayer
{
    private readonly FaultyNetwork _network = new(1);
    private readonly FaultyPeer _peer;
    private readonly List<string> _published = [];
    private readonly byte[] _text = new byte[1100];

    public TracePlayer(string device, int incarnation, string[] contacts)
    {
        _peer = new FaultyPeer(_network, device) { HasClock = false };
        _peer.Me.Incarnation = incarnation;
        _peer.Me.Contacts = contacts;
        _network.Peers.Add(_peer);
        _network.Listener = (topic, body) =>
        {
            if (!topic.StartsWith("ec1/p/", StringComparison.Ordinal)) _published.Add(topic + " " + Encoding.UTF8.GetString(body));
        };
        _peer.PowerOn();
        _network.Settle();
    }

    private Messenger Messenger => _peer.Engine!.Messenger;

    /// <summary>Does one step, or checks what it expects.</summary>
    public void Play(JsonProperty step)
    {
        JsonElement value = step.Value;
        switch (step.Name)
        {
            case "receive":
                _network.Publish(Text(value, "topic"), Encoding.UTF8.GetBytes(Text(value, "body")), value.TryGetProperty("retained", out _));
                break;
            case "send": Send(value); break;
            case "withdraw": Assert.IsTrue(Messenger.Cancel(Find(value.GetString()!)), "cannot be withdrawn"); break;
            case "open": Messenger.MarkShown(Conversation(value.GetString()!), _peer.NowMs); break;
            case "create": _peer.Try(e => e.Messenger.CreateGroup(Text(value, "group"), Text(value, "name"), _peer.NowMs)); break;
            case "add": _peer.Try(e => e.Messenger.AddMember(e.Messenger.Find(Text(value, "group"), true), Text(value, "device"), _peer.NowMs)); break;
            case "remove": _peer.Try(e => e.Messenger.RemoveMember(e.Messenger.Find(Text(value, "group"), true), Text(value, "device"), _peer.NowMs)); break;
            case "wait": _network.Pass(value.GetInt64()); break;
            case "network": _peer.SetNetwork(value.GetBoolean()); break;
            case "restart":
                _peer.PowerOff();
                _peer.PowerOn();
                break;
            case "publishes": ExpectPublishes(value); break;
            case "shows":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(JsonSerializer.Serialize(each.Value), Shown(each.Name));
                break;
            case "unread":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(each.Value.GetRawText(), Messenger.UnreadOf(Conversation(each.Name)).ToString(CultureInfo.InvariantCulture));
                break;
            case "ticks":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(each.Value.GetString()!, Messenger.TickOf(Find(each.Name)).ToString().ToLowerInvariant());
                break;
            case "presence":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(each.Value.GetString()!, StateOf(each.Name));
                break;
            default: throw new ArgumentException("step \"" + step.Name + "\": not known here");
        }

        _network.Settle();
    }

    private void Send(JsonElement value)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text(value, "text"));
        _peer.Try(e =>
        {
            string to = Text(value, "to");
            int conversation = e.Messenger.Find(to, true);
            if (conversation < 0) conversation = e.Messenger.OpenDirect(to);
            Assert.AreEqual(SendError.None, e.Messenger.SendText(conversation, text, text.Length, -1, _peer.NowMs));
        });
    }

    // what goes to one topic has an order; what goes to several has none that matters
    private void ExpectPublishes(JsonElement wanted)
    {
        IEnumerable<string> all = wanted.EnumerateArray().Select(p => p[0].GetString() + " " + p[1].GetString());
        Expect(string.Join('\n', all.OrderBy(Topic)), string.Join('\n', _published.OrderBy(Topic)));
        _published.Clear();

        static string Topic(string line) => line[..line.IndexOf(' ', StringComparison.Ordinal)];
    }

    // a text as it is, a placeholder as {"missing":n} or {"lost":n}, a line of the group's history as {"event":true}
    private string Shown(string with)
    {
        var entries = new List<string>();
        int conversation = Conversation(with);
        for (int i = conversation < 0 ? -1 : Messenger.Newest(conversation); i >= 0; i = Messenger.Older(i))
        {
            string text = Read(i);
            string count = text.Split(' ')[0];
            entries.Add(Messenger.KindOf(i) switch
            {
                MessageKind.Missing => $$"""{"missing":{{count}}}""",
                MessageKind.Lost => $$"""{"lost":{{count}}}""",
                MessageKind.Event => """{"event":true}""",
                _ => JsonSerializer.Serialize(text),
            });
        }

        entries.Reverse();
        return "[" + string.Join(',', entries) + "]";
    }

    private string StateOf(string device)
    {
        int place = Messenger.Presence.Find(device);
        return place < 0 ? "none" : Messenger.Presence.StateAt(place).ToString().ToLowerInvariant();
    }

    private int Conversation(string with)
    {
        int group = Messenger.Find(with, true);
        return group >= 0 ? group : Messenger.Find(with, false);
    }

    private int Find(string text)
    {
        for (int place = 0; place < Messenger.ConversationCount; place++)
            for (int i = Messenger.Newest(Messenger.ConversationAt(place)); i >= 0; i = Messenger.Older(i))
                if (Messenger.IsMine(i) && Read(i) == text) return i;
        throw new AssertFailedException("no message \"" + text + "\" of this device");
    }

    private string Read(int message) => Encoding.UTF8.GetString(_text, 0, Messenger.ReadText(message, _text));

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;

    private static void Expect(string wanted, string got)
    {
        if (wanted != got) Assert.Fail("wanted:\n" + wanted + "\ngot:\n" + got);
    }
}
