using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>Looks whether Mosquitto's access list gives the devices of a fleet what they need, and no more of what is others'
/// (docs/brokers.md).</summary>
internal static class AclCheck
{
    public static void Check(FleetFile fleet, YamlSection broker)
    {
        if (fleet.Broker.Acl is not { } path || fleet.Boards.Count == 0) return;
        string[] lines = File.ReadAllLines(path);
        ILookup<string, TopicRule> list = MosquittoAcl.Read(lines);
        TopicRights rights = TopicRights.Of(fleet);
        string one = fleet.Boards[0].Id;
        foreach (TopicRule rule in rights.Common) Needs(broker, list, one, rule, "pattern", "");
        foreach (string user in rights.Users.Where(u => !CheckUsers.IsReserved(u)))
            foreach (TopicRule rule in rights.Own(user).Where(r => r.Filter != TopicRights.Diagnostics("+"))) // nobody reads there yet
                Needs(broker, list, user, rule, "topic", $" of user {user}");
        bool IsTooWide(string line) => MosquittoAcl.Of(MosquittoAcl.Read([line]), one).Any(r => IsOfAnother(r, rights, one));
        foreach (string line in lines.Where(IsTooWide).Distinct())
            broker.Wrong("acl", $"has `{line.Trim()}`, with which each board may write as any other, or read what is for it");
    }

    private static void Needs(YamlSection broker, ILookup<string, TopicRule> list, string user, TopicRule rule, string kind, string whose)
    {
        TopicRule[] given = [.. MosquittoAcl.Of(list, user)];
        foreach (TopicAccess access in new[] { TopicAccess.Write, TopicAccess.Read }.Where(a => rule.Access.HasFlag(a)))
            if (!given.Any(g => g.Access.HasFlag(access) && g.Covers(rule.For(user).Filter)))
                broker.Wrong("acl", $"lacks the line `{kind} {access.ToString().ToLowerInvariant()} {rule.Filter}`{whose}");
    }

    private static bool IsOfAnother(TopicRule rule, TopicRights rights, string one) => rights.Users.Where(u => u != one).Any(other =>
        (rule.Access.HasFlag(TopicAccess.Write) && (rule.Covers(Topics.Inbox(one, other)) || rule.Covers(Topics.Presence(other))))
            || (rule.Access.HasFlag(TopicAccess.Read) && rule.Covers(Topics.InboxFilter(other))));
}
