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

    private TopicRights(IEnumerable<string> users, bool hasOpenGroups)
    {
        Users = [.. users.Distinct(StringComparer.Ordinal)];
        _own = Users.ToDictionary(u => u, _ => new List<TopicRule>(), StringComparer.Ordinal);
        HasOpenGroups = hasOpenGroups;
        HasNamedInboxes = !hasOpenGroups && Users.Count <= MostNamedInboxes;
        Common = [.. CommonRules()];
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
        var rights = new TopicRights(
            [.. fleet.Boards.Select(b => b.Id), .. fleet.Peers, fleet.Operator, .. CheckUsers.All], fleet.Groups.Count == 0);
        foreach (FleetGroup group in fleet.Groups) rights.AddGroup(group);
        rights.AddGroup(CheckUsers.Group);
        foreach (FleetGroup group in fleet.Groups)
            rights.Add(fleet.Operator, TopicAccess.ReadWrite, Topics.Roster(group.Id)); // it invites whom the file names
        rights.Add(fleet.Operator, TopicAccess.Read, Diagnostics("+"));
        foreach (TopicRule rule in CheckUsers.WatcherRules) rights.Add(CheckUsers.Watcher, rule.Access, rule.Filter);
        return rights;
    }

    /// <summary>The rights of devices that make their groups themselves.</summary>
    public static TopicRights Open(IEnumerable<string> users) => new(users, hasOpenGroups: true);

    /// <summary>Where a device writes for operators. No board does so yet, so the firmware's list of topics has no name for it.</summary>
    public static string Diagnostics(string device) => "ec1/x/" + device;

    /// <summary>What one user may beyond <see cref="Common"/>.</summary>
    public IReadOnlyList<TopicRule> Own(string user) => _own.TryGetValue(user, out List<TopicRule>? rules) ? rules : [];

    /// <summary>All that a user may.</summary>
    public IEnumerable<TopicRule> Of(string user) => Common.Select(r => r.For(user)).Concat(Own(user));

    /// <summary>The same, to ask for one topic after the other.</summary>
    public UserRights For(string user) => new([.. Of(user)]);

    private IEnumerable<TopicRule> CommonRules()
    {
        IEnumerable<string> inboxes = HasNamedInboxes ? Users : ["+"];
        foreach (string inbox in inboxes) yield return new TopicRule(TopicAccess.Write, Topics.Inbox(inbox, UserMark));
        yield return new TopicRule(TopicAccess.Read, Topics.InboxFilter(UserMark));
        yield return new TopicRule(TopicAccess.Write, Topics.Presence(UserMark));
        yield return new TopicRule(TopicAccess.Read, Topics.Presence("+"));
        yield return new TopicRule(TopicAccess.Write, Topics.Profile(UserMark));
        yield return new TopicRule(TopicAccess.Read, Topics.Profile("+"));
        yield return new TopicRule(TopicAccess.Write, Diagnostics(UserMark));
        if (!HasOpenGroups) yield break;
        yield return new TopicRule(TopicAccess.Write, Topics.Group("+", UserMark));
        yield return new TopicRule(TopicAccess.Read, Topics.GroupFilter("+"));
        yield return new TopicRule(TopicAccess.ReadWrite, Topics.Roster("+"));
    }

    private void AddGroup(FleetGroup group)
    {
        foreach (string member in group.Members)
        {
            Add(member, TopicAccess.Write, Topics.Group(group.Id, member));
            Add(member, TopicAccess.Read, Topics.GroupFilter(group.Id));
            Add(member, group.Editors.Contains(member) ? TopicAccess.ReadWrite : TopicAccess.Read, Topics.Roster(group.Id));
        }
    }

    private void Add(string user, TopicAccess access, string filter) => _own[user].Add(new TopicRule(access, filter));
}
