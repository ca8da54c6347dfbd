using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>The groups that devices make while the broker runs, for a broker that can look at each message: what the rosters that it keeps
/// say of them, by the rules of a group in a fleet's file. Safe from any thread.</summary>
/// <remarks>A group belongs to whoever puts its first roster there and stands in it as an admin. A sealed group (docs/protocol.md,
/// section 15) has no roster, and nobody but its members reads it: the broker lets its bodies pass under their writer's own name,
/// whoever that is, so nobody can shut its members out by a roster.</remarks>
/// <param name="rights">The rights; groups that they have named are theirs alone.</param>
public sealed class MadeGroups(TopicRights rights)
{
    private readonly Dictionary<string, (FleetGroup Group, HashSet<string> Readers)> _groups = new(StringComparer.Ordinal);
    private readonly Body _scratch = new();
    private readonly Roster _read = new();

    /// <summary>Whether a user may publish this; a roster that it may is taken note of.</summary>
    public bool TakesFrom(string user, string topic, byte[] body)
    {
        if (Of(topic) is not { } name) return false;
        lock (_groups)
        {
            FleetGroup? known = Known(name.To);
            if (name.Kind == TopicKind.Group)
                return known is null || Envelope.IsOfGroup(body) ? name.From == user : May(known, user, TopicAccess.Write, topic);
            FleetGroup? next = Read(name.To, body);
            if (next is null || !May(known ?? next, user, TopicAccess.Write, topic)) return false;
            // who was a member learns from the roster that it is none any more
            HashSet<string> readers = known is null ? [] : _groups[name.To].Readers;
            readers.UnionWith(next.Members);
            _groups[name.To] = (next, readers);
            return true;
        }
    }

    /// <summary>Whether a user may subscribe to this: to one group at a time. What comes of it <see cref="GivesTo"/> decides.</summary>
    public bool MayAskFor(string user, string filter)
    {
        string topic = filter.EndsWith("/+", StringComparison.Ordinal) ? filter[..^1] + user : filter;
        return Of(topic) is { } name && (name.Kind == TopicKind.Group || (topic == filter && GivesTo(user, topic, [])));
    }

    /// <summary>Whether a user who has subscribed to this is to have it.</summary>
    public bool GivesTo(string user, string topic, byte[] body)
    {
        if (Of(topic) is not { } name) return false;
        lock (_groups)
        {
            if (Known(name.To) is not { } known) return true;
            return name.Kind == TopicKind.Roster ? _groups[name.To].Readers.Contains(user)
                : Envelope.IsOfGroup(body) || May(known, user, TopicAccess.Read, topic);
        }
    }

    /// <summary>Whether these are rights of the broker's own finding: the topic is that of a group that no file names.</summary>
    public bool Decides(string topic) => Of(topic) is not null;

    // nobody is in a group that all have left, and its id is anybody's again
    private FleetGroup? Known(string group) =>
        _groups.TryGetValue(group, out var known) && known.Group.Members.Count > 0 ? known.Group : null;

    private TopicName? Of(string topic)
    {
        var name = new TopicName();
        return rights.HasOpenGroups && Topics.TryParse(topic, name) && name.Kind is TopicKind.Group or TopicKind.Roster
            && !rights.HasNamed(name.To) ? name : null;
    }

    private FleetGroup? Read(string group, byte[] body)
    {
        if (RosterReader.Read(body, body.Length, _scratch, _read) != BodyError.None) return null;
        string[] members = _read.Members[.._read.Count];
        return new FleetGroup(group, group, members, [.. members.Where((_, i) => (_read.Admins & 1 << i) != 0)]);
    }

    private static bool May(FleetGroup group, string user, TopicAccess access, string topic) => group.Members.Contains(user)
        && TopicRights.OfGroup(group, user).Any(r => r.Access.HasFlag(access) && r.Covers(topic));
}
