using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>Who of a fleet may write and read which topics (docs/protocol.md, section 2). There is no second statement of it: Mosquitto's
/// access list, the permissions of NATS and RabbitMQ and the rules of the broker inside <c>edgechat demo</c> are written from
/// this.</summary>
public sealed class TopicRights
{
    /// <summary>Stands for the user's name in a rule, as in Mosquitto's patterns.</summary>
    public const string UserMark = "%u";

    /// <summary>Up to so many users a rule names each inbox that may be written to. Then nobody can leave retained messages in inboxes that
    /// no device has. Above it, such a list would cost more than it saves.</summary>
    public const int MostNamedInboxes = 200;

    private readonly Dictionary<string, List<TopicRule>> _own;

    private readonly TopicRule[] _closed;
    private readonly HashSet<string> _named;

    private TopicRights(IEnumerable<string> users, IReadOnlyList<FleetGroup> groups)
    {
        Users = [.. users.Concat(CheckUsers.All).Distinct(StringComparer.Ordinal)];
        _own = Users.ToDictionary(u => u, _ => new List<TopicRule>(), StringComparer.Ordinal);
        HasOpenGroups = groups.Count == 0;
        HasNamedInboxes = !HasOpenGroups && Users.Count <= MostNamedInboxes;
        _closed = [.. ClosedRules()];
        Common = HasOpenGroups ? [.. _closed, .. OpenGroupRules()] : _closed;
        IEnumerable<FleetGroup> named = groups.Append(CheckUsers.Group);
        _named = named.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        foreach (FleetGroup group in named)
            foreach (string member in group.Members)
                foreach (TopicRule rule in OfGroup(group, member)) Add(member, rule.Access, rule.Filter);
        foreach (TopicRule rule in CheckUsers.WatcherRules) Add(CheckUsers.Watcher, rule.Access, rule.Filter);
    }

    /// <summary>Everybody whom the broker lets in.</summary>
    public IReadOnlyList<string> Users { get; }

    /// <summary>What each user may, with <see cref="UserMark"/> for its name.</summary>
    public IReadOnlyList<TopicRule> Common { get; }

    /// <summary>Whether any user may make groups and edit every roster: so when the fleet's file names no group.</summary>
    public bool HasOpenGroups { get; }

    /// <summary>Whether the rules name the inboxes that there are.</summary>
    public bool HasNamedInboxes { get; }

    /// <summary>The rights of a fleet: its boards, its peers, its operator, and who checks the broker.</summary>
    public static TopicRights Of(FleetFile fleet)
    {
        var rights = new TopicRights([.. fleet.Boards.Select(b => b.Id), .. fleet.Peers, fleet.Operator], fleet.Groups);
        foreach (FleetGroup group in fleet.Groups)
            rights.Add(fleet.Operator, TopicAccess.ReadWrite, Topics.Roster(group.Id)); // it invites whom the file names
        rights.Add(fleet.Operator, TopicAccess.Read, Diagnostics("+"));
        return rights;
    }

    /// <summary>The rights of devices that have no operator, and make their groups themselves: those of a fleet whose file names no
    /// group.</summary>
    public static TopicRights Of(IEnumerable<string> devices) => new(devices, []);

    /// <summary>What a member may in its group.</summary>
    public static IEnumerable<TopicRule> OfGroup(FleetGroup group, string member) =>
    [
        new(TopicAccess.Write, Topics.Group(group.Id, member)),
        new(TopicAccess.Read, Topics.GroupFilter(group.Id)),
        new(group.Editors.Contains(member) ? TopicAccess.ReadWrite : TopicAccess.Read, Topics.Roster(group.Id)),
    ];

    /// <summary>Where a device writes for operators. No board does so yet, so the firmware's list of topics has no name for it.</summary>
    public static string Diagnostics(string device) => "ec1/x/" + device;

    /// <summary>What one user may beyond <see cref="Common"/>.</summary>
    public IReadOnlyList<TopicRule> Own(string user) => _own.TryGetValue(user, out List<TopicRule>? rules) ? rules : [];

    /// <summary>All that a user may.</summary>
    public IEnumerable<TopicRule> Of(string user) => Common.Select(r => r.For(user)).Concat(Own(user));

    /// <summary>The same, to ask for one topic after the other; without what everybody may with groups of which the fleet's file does not
    /// tell, which <see cref="MadeGroups"/> knows more of.</summary>
    public UserRights For(string user) => new([.. _closed.Select(r => r.For(user)), .. Own(user)]);

    /// <summary>Whether the rights of a group stand in the fleet's file.</summary>
    public bool HasNamed(string group) => _named.Contains(group);

    private static IEnumerable<TopicRule> OpenGroupRules() =>
    [
        new(TopicAccess.Write, Topics.Group("+", UserMark)),
        new(TopicAccess.Read, Topics.GroupFilter("+")),
        new(TopicAccess.ReadWrite, Topics.Roster("+")),
    ];

    private IEnumerable<TopicRule> ClosedRules()
    {
        IEnumerable<string> inboxes = HasNamedInboxes ? Users : ["+"];
        foreach (string inbox in inboxes) yield return new TopicRule(TopicAccess.Write, Topics.Inbox(inbox, UserMark));
        yield return new TopicRule(TopicAccess.Read, Topics.InboxFilter(UserMark));
        yield return new TopicRule(TopicAccess.Write, Topics.Presence(UserMark));
        yield return new TopicRule(TopicAccess.Read, Topics.Presence("+"));
        yield return new TopicRule(TopicAccess.Write, Topics.Profile(UserMark));
        yield return new TopicRule(TopicAccess.Read, Topics.Profile("+"));
        yield return new TopicRule(TopicAccess.Write, Diagnostics(UserMark));
    }

    private void Add(string user, TopicAccess access, string filter) => _own[user].Add(new TopicRule(access, filter));
}
