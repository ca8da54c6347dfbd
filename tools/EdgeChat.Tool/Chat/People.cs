using EdgeChat.Delivery;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Chat;

/// <summary>Whom somebody can mean: the conversations, the contacts, and the devices that the broker has told of.</summary>
/// <param name="me">The id that this peer chats as.</param>
/// <param name="told">Devices whose presence the broker keeps; empty when it lets nobody ask.</param>
public sealed class People(string me, IReadOnlyCollection<string> told)
{
    /// <summary>Ids of people and groups, in order.</summary>
    public IReadOnlyList<string> All(Messenger messenger)
    {
        var ids = new SortedSet<string>(told, StringComparer.Ordinal);
        for (int i = 0; i < messenger.ConversationCount; i++) ids.Add(messenger.IdOf(messenger.ConversationAt(i)));
        for (int i = 0; i < messenger.Presence.Count; i++) ids.Add(messenger.Presence.DeviceAt(i));
        ids.Remove(me);
        return [.. ids];
    }

    /// <summary>Ids of devices alone, in order.</summary>
    public IReadOnlyList<string> Devices(Messenger messenger) => [.. All(messenger).Where(id => messenger.Find(id, true) < 0 ||
        messenger.Find(id, false) >= 0 || messenger.Presence.Find(id) >= 0 || told.Contains(id))];

    /// <summary>Ids of groups, in order: those that wait for an answer, or all.</summary>
    public static IReadOnlyList<string> Groups(Messenger messenger, bool areInvitations) =>
        [.. Enumerable.Range(0, messenger.ConversationCount).Select(messenger.ConversationAt)
            .Where(c => messenger.IsGroup(c) && (!areInvitations || messenger.IsInvited(c))).Select(messenger.IdOf)
            .Order(StringComparer.Ordinal)];

    /// <summary>Whom somebody probably meant by an id that nobody has; null when it is somebody's, like nobody's, or meant as it stands,
    /// as <c>@</c> says.</summary>
    public string? Meant(Messenger messenger, string id)
    {
        if (id.StartsWith('@')) return null;
        IReadOnlyList<string> all = All(messenger);
        string word = id.TrimStart('#');
        return all.Contains(word) ? null : Nearest.Of(word, all);
    }

    /// <summary>Whether anybody but this peer would get what is written there.</summary>
    public static bool IsAnybodyIn(Messenger messenger, int conversation) =>
        !messenger.IsGroup(conversation) || messenger.MemberCountOf(conversation) > 1;

    /// <summary>Why nothing can be written there when nobody is.</summary>
    public static string NobodyIn(string group) => $"nobody else is in the group {group.TrimStart('#')}";
}
