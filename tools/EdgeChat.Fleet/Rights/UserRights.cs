namespace EdgeChat.Fleet;

/// <summary>What one user may.</summary>
/// <param name="rules">All its rules.</param>
public sealed class UserRights(TopicRule[] rules)
{
    /// <summary>Whether it may publish to a topic.</summary>
    public bool MayWrite(string topic) => May(TopicAccess.Write, topic);

    /// <summary>Whether it may subscribe to a filter.</summary>
    public bool MayRead(string filter) => May(TopicAccess.Read, filter);

    private bool May(TopicAccess access, string filter) => rules.Any(r => r.Access.HasFlag(access) && r.Covers(filter));
}
