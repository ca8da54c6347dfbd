namespace EdgeChat.Fuzz.Tests;

/// <summary>A reader of bytes that come from elsewhere.</summary>
/// <param name="Name">What it reads; its corpus has the same name.</param>
/// <param name="Read">Reads; throws for anything that is not in order, also when what was read cannot be written and read again.</param>
/// <param name="Seeds">Inputs that it takes.</param>
/// <param name="Tokens">Words that mean something to it.</param>
/// <param name="Share">What a byte may take, in IL instructions on the board; ten times that is a fault. 0 for what no board runs.</param>
/// <param name="Base">What the shortest may take.</param>
/// <param name="IsDear">Whether an input takes long, so that fewer are tried.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Read, byte[][] Seeds, byte[][] Tokens, int Share = 0, int Base = 10_000,
    bool IsDear = false)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. BodyTargets.All(), .. SealTargets.All(), .. ScreenTargets.All(),
        .. BoardTargets.All(), .. UsbTargets.All(), .. FileTargets.All()];

    /// <summary>What reads it may throw these, and nothing else.</summary>
    public static Action<byte[]> Announcing(Action<byte[]> read, params Type[] faults) => bytes =>
    {
        try
        {
            read(bytes);
        }
        catch (Exception e) when (faults.Contains(e.GetType()))
        {
            // it says what is wrong
        }
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
