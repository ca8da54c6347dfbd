using System.Collections.Concurrent;
using EdgeChat.Core;

namespace EdgeChat.Tool.Demo;

/// <summary>The newest presence of each device, as the broker retains it.</summary>
/// <remarks>A presence with a smaller boot or connection number than one already seen is of an earlier life and ignored. Safe from any
/// thread.</remarks>
public sealed class PresenceBook
{
    /// <summary>The filter for all presence topics.</summary>
    public const string Filter = "ec1/p/+";

    private const string Prefix = "ec1/p/";

    private readonly ConcurrentDictionary<string, Presence> _devices = new();

    /// <summary>A presence has changed; raised on the thread that brought it.</summary>
    public event Action? Changed;

    /// <summary>The presence of a device, or null when none is known.</summary>
    public Presence? Of(string id) => _devices.TryGetValue(id, out var presence) ? presence : null;

    /// <summary>Takes a retained message; those of other topics, and bodies that are no presence, change nothing.</summary>
    public void Take(string topic, byte[] body)
    {
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal))
            return;
        var id = topic[Prefix.Length..];
        if (body.Length == 0)
            _devices.TryRemove(id, out _);
        else if (Read(body) is { } presence)
            _devices.AddOrUpdate(id, presence, (_, old) => presence.IsOlderThan(old) ? old : presence);
        Changed?.Invoke();
    }

    private static Presence? Read(byte[] body)
    {
        var read = new Body();
        return BodyReader.ReadPresence(body, body.Length, read) == BodyError.None
            ? new Presence(read.State, read.Boot, read.Connection, read.WakeAfter)
            : null;
    }
}

/// <summary>What a device says of itself, or the broker of it.</summary>
/// <param name="State"><c>on</c>, <c>off</c>, <c>lost</c>, <c>sleep</c>, or a word of a later version.</param>
/// <param name="Boot">Its boot counter, or -1.</param>
/// <param name="Connection">The connection's number within that boot, or -1.</param>
/// <param name="Wait">Seconds until a sleeping device wakes.</param>
public sealed record Presence(string State, long Boot, long Connection, long Wait)
{
    /// <summary>The state as everything shows it.</summary>
    public string Word => PresenceWords.StateOf(State) is var state and not PresenceState.Unknown ? StateWords.For(state) : State;

    /// <summary>True when <paramref name="other"/> is of a later boot or connection.</summary>
    public bool IsOlderThan(Presence other) => (Boot, Connection).CompareTo((other.Boot, other.Connection)) < 0;
}
