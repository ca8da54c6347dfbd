namespace EdgeChat.Fleet;

/// <summary>When a broker takes over a limit that was changed in its settings.</summary>
internal enum LimitTime
{
    /// <summary>While it runs, when it reads them again.</summary>
    Running,

    /// <summary>When it starts again; while it runs it passes over it.</summary>
    Start,

    /// <summary>When it starts again; while it runs it refuses to read settings in which it was changed.</summary>
    StartAlone,
}

/// <summary>A limit in a broker's settings that follows the size of the fleet: a line with its name, a value, and nothing else.</summary>
/// <param name="Name">Its name, as it begins the line.</param>
/// <param name="Value">Its value for a fleet.</param>
/// <param name="Time">When it counts.</param>
internal sealed record BrokerLimit(string Name, Func<BrokerLimits, string> Value, LimitTime Time);

/// <summary>What has become of a limit.</summary>
public enum LimitState
{
    /// <summary>It counts: the broker has it, or does not run.</summary>
    Set,

    /// <summary>It counts when the broker starts again.</summary>
    AtStart,

    /// <summary>It stays what it is: somebody has edited it, or taken it out.</summary>
    Kept,
}

/// <summary>A limit that is not what the fleet's size asks for, or was not.</summary>
/// <param name="File">Where it stands, a file of the folder.</param>
/// <param name="Name">Its name.</param>
/// <param name="Was">What it was; null when it does not stand there.</param>
/// <param name="Wanted">What the fleet's size asks for.</param>
/// <param name="Users">For how many users.</param>
/// <param name="State">What has become of it.</param>
public sealed record LimitChange(string File, string Name, string? Was, string Wanted, int Users, LimitState State)
{
    /// <summary>The same for a person.</summary>
    public override string ToString() => State switch
    {
        LimitState.Set => $"{File}: {Name} {Was} -> {Wanted}",
        LimitState.AtStart => $"{File}: {Name} {Was} -> {Wanted}, which counts when the broker starts again; sessions stay",
        _ when Was is null => $"{File}: {Name} is not there, and was not put back; {Users} users take {Wanted}",
        _ => $"{File}: {Name} stays {Was}, which somebody has chosen; {Users} users take {Wanted}",
    };
}
