using System.Text;

namespace EdgeChat.Fleet;

/// <summary>Mosquitto's access list: <c>pattern</c> lines for what everybody may, and after <c>user</c> lines what one may beyond
/// that.</summary>
public static class MosquittoAcl
{
    /// <summary>The text of the file.</summary>
    public static string Write(TopicRights rights)
    {
        var text = new StringBuilder(
            "# %u is the user name, that is the device id. Written by `edgechat broker init` from the fleet's file.\n");
        foreach (TopicRule rule in rights.Common) text.Append($"pattern {Word(rule.Access)} {rule.Filter}\n");
        foreach (string user in rights.Users.Where(u => rights.Own(u).Count > 0))
        {
            text.Append($"\nuser {user}\n");
            foreach (TopicRule rule in rights.Own(user)) text.Append($"topic {Word(rule.Access)} {rule.Filter}\n");
        }

        return text.ToString();
    }

    /// <summary>What a named user has by a list that was read.</summary>
    public static IEnumerable<TopicRule> Of(ILookup<string, TopicRule> list, string user) =>
        list[TopicRights.UserMark].Concat(list[user]).Select(r => r.For(user));

    /// <summary>Reads a list: the rules of each user, and those of all behind <see cref="TopicRights.UserMark"/>.</summary>
    public static ILookup<string, TopicRule> Read(IEnumerable<string> lines)
    {
        var rules = new List<(string User, TopicRule Rule)>();
        string? of = null; // `topic` lines before the first `user` line are for clients without a name
        foreach (string line in lines)
        {
            string[] words = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["user", var name]) of = name;
            else if (words is ["pattern", ..]) rules.Add((TopicRights.UserMark, Rule(words)));
            else if (words is ["topic", ..] && of is not null) rules.Add((of, Rule(words)));
        }

        return rules.ToLookup(r => r.User, r => r.Rule, StringComparer.Ordinal);
    }

    private static TopicRule Rule(string[] words) => words switch
    {
        [_, "read", var filter] => new TopicRule(TopicAccess.Read, filter),
        [_, "write", var filter] => new TopicRule(TopicAccess.Write, filter),
        [_, "readwrite", var filter] => new TopicRule(TopicAccess.ReadWrite, filter),
        [_, var filter] => new TopicRule(TopicAccess.ReadWrite, filter),
        _ => new TopicRule(TopicAccess.None, ""),
    };

    private static string Word(TopicAccess access) => access.ToString().ToLowerInvariant();
}
