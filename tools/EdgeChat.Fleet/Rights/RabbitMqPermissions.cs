using System.Text.RegularExpressions;

namespace EdgeChat.Fleet;

/// <summary>The topic permissions of a user of RabbitMQ: regular expressions over routing keys. A level of a topic is a word of the key:
/// <c>ec1/i/bob/+</c> is <c>ec1.i.bob.*</c>.</summary>
public static class RabbitMqPermissions
{
    /// <summary>The queues and exchanges that a device with the client id <paramref name="user"/> uses: what may be configured, written and
    /// read.</summary>
    public static (string Configure, string Write, string Read) Queues(string user)
    {
        string queue = $"^mqtt-subscription-{Regex.Escape(user)}qos[01]$";
        return (queue, $"{queue}|^amq\\.topic$", $"{queue}|^amq\\.topic$");
    }

    /// <summary>The keys that may be written.</summary>
    public static string Write(TopicRights rights, string user) => Keys(rights, user, TopicAccess.Write);

    /// <summary>The keys that may be bound to a queue.</summary>
    public static string Read(TopicRights rights, string user) => Keys(rights, user, TopicAccess.Read);

    private static string Keys(TopicRights rights, string user, TopicAccess access) =>
        string.Join('|', rights.Of(user).Where(r => r.Access.HasFlag(access)).Select(r => $"^{Key(r.Filter)}$").Distinct());

    // A filter is compared as it is written, so a `*` of the pattern stands for a word and for a `*` of the filter.
    private static string Key(string filter) =>
        string.Join("\\.", filter.Split('/').Select(level => level == "+" ? "[^.#]+" : Regex.Escape(level)));
}
