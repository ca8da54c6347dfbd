using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>The users that <c>edgechat broker check</c> comes as. They have a device's rights, and a group of their own, so that what is
/// tried touches no board.</summary>
public static class CheckUsers
{
    /// <summary>An admin of <see cref="Group"/>.</summary>
    public const string Admin = "check-admin";

    /// <summary>A member of it, and no admin.</summary>
    public const string Member = "check-member";

    /// <summary>No member of any group.</summary>
    public const string Outsider = "check-outsider";

    /// <summary>Who may read what <see cref="Outsider"/> writes in its own name, wherever, and so sees what must not be there.</summary>
    public const string Watcher = "check-watcher";

    /// <summary>The certificate of <see cref="Member"/> that was taken back.</summary>
    public const string Revoked = "check-revoked";

    /// <summary>The certificate of <see cref="Member"/> that is out of date.</summary>
    public const string Expired = "check-expired";

    /// <summary>The certificate with the name of <see cref="Member"/> that is from another CA.</summary>
    public const string Foreign = "check-foreign";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Admin, Member, Outsider, Watcher];

    /// <summary>Their group.</summary>
    public static FleetGroup Group { get; } = new("check-group", "Check", [Admin, Member], [Admin]);

    /// <summary>What <see cref="Watcher"/> may read beyond a device's rights.</summary>
    public static IReadOnlyList<TopicRule> WatcherRules { get; } =
    [
        new(TopicAccess.Read, Topics.Inbox("+", Outsider)),
        new(TopicAccess.Read, Topics.Group("+", Outsider)),
        new(TopicAccess.Read, TopicRights.Diagnostics(Outsider)),
        new(TopicAccess.Read, TopicRights.Diagnostics(Admin)),
        new(TopicAccess.Read, Stray),
    ];

    /// <summary>A topic that is none of the protocol.</summary>
    public const string Stray = "check/stray";

    /// <summary>Whether an id is one of theirs, or their group's.</summary>
    public static bool IsReserved(string id) => id == Group.Id || All.Contains(id);
}
