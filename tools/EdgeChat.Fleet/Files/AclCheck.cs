namespace EdgeChat.Fleet;

/// <summary>Looks whether Mosquitto's access list gives boards what the protocol needs, and no more of what is others'
/// (docs/brokers.md).</summary>
internal static class AclCheck
{
    private static readonly (string Access, string Topic)[] Needed =
    [
        ("write", "ec1/i/+/%u"), ("read", "ec1/i/%u/+"), ("write", "ec1/g/+/%u"), ("read", "ec1/g/+/+"), ("read", "ec1/p/%u"),
        ("write", "ec1/p/%u"), ("read", "ec1/p/+"), ("write", "ec1/d/%u"), ("read", "ec1/d/+"), ("read", "ec1/r/+"), ("write", "ec1/x/%u"),
    ];

    public static void Check(YamlSection broker, string path)
    {
        (string Access, string Topic)[] given = [.. File.ReadLines(path).Select(Pattern).Where(p => p.Topic.Length > 0)];
        foreach (var (access, topic) in Needed)
            if (!given.Any(g => g.Topic == topic && (g.Access == access || g.Access == "readwrite")))
                broker.Wrong("acl", $"lacks the line `pattern {access} {topic}`");
        foreach (var (access, topic) in given.Where(g => g.Access != "read" && g.Topic is "#" or "ec1/#" or "ec1/i/#" or "ec1/i/+/+"))
            broker.Wrong("acl", $"has `pattern {access} {topic}`, with which each board may write as any other");
    }

    private static (string Access, string Topic) Pattern(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            ["pattern", "read" or "write" or "readwrite", var topic] => (words[1], topic),
            ["pattern", var topic] => ("readwrite", topic),
            _ => ("", ""),
        };
    }
}
