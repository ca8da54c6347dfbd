namespace EdgeChat.Core;

/// <summary>The topic names and filters of the protocol; no other code spells them.</summary>
public static class Topics
{
    /// <summary>The longest topic: two ids of 16 characters.</summary>
    public const int MaxBytes = 39;

    /// <summary>The longest device or group id.</summary>
    public const int MaxIdLength = 16;

    private const string InboxRoot = "ec1/i/";
    private const string GroupRoot = "ec1/g/";
    private const string PresenceRoot = "ec1/p/";
    private const string ProfileRoot = "ec1/d/";
    private const string RosterRoot = "ec1/r/";
    private const string DiagnosticsRoot = "ec1/x/";
    private const int RootLength = 6;

    /// <summary>Where <paramref name="from"/> writes direct messages to <paramref name="to"/>.</summary>
    public static string Inbox(string to, string from) { return string.Concat(InboxRoot, to, "/", from); }

    /// <summary>The filter of all direct messages to <paramref name="me"/>.</summary>
    public static string InboxFilter(string me) { return string.Concat(InboxRoot, me, "/+"); }

    /// <summary>Where <paramref name="from"/> writes to a group.</summary>
    public static string Group(string group, string from) { return string.Concat(GroupRoot, group, "/", from); }

    /// <summary>The filter of all messages of a group.</summary>
    public static string GroupFilter(string group) { return string.Concat(GroupRoot, group, "/+"); }

    /// <summary>The presence of a device.</summary>
    public static string Presence(string device) { return PresenceRoot + device; }

    /// <summary>The profile of a device.</summary>
    public static string Profile(string device) { return ProfileRoot + device; }

    /// <summary>The roster of a group.</summary>
    public static string Roster(string group) { return RosterRoot + group; }

    /// <summary>Whether a topic is a roster's, or the profile's of the device that has this presence.</summary>
    public static bool IsKept(string topic, string presence)
    {
        if (topic.StartsWith(RosterRoot)) return true;
        return topic.StartsWith(ProfileRoot) && topic.Substring(RootLength) == presence.Substring(RootLength);
    }

    /// <summary>Whether this can be a device id, or a group id: 1 to 16 characters of <c>a-z 0-9 -</c>.</summary>
    public static bool IsDeviceId(string id)
    {
        return id != null && id.Length <= MaxIdLength && IsId(id.ToCharArray(), 0, id.Length);
    }

    private static bool IsId(char[] letters, int start, int end)
    {
        if (end <= start || end - start > MaxIdLength) return false;
        for (int i = start; i < end; i++)
        {
            char c = letters[i];
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
        }

        return true;
    }

    /// <summary>Whose inbox a topic is, or null when it is none.</summary>
    public static string RecipientOf(string topic) { return FirstOf(topic, InboxRoot); }

    /// <summary>Which group's messages a topic carries, or null when none.</summary>
    public static string GroupOf(string topic) { return FirstOf(topic, GroupRoot); }

    private static string FirstOf(string topic, string root)
    {
        if (!topic.StartsWith(root)) return null;
        return topic.Substring(RootLength, topic.IndexOf('/', RootLength) - RootLength);
    }

    /// <summary>Takes a topic apart; false when it is none of the protocol, and <paramref name="into"/> is clear then.</summary>
    public static bool TryParse(string topic, TopicName into)
    {
        into.Clear();
        if (topic == null || topic.Length <= RootLength || topic.Length > MaxBytes) return false;
        TopicKind kind = KindOf(topic.Substring(0, RootLength));
        if (kind == TopicKind.None) return false;
        int slash = topic.IndexOf('/', RootLength);
        string first = slash < 0 ? topic.Substring(RootLength) : topic.Substring(RootLength, slash - RootLength);
        string second = slash < 0 ? null : topic.Substring(slash + 1);

        bool hasTwo = kind == TopicKind.Inbox || kind == TopicKind.Group;
        if (hasTwo != (second != null)) return false;
        char[] letters = topic.ToCharArray();
        if (!IsId(letters, RootLength, RootLength + first.Length)) return false;
        if (hasTwo && !IsId(letters, slash + 1, letters.Length)) return false;
        into.Kind = kind;
        if (hasTwo || kind == TopicKind.Roster) into.To = first;
        if (hasTwo) into.From = second;
        else if (kind != TopicKind.Roster) into.From = first;
        return true;
    }

    private static TopicKind KindOf(string root)
    {
        switch (root)
        {
            case InboxRoot: return TopicKind.Inbox;
            case GroupRoot: return TopicKind.Group;
            case PresenceRoot: return TopicKind.Presence;
            case ProfileRoot: return TopicKind.Profile;
            case RosterRoot: return TopicKind.Roster;
            case DiagnosticsRoot: return TopicKind.Diagnostics;
            default: return TopicKind.None;
        }
    }
}
