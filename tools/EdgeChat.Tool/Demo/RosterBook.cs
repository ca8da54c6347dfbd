using System.Collections.Concurrent;
using EdgeChat.Core;

namespace EdgeChat.Tool.Demo;

/// <summary>The newest roster of each group that was seen. Safe from any thread.</summary>
/// <param name="others">Where to look for a group whose roster this book has not seen, or null.</param>
public sealed class RosterBook(RosterBook? others = null)
{
    /// <summary>The filter for all roster topics.</summary>
    public const string Filter = "ec1/r/+";

    private const string Prefix = "ec1/r/";

    private readonly ConcurrentDictionary<string, Edit> _groups = new();

    /// <summary>How many groups this book has seen.</summary>
    public int Count => _groups.Count;

    /// <summary>The members of a group, or null when no roster of it was seen.</summary>
    public IReadOnlyCollection<string>? MembersOf(string group) =>
        _groups.TryGetValue(group, out var roster) ? roster.Members : others?.MembersOf(group);

    /// <summary>Takes a message; gives the id of the group whose roster it has changed, or null.</summary>
    public string? Take(string topic, byte[] body)
    {
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal) || Read(body) is not { } roster)
            return null;
        return Take(topic[Prefix.Length..], roster);
    }

    /// <summary>Takes the roster that comes with the key of a sealed group; gives the group's id when that changes it, or null.</summary>
    public string? Take(Body word)
    {
        var read = new Roster();
        if (word.Group is null || word.From == 0 || !GroupKeyText.TryRead(word.Content, read, out var key) || key is null)
            return null;
        others?.Take(word);
        return Take(word.Group, new Edit(word.From, read.By, read.Members.Take(read.Count).ToHashSet()));
    }

    private string? Take(string group, Edit roster)
    {
        // docs/protocol.md, section 11: the higher edit counter wins, of two equal ones that whose editor comes first
        var kept = _groups.AddOrUpdate(group, roster, (_, old) => roster.IsNewerThan(old) ? roster : old);
        return ReferenceEquals(kept, roster) ? group : null;
    }

    private static Edit? Read(byte[] body)
    {
        var read = new Roster();
        return RosterReader.Read(body, body.Length, new Body(), read) == BodyError.None
            ? new Edit(read.Version, read.By, read.Members.Take(read.Count).ToHashSet())
            : null;
    }

    private sealed record Edit(int Version, string By, IReadOnlyCollection<string> Members)
    {
        public bool IsNewerThan(Edit old) =>
            Version != old.Version ? Version > old.Version : string.CompareOrdinal(By, old.By) < 0;
    }
}
