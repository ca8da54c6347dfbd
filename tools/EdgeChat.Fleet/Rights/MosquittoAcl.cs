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

    /// <summary>Reads a list: what a named user has by it.</summary>
    public static IReadOnlyList<TopicRule> Read(IEnumerable<string> lines, string user)
    {
        var rules = new List<TopicRule>();
        string? of = null; // `topic` lines before the first `user` line are for clients without a name
        foreach (string line in lines)
        {
            string[] words = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["user", var name]) of = name;
            else if (words is ["pattern", ..]) rules.Add(Rule(words));
            else if (words is ["topic", ..] && of == user) rules.Add(Rule(words));
        }

        return [.. rules.Select(r => r.For(user))];
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
