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
        string[] lines = content.Split('\n');
        if (lines.Length < 2 || !Topics.IsDeviceId(lines[1])) return false;
        into.By = lines[1];
        if (lines[0] == "") return lines.Length == 2;
        key = TypedKey.Read(lines[0]);
        int line = 2;
        for (; line < lines.Length && lines[line] != ""; line++)
        {
            bool isAdmin = lines[line].StartsWith("*");
            string id = isAdmin ? lines[line].Substring(1) : lines[line];
            if (!Topics.IsDeviceId(id) || into.Count == Limits.GroupMembers || into.Find(id) >= 0) return false;
            if (isAdmin) into.Admins |= 1 << into.Count;
            into.Members[into.Count++] = id;
        }

        string name = line + 1 < lines.Length ? lines[line + 1] : "";
        for (int i = line + 2; i < lines.Length; i++) name = string.Concat(name, "\n", lines[i]);
        into.Name = name == "" ? null : name;
        return key != null;
    }
}
