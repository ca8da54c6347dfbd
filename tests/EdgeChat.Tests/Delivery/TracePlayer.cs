using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>Plays a trace of <c>tests/vectors/delivery.json</c> with one engine on a network without faults, in virtual time.</summary>
/// <remarks>What a step may say stands in docs/protocol.md, "Vectors".</remarks>
internal sealed class TracePlayer
{
    private readonly VirtualBroker _broker = new();
    private readonly CoreBoard _board;
    private readonly List<string> _published = [];
    private readonly List<string> _asked = [];
    private int _announced;
    private int _seen;

    public TracePlayer(string device, int incarnation, string[] contacts, string? provisionedBy, (string Topic, string Body)[] kept)
    {
        foreach ((string topic, string body) in kept) _broker.Publish(topic, Encoding.UTF8.GetBytes(body), true);
        _board = _broker.Board(device);
        _board.HasClock = false;
        _board.Me.Incarnation = incarnation;
        _board.Me.Contacts = contacts;
        _board.Me.Operator = provisionedBy;
        _board.Online();
    }

    private Messenger Messenger => _board.Messenger;

    /// <summary>Does one step, or checks what it expects.</summary>
    public void Play(JsonProperty step)
    {
        JsonElement value = step.Value;
        switch (step.Name)
        {
            case "receive":
                _broker.Publish(Text(value, "topic"), Encoding.UTF8.GetBytes(Text(value, "body")), value.TryGetProperty("retained", out _));
                break;
            case "send": Send(value); break;
            case "withdraw": Assert.IsTrue(Messenger.Cancel(Find(value.GetString()!)), "cannot be withdrawn"); break;
            case "open": Messenger.MarkShown(Conversation(value.GetString()!), _board.NowMs); break;
            case "create": _board.Try(m => m.CreateGroup(Text(value, "group"), Text(value, "name"), _board.NowMs)); break;
            case "add": _board.Try(m => m.AddMember(m.Find(Text(value, "group"), true), Text(value, "device"), _board.NowMs)); break;
            case "remove": _board.Try(m => m.RemoveMember(m.Find(Text(value, "group"), true), Text(value, "device"), _board.NowMs)); break;
            case "accept" or "decline":
                _board.Try(m => Assert.AreEqual(SendError.None,
                    m.Answer(m.Find(value.GetString()!, true), step.Name == "accept", _board.NowMs)));
                break;
            case "invited": Expect(value.GetRawText(), Invited()); break;
            case "wait": _broker.Pass(value.GetInt64()); break;
            case "network" when value.GetBoolean(): _board.JoinNetwork(); break;
            case "network": _board.LeaveNetwork(null); break;
            case "restart": _board.Reboot(); break;
            case "publishes": ExpectPublishes(value, _published); break;
            case "asks": ExpectPublishes(value, _asked); break;
            case "announces":
                Sort();
                Expect(value.GetRawText(), _announced.ToString(CultureInfo.InvariantCulture));
                _announced = 0;
                break;
            case "rollback": _broker.RollBack(); break;
            case "shows":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(JsonSerializer.Serialize(each.Value), Shown(each.Name));
                break;
            case "unread":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(each.Value.GetRawText(),
                    Messenger.UnreadOf(Conversation(each.Name)).ToString(CultureInfo.InvariantCulture));
                break;
            case "ticks":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(each.Value.GetString()!, Messenger.TickOf(Find(each.Name))
                    .ToString().ToLowerInvariant());
                break;
            case "presence":
                foreach (JsonProperty each in value.EnumerateObject()) Expect(each.Value.GetString()!, StateOf(each.Name));
                break;
            default: throw new ArgumentException("step \"" + step.Name + "\": not known here");
        }

        _broker.Settle();
    }

    private void Send(JsonElement value)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text(value, "text"));
        _board.Try(m =>
        {
            string to = Text(value, "to");
            int conversation = m.Find(to, true);
            if (conversation < 0) conversation = m.OpenDirect(to);
            Assert.AreEqual(SendError.None, m.SendText(conversation, text, text.Length, -1, _board.NowMs));
        });
    }

    // what goes to one topic has an order; what goes to several has none that matters
    private void ExpectPublishes(JsonElement wanted, List<string> got)
    {
        Sort();
        IEnumerable<string> all = wanted.EnumerateArray().Select(p => p[0].GetString() + " " + p[1].GetString());
        Expect(string.Join('\n', all.OrderBy(Topic)), string.Join('\n', got.OrderBy(Topic)));
        got.Clear();

        static string Topic(string line) => line[..line.IndexOf(' ', StringComparison.Ordinal)];
    }

    // what the device has published since this was done last
    private void Sort()
    {
        PublishLog log = _broker.Log;
        for (; _seen < log.Count; _seen++)
        {
            if (log.BoardAt(_seen) != _board) continue;
            if (log.TopicAt(_seen).StartsWith("ec1/p/", StringComparison.Ordinal))
            {
                _announced++;
                continue;
            }

            bool isAsk = log.TextAt(_seen).StartsWith("{\"y\":\"p\"", StringComparison.Ordinal);
            (isAsk ? _asked : _published).Add(log.TopicAt(_seen) + " " + log.TextAt(_seen));
        }
    }

    // a text as it is, a placeholder as {"missing":n} or {"lost":n}, a line of the group's history as {"event":true}
    private string Shown(string with)
    {
        var entries = new List<string>();
        int conversation = Conversation(with);
        for (int i = conversation < 0 ? -1 : Messenger.Newest(conversation); i >= 0; i = Messenger.Older(i))
        {
            string text = _board.TextOf(i);
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

    private string Invited()
    {
        IEnumerable<int> waiting = Enumerable.Range(0, Messenger.ConversationCount).Select(Messenger.ConversationAt)
            .Where(Messenger.IsInvited);
        return JsonSerializer.Serialize(waiting.ToDictionary(Messenger.IdOf, Messenger.InviterOf));
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
                if (Messenger.IsMine(i) && _board.TextOf(i) == text) return i;
        throw new AssertFailedException("no message \"" + text + "\" of this device");
    }

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;

    private static void Expect(string wanted, string got)
    {
        if (wanted != got) Assert.Fail("wanted:\n" + wanted + "\ngot:\n" + got);
    }
}
