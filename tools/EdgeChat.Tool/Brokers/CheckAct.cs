using EdgeChat.Fleet;

namespace EdgeChat.Tool.Brokers;

/// <summary>Something that is tried at a broker.</summary>
/// <param name="Name">Its name, of words with hyphens.</param>
/// <param name="Text">What it is.</param>
/// <param name="IsForbidden">Whether the broker must refuse it.</param>
/// <param name="GoesThroughAsync">Tries it, and tells whether it had its effect.</param>
/// <param name="Limit">What it means that a broker cannot refuse it, and which brokers those are; null when all can.</param>
/// <param name="For">The way of authentication that it is about; null for both.</param>
internal sealed record CheckAct(
    string Name, string Text, bool IsForbidden, Func<CheckRoom, CancellationToken, Task<bool>> GoesThroughAsync,
    (string Text, BrokerKind[] Kinds)? Limit = null, BrokerAuthentication? For = null)
{
    /// <summary>Why the rights themselves permit what is forbidden; gives null when they do not.</summary>
    public Func<TopicRights, string?>? Given { get; init; }
}

/// <summary>How it went.</summary>
internal enum CheckState
{
    /// <summary>As it must.</summary>
    Well,

    /// <summary>This broker cannot do better; what that means is told.</summary>
    Limit,

    /// <summary>Not as it must.</summary>
    Wrong,
}

/// <summary>What was found.</summary>
/// <param name="Name">The act's name, or that of a property of the broker's TLS.</param>
/// <param name="State">How it went.</param>
/// <param name="Text">In words.</param>
internal sealed record CheckFinding(string Name, CheckState State, string Text);
