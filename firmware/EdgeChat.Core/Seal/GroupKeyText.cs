namespace EdgeChat.Core;

/// <summary>The content of the word of a group's key, body type <c>k</c>, whose <c>a</c> is the edit counter of the roster.</summary>
/// <remarks>
/// Lines:
/// <code>
/// letters of the key (TypedKey); none for who is no member any more: then one more line, and no others
/// who has made the edit
/// a member each, with a star before it when it is an admin
/// nothing
/// the group's name
/// </code>
/// </remarks>
public static class GroupKeyText
{
    /// <summary>What a member is told.</summary>
    public static string Write(byte[] key, Roster roster)
    {
        string text = string.Concat(TypedKey.Write(key), "\n", roster.By);
        for (int i = 0; i < roster.Count; i++)
            text = string.Concat(text, (roster.Admins & 1 << i) != 0 ? "\n*" : "\n", roster.Members[i]);
        return string.Concat(text, "\n\n", roster.Name);
    }

    /// <summary>What somebody is told who is no member any more.</summary>
    /// <param name="by">Who has made the edit.</param>
    public static string WriteRemoval(string by) { return "\n" + by; }

    /// <summary>Reads it into a clear roster; false when it is not sound.</summary>
    /// <param name="content">What came.</param>
    /// <param name="into">The roster: without members when it is the word to one who is none any more.</param>
    /// <param name="key">The key, or null with that word.</param>
    public static bool TryRead(string content, Roster into, out byte[] key)
    {
        key = null;
        int at = 0;
        string letters = Line(content, ref at);
        string by = Line(content, ref at);
        if (by == null || !Topics.IsDeviceId(by)) return false;
        into.By = by;
        if (letters == "") return at > content.Length;
        key = TypedKey.Read(letters);
        for (string id = Line(content, ref at); id != null && id != ""; id = Line(content, ref at))
        {
            bool isAdmin = id.StartsWith("*");
            if (isAdmin) id = id.Substring(1);
            if (!Topics.IsDeviceId(id) || into.Count == Limits.GroupMembers || into.Find(id) >= 0) return false;
            if (isAdmin) into.Admins |= 1 << into.Count;
            into.Members[into.Count++] = id;
        }

        into.Name = at < content.Length ? content.Substring(at) : null;
        return key != null;
    }

    // the line at a place, which moves behind it; null behind the last one
    private static string Line(string content, ref int at)
    {
        if (at > content.Length) return null;
        int end = at < content.Length ? content.IndexOf('\n', at) : -1;
        if (end < 0) end = content.Length;
        string line = content.Substring(at, end - at);
        at = end + 1;
        return line;
    }
}
