using EdgeChat.Core;
using EdgeChat.Fleet;
using MQTTnet;
using static EdgeChat.Fleet.CheckUsers;

namespace EdgeChat.Tool.Brokers;

/// <summary>What a broker must let devices do.</summary>
internal static class PermittedActs
{
    private const int LongestBody = 1536; // docs/protocol.md, section 3
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    // what NATS had begun to send to a connection that was just ending it sends again after its ack_wait, 30 s unless set
    private static readonly TimeSpan Redelivery = TimeSpan.FromSeconds(45);

    /// <summary>All of them.</summary>
    public static IEnumerable<CheckAct> All()
    {
        yield return Write("direct", "write to another's inbox", Outsider, Topics.Inbox(Member, Outsider), Member);
        yield return new CheckAct("longest-body", $"send a body of {LongestBody} bytes", false,
            (room, stop) => room.ComesAsync(Admin, Topics.Inbox(Member, Admin), Member, stop, LongestBody));
        yield return Write("group", "write to a group as a member", Member, Topics.Group(Group.Id, Member), Admin);
        yield return Write("group-read", "read a group as a member", Admin, Topics.Group(Group.Id, Admin), Member);
        yield return Write("roster", "write a roster as its admin, and read it as a member", Admin, Topics.Roster(Group.Id), Member);
        yield return Write("diagnostics-own", "write diagnostics", Outsider, TopicRights.Diagnostics(Outsider), Watcher);
        yield return Write("presence-back", "read one's own presence", Outsider, Topics.Presence(Outsider), Outsider);
        yield return Kept(
            "presence-kept", "find the presence of another that the broker keeps", Topics.Presence(Outsider), Outsider, Member);
        yield return Kept("profile-kept", "find the profile of another that the broker keeps", Topics.Profile(Outsider), Outsider, Member);
        yield return Kept("roster-kept", "find the roster that the broker keeps", Topics.Roster(Group.Id), Admin, Member);
        yield return new CheckAct("will", "have a will on one's own presence", false,
            (room, stop) => room.WillComesAsync(Outsider, Topics.Presence(Outsider), Member, stop));
        yield return new CheckAct("filters", "subscribe to all that a device needs, at once", false, SubscribesAsync);
        yield return new CheckAct("waits", "find what came while one was away", false, WaitsAsync);
    }

    /// <summary>Whether somebody who comes now is given a retained message. The topic is asked for as it is, since RabbitMQ gives nothing
    /// to wildcards.</summary>
    public static async Task<bool> IsKeptAsync(CheckRoom room, string topic, byte[] body, string reader, CancellationToken stop)
    {
        // a broker may keep it a moment after it has confirmed it
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await room.LeaveAsync(reader);
            ProbeClient reading = await room.AsAsync(reader, stop);
            await reading.SubscribeAsync(stop, topic);
            if (await reading.HearsAsync(m => m.Topic == topic && m.Body.AsSpan().SequenceEqual(body), Moment, stop))
                return true;
        }

        return false;
    }

    private static CheckAct Write(string name, string text, string writer, string topic, string reader) =>
        new(name, $"{text} ({topic})", false, (room, stop) => room.ComesAsync(writer, topic, reader, stop));

    private static CheckAct Kept(string name, string text, string topic, string writer, string reader) =>
        new(name, $"{text} ({topic})", false, async (room, stop) =>
        {
            byte[] body = room.NewBody();
            await (await room.AsAsync(writer, stop)).PublishAsync(topic, body, true, stop);
            bool isKept = await IsKeptAsync(room, topic, body, reader, stop);
            await (await room.AsAsync(writer, stop)).PublishAsync(topic, [], true, stop);
            return isKept;
        });

    private static async Task<bool> SubscribesAsync(CheckRoom room, CancellationToken stop)
    {
        await room.LeaveAsync(Member);
        ProbeClient reading = await room.AsAsync(Member, stop);
        await reading.SubscribeAsync(
            stop, Topics.InboxFilter(Member), Topics.Presence(Member), Topics.Profile(Member), Topics.Presence(Admin),
            Topics.Profile(Admin), Topics.Roster(Group.Id), Topics.GroupFilter(Group.Id));
        byte[] body = room.NewBody();
        string[] topics = [Topics.Inbox(Member, Admin), Topics.Presence(Admin), Topics.Profile(Admin), Topics.Group(Group.Id, Admin)];
        foreach (string topic in topics) await (await room.AsAsync(Admin, stop)).PublishAsync(topic, body, false, stop);
        bool hasAll = true;
        foreach (string topic in topics)
            hasAll &= await reading.HearsAsync(m => m.Topic == topic && m.Body.AsSpan().SequenceEqual(body), Patience, stop);
        await room.LeaveAsync(Member);
        return hasAll;
    }

    private static async Task<bool> WaitsAsync(CheckRoom room, CancellationToken stop)
    {
        (MqttClientOptions options, byte[] body) = await room.LeaveWaitingAsync(stop);
        bool isThere;
        await using (ProbeClient back = await room.OpenAsync(options, Member, stop))
            isThere = await back.HearsAsync(m => m.Body.AsSpan().SequenceEqual(body), Redelivery, stop);
        await room.AsAsync(Member, stop); // a clean session: forgets that one
        await room.LeaveAsync(Member);
        return isThere;
    }
}
