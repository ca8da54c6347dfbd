namespace EdgeChat.Fleet;

/// <summary>The permissions of a user of NATS. A level of a topic is a token of a subject: <c>ec1/i/bob/+</c> is
/// <c>ec1.i.bob.*</c>.</summary>
public static class NatsPermissions
{
    // what deliveries with QoS 1 come by: without it NATS refuses every such subscription, and it lets no MQTT client subscribe to it
    private const string Deliveries = "$MQTT.sub.>";

    /// <summary>The value of <c>permissions</c>, in one line.</summary>
    public static string Write(TopicRights rights, string user)
    {
        TopicRule[] rules = [.. rights.Of(user)];
        IEnumerable<string> Of(TopicAccess access) => rules.Where(r => r.Access.HasFlag(access)).Select(r => Subject(r.Filter)).Distinct();
        return $"{{ publish: [{List(Of(TopicAccess.Write))}], subscribe: [{List(Of(TopicAccess.Read).Append(Deliveries))}] }}";
    }

    private static string List(IEnumerable<string> subjects) => string.Join(", ", subjects.Select(s => $"\"{s}\""));

    private static string Subject(string filter) =>
        filter.Replace('/', '.').Replace('+', '*').Replace("#", ">", StringComparison.Ordinal);
}
