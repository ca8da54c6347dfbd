using EdgeChat.Tests.Fleet;

namespace EdgeChat.Tests.Brokers;

/// <summary>What docs/brokers.md tells operators to write, so that it is what is tried.</summary>
internal static class Documentation
{
    private static string Text => File.ReadAllText(Repository.File("docs/brokers.md"));

    /// <summary>The example that has a text in it.</summary>
    public static string Block(string part) =>
        Text.Split("```").Where((_, i) => i % 2 == 1).FirstOrDefault(block => block.Contains(part, StringComparison.Ordinal))
        ?? throw new AssertFailedException("docs/brokers.md has no example with " + part);

    /// <summary>The access list for Mosquitto.</summary>
    public static string MosquittoAcl => Block("pattern write ec1/i/+/%u");

    /// <summary>The section <c>authorization</c> for NATS, for several users.</summary>
    public static string NatsAuthorization(params string[] users)
    {
        string block = Block("$MQTT.sub.>");
        int start = block.IndexOf("{ user:", StringComparison.Ordinal);
        string user = block[start..(block.LastIndexOf("} }", StringComparison.Ordinal) + 3)];
        IEnumerable<string> all =
            users.Select(u => user.Replace("alice", u, StringComparison.Ordinal).Replace("SECRET", "secret", StringComparison.Ordinal));
        return $"authorization {{ users: [ {string.Join(", ", all)} ] }}";
    }
}
