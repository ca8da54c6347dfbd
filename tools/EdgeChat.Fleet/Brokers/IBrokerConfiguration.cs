namespace EdgeChat.Fleet;

/// <summary>How a broker is started.</summary>
/// <param name="Name">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">What it finds in its environment.</param>
public sealed record BrokerProgram(
    string Name, IReadOnlyList<string> Arguments, IReadOnlyList<(string Name, string Value)> Environment)
{
    /// <summary>The node that has to take connections before it is started, if any.</summary>
    public BrokerNode? After { get; init; }

    /// <summary>Whether it is started again when it has ended in order: who lets it read its files ends it.</summary>
    public bool StartsAgain { get; init; }

    /// <summary>The exit code that a defect of its own ends it with, and after which it is started again; null for none.</summary>
    public int? DefectCode { get; init; }

    /// <summary>The program, with its arguments, that ends what it leaves behind; empty when it leaves nothing.</summary>
    public IReadOnlyList<string> Last { get; init; } = [];
}

/// <summary>What is one broker's own of a broker's folder.</summary>
internal interface IBrokerConfiguration
{
    /// <summary>How a node, from 1 on, is started.</summary>
    BrokerProgram Program(BrokerFolder folder, int node);

    /// <summary>Its files, with the users that it knows from the start.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="users">Users with their passwords, or with certificates with the whole names of these.</param>
    IEnumerable<BrokerFile> Files(BrokerFolder folder, IReadOnlyList<(string User, string Password)> users);

    /// <summary>Those of its files that hold rights and nothing else.</summary>
    IEnumerable<BrokerFile> Rules(BrokerFolder folder);

    /// <summary>Has the limits of its settings follow a fleet that has grown; says which were changed, or would have to be.</summary>
    IReadOnlyList<LimitChange> FollowLimits(BrokerFolder folder);

    /// <summary>Takes away users that are none any more, and lets the broker, if it runs, read the rights again.</summary>
    Task UpdateAsync(BrokerFolder folder, CancellationToken stop);

    /// <summary>The process of a node, from 1 on, or without one that of each of its nodes that run here.</summary>
    BrokerProcess Process(BrokerFolder folder, int? node = null);

    /// <summary>Where passwords are set.</summary>
    ICredentials Credentials(BrokerFolder folder);

    /// <summary>What stands below <c>broker:</c> in the fleet's file, for passwords.</summary>
    string FleetLines(BrokerFolder folder);
}
