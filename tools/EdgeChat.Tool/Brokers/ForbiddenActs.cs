using EdgeChat.Core;
using EdgeChat.Fleet;
using MQTTnet;
using static EdgeChat.Fleet.CheckUsers;

namespace EdgeChat.Tool.Brokers;

/// <summary>What a broker must refuse.</summary>
internal static class ForbiddenActs
{
    private const int Flood = 32;
    private const int Oversized = 5000; // what a board cannot read: a TLS record of 4,390 bytes is its largest

    private const string SessionLimit =
        "a member of the fleet can push another off, and what waits for that comes late or is dropped; nobody reads it, "
        + "and senders send again";

    // what every device may where it may make groups
    private static readonly string[] OfGroups =
    [
        "group-as-outsider", "roster-as-member", "roster-as-outsider", "will-on-roster", "group-of-others", "all-groups",
        "roster-of-others",
    ];

    private static string? OpenGroups(TopicRights rights) => rights.HasOpenGroups
        ? "the fleet's file names no groups, so every device may: name them, then `edgechat broker update`" : null;

    private static string? FreeInboxes(TopicRights rights) => rights.HasNamedInboxes ? null : OpenGroups(rights)
        ?? $"with more than {TopicRights.MostNamedInboxes} users the rights name no inboxes";

    /// <summary>All of them.</summary>
    public static IEnumerable<CheckAct> All() => new[] { Connections(), Writes(), Wills(), Reads(), Sessions() }.SelectMany(a => a)
        .Select(a => OfGroups.Contains(a.Name) ? a with { Given = OpenGroups } : a);

    private static IEnumerable<CheckAct> Connections()
    {
        yield return Login("anonymous", "come without a name", null, null);
        yield return Login("no-password", "come with a name alone", Outsider, null);
        yield return Login("wrong-password", "come with a wrong password", Outsider, "wrong");
        yield return Login("unknown-user", "come as somebody whom the fleet does not know", "check-nobody", "wrong");
        yield return Certificate("no-certificate", "come without a certificate",
            (room, stop) => LetsInAsync(room.Begin(Stranger(), null, null), stop));
        yield return Certificate("foreign-certificate", "come with a certificate of another CA, in the name of another", Foreign);
        yield return Certificate("expired-certificate", "come with a certificate that is out of date", Expired);
        yield return Certificate("revoked-certificate", "come with a certificate that was taken back", Revoked);
        yield return Certificate("name-of-another", "come with one's own certificate, and write as another whose name is beside it",
            TakesNameAsync);
        yield return Forbidden("plain-text", "come without TLS", (room, stop) => RawProbe.AnswersPlainAsync(room.Address, stop));
        yield return Forbidden("old-tls", "come with TLS 1.1", (room, stop) => RawProbe.AnswersOldTlsAsync(room.Address, stop));
    }

    private static IEnumerable<CheckAct> Writes()
    {
        yield return Write("inbox-as-another", "write to an inbox as another", Outsider, Topics.Inbox(Member, Admin), Member);
        yield return Write("group-as-another", "write to a group as another member", Member, Topics.Group(Group.Id, Admin), Admin);
        yield return Write("group-as-outsider", "write to a group as no member", Outsider, Topics.Group(Group.Id, Outsider), Admin);
        yield return Write("presence-of-another", "forge a presence", Outsider, Topics.Presence(Member), Admin, isRetained: true);
        yield return Forbidden("presence-cleared", "clear the presence that the broker keeps of another", ClearsAsync);
        yield return Write("profile-of-another", "forge a profile", Outsider, Topics.Profile(Member), Admin, isRetained: true);
        string roster = Topics.Roster(Group.Id);
        yield return Write("roster-as-member", "write a roster as a member who is no admin", Member, roster, Admin, isRetained: true);
        yield return Write("roster-as-outsider", "write a roster as no member", Outsider, roster, Admin, isRetained: true);
        yield return Write("diagnostics-as-another", "write diagnostics as another", Outsider, TopicRights.Diagnostics(Admin), Watcher);
        yield return Write("stray-topic", "write to a topic that is none of the protocol", Outsider, Stray, Watcher);
        yield return Forbidden("oversized", $"send a message of {Oversized} bytes, which no board can read",
            (room, stop) => room.ComesAsync(Admin, Topics.Inbox(Member, Admin), Member, stop, Oversized)) with
        {
            Limit = ("NATS has no limit for messages over MQTT", [BrokerKind.Nats]),
        };
        yield return Forbidden("retained-flood", $"leave {Flood} retained messages in inboxes that no device has", FloodsAsync) with
        {
            Given = FreeInboxes,
        };
    }

    private static IEnumerable<CheckAct> Wills()
    {
        yield return Will("will-on-presence", "have a will on the presence of another", Topics.Presence(Member), Admin);
        yield return Will("will-on-inbox", "have a will in an inbox as another", Topics.Inbox(Member, Admin), Member);
        yield return Will("will-on-roster", "have a will on a roster", Topics.Roster(Group.Id), Admin);
    }

    private static IEnumerable<CheckAct> Reads()
    {
        string direct = Topics.Inbox(Member, Admin);
        yield return Read("inbox-of-another", "read the inbox of another", Topics.InboxFilter(Member), direct);
        yield return Read("one-topic-of-another", "read one topic of another's inbox", direct, direct);
        yield return Read("all-inboxes", "read all inboxes", Topics.InboxFilter("+"), direct);
        yield return Read("group-of-others", "read a group as no member", Topics.GroupFilter(Group.Id), Topics.Group(Group.Id, Admin));
        yield return Read("all-groups", "read all groups", Topics.GroupFilter("+"), Topics.Group(Group.Id, Admin));
        yield return Read("roster-of-others", "read a roster as no member", Topics.Roster(Group.Id), Topics.Roster(Group.Id));
        yield return Read("diagnostics", "read diagnostics of others", TopicRights.Diagnostics("+"), TopicRights.Diagnostics(Admin));
        yield return Read("everything", "subscribe to #", "#", direct);
        yield return Read("everything-ours", "subscribe to ec1/#", "ec1/#", direct);
        yield return Read("everything-by-level", "subscribe to +/+/+/+", "+/+/+/+", direct);
        yield return Read("shared", "read another's inbox by a shared subscription", "$share/check/" + Topics.InboxFilter(Member), direct);
        yield return Read("deliveries", "read what NATS delivers to others", "$MQTT/sub/#", direct);
        yield return Forbidden("sys", "read the broker's own $SYS",
            (room, stop) => room.ReadsAsync(Outsider, "$SYS/#", Admin, null, stop, "$SYS"));
    }

    private static IEnumerable<CheckAct> Sessions()
    {
        yield return Forbidden("session-read", "read what waits for another by its client id",
            (room, stop) => TakesSessionAsync(room, false, stop));
        yield return Forbidden("session-lost", "take away what waits for another by its client id",
            (room, stop) => TakesSessionAsync(room, true, stop)) with
        {
            Limit = (SessionLimit, [BrokerKind.Mosquitto, BrokerKind.Nats, BrokerKind.RabbitMq]),
        };
    }

    private static CheckAct Forbidden(string name, string text, Func<CheckRoom, CancellationToken, Task<bool>> act) =>
        new(name, text, true, act);

    private static CheckAct Write(string name, string text, string writer, string topic, string reader, bool isRetained = false) =>
        Forbidden(name, $"{text} ({topic})", (room, stop) => room.ComesAsync(writer, topic, reader, stop, isRetained: isRetained));

    private static CheckAct Will(string name, string text, string topic, string reader) =>
        Forbidden(name, $"{text} ({topic})", (room, stop) => room.WillComesAsync(Outsider, topic, reader, stop));

    private static CheckAct Read(string name, string text, string filter, string topic) =>
        Forbidden(name, text.Contains(filter, StringComparison.Ordinal) ? text : $"{text} ({filter})",
            (room, stop) => room.ReadsAsync(Outsider, filter, Admin, topic, stop));

    private static CheckAct Login(string name, string text, string? user, string? password) =>
        Forbidden(name, text, (room, stop) => LetsInAsync(room.Begin(Stranger(), user, password), stop)) with
        {
            For = BrokerAuthentication.Password,
        };

    private static CheckAct Certificate(string name, string text, Func<CheckRoom, CancellationToken, Task<bool>> act) =>
        Forbidden(name, text, act) with { For = BrokerAuthentication.Certificate };

    private static CheckAct Certificate(string name, string text, string which) =>
        Certificate(name, text, (room, stop) => LetsInAsync(room.Certified(Stranger(), which), stop));

    private static string Stranger() => "check-" + Random.Shared.Next().ToString("x8");

    private static async Task<bool> LetsInAsync(MqttClientOptionsBuilder options, CancellationToken stop)
    {
        await using ProbeClient? client = await ProbeClient.OpenAsync(options.WithCleanSession().Build(), stop);
        return client is not null;
    }

    private static async Task<bool> TakesNameAsync(CheckRoom room, CancellationToken stop)
    {
        ProbeClient reading = await room.AsAsync(Admin, stop);
        await reading.SubscribeAsync(stop, Topics.InboxFilter(Admin));
        byte[] body = room.NewBody();
        await using ProbeClient? client = await ProbeClient.OpenAsync(room.Certified(Stranger(), Outsider, Member).Build(), stop);
        if (client is null) return false;
        await client.PublishAsync(Topics.Inbox(Admin, Member), body, false, stop);
        return await reading.HearsAsync(m => m.Body.AsSpan().SequenceEqual(body), TimeSpan.FromSeconds(1), stop);
    }

    private static async Task<bool> ClearsAsync(CheckRoom room, CancellationToken stop)
    {
        string topic = Topics.Presence(Member);
        byte[] body = room.NewBody();
        await (await room.AsAsync(Member, stop)).PublishAsync(topic, body, true, stop);
        await (await room.AsAsync(Outsider, stop)).PublishAsync(topic, [], true, stop);
        bool isThere = await PermittedActs.IsKeptAsync(room, topic, body, Admin, stop);
        await (await room.AsAsync(Member, stop)).PublishAsync(topic, [], true, stop);
        return !isThere;
    }

    // None of them may be there when somebody comes who may read them.
    private static async Task<bool> FloodsAsync(CheckRoom room, CancellationToken stop)
    {
        string[] topics = [.. Enumerable.Range(0, Flood).Select(i => Topics.Inbox($"check-flood-{i}", Outsider))];
        byte[] body = room.NewBody();
        foreach (string topic in topics) await (await room.AsAsync(Outsider, stop)).PublishAsync(topic, body, true, stop);
        bool isThere = await PermittedActs.IsKeptAsync(room, topics[^1], body, Watcher, stop);
        if (!isThere) return false;
        foreach (string topic in topics) await (await room.AsAsync(Outsider, stop)).PublishAsync(topic, [], true, stop);
        return true;
    }

    // The victim is away and something waits for it; the attacker comes with its own name and the victim's client id.
    private static async Task<bool> TakesSessionAsync(CheckRoom room, bool isAboutLoss, CancellationToken stop)
    {
        (MqttClientOptions victim, byte[] body) = await room.LeaveWaitingAsync(stop);
        bool IsIt(Fleets.HeardMessage m) => m.Body.AsSpan().SequenceEqual(body);

        await room.LeaveAsync(Outsider);
        MqttClientOptions attacker = room.Begin(Outsider).WithClientId(Member).WithCleanSession(false).Build();
        bool isRead = false;
        await using (ProbeClient? thief = await ProbeClient.OpenAsync(attacker, stop))
            if (thief is not null) isRead = await thief.HearsAsync(IsIt, TimeSpan.FromSeconds(1), stop);

        bool isKept = true;
        await using (ProbeClient back = await room.OpenAsync(victim, Member, stop))
        {
            await back.SubscribeAsync(stop, Topics.InboxFilter(Member));
            if (isAboutLoss) isKept = await back.HearsAsync(IsIt, TimeSpan.FromSeconds(5), stop);
        }

        await (await room.AsAsync(Member, stop)).SubscribeAsync(stop, Topics.InboxFilter(Member)); // a clean session: forgets that one
        await room.LeaveAsync(Member);
        return isAboutLoss ? !isKept : isRead;
    }
}
