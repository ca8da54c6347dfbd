namespace EdgeChat.Fleet;

/// <summary>What a rule lets somebody do with topics.</summary>
[Flags]
public enum TopicAccess
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Subscribe to them.</summary>
    Read = 1,

    /// <summary>Publish to them, and have a will there.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}

/// <summary>A right: what may be done with the topics of a filter (OASIS MQTT 3.1.1, section 4.7).</summary>
/// <param name="Access">What.</param>
/// <param name="Filter">With which topics; <see cref="TopicRights.UserMark"/> stands for the user's name.</param>
public sealed record TopicRule(TopicAccess Access, string Filter)
{
    /// <summary>Whether every topic of <paramref name="filter"/>, which may be a single topic, is one of this rule's.</summary>
    public bool Covers(string filter)
    {
        string[] mine = Filter.Split('/');
        string[] asked = filter.Split('/');
        for (int i = 0; i < mine.Length; i++)
        {
            if (mine[i] == "#") return !(i == 0 && asked[0].StartsWith('$'));
            if (i >= asked.Length || asked[i] == "#") return false;
            if (mine[i] == "+" ? i == 0 && asked[i].StartsWith('$') : asked[i] != mine[i]) return false;
        }

        return mine.Length == asked.Length;
    }

    /// <summary>The rule for one user.</summary>
    public TopicRule For(string user) =>
        this with { Filter = Filter.Replace(TopicRights.UserMark, user, StringComparison.Ordinal) };
}
