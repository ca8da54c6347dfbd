namespace EdgeChat.Budgets.Tests;

/// <summary>What something costs the board.</summary>
internal readonly record struct Cost(long Instructions, long LongestTurn, int Allocations, int Reads, int Writes)
{
    /// <summary>The most of each.</summary>
    public Cost Or(Cost other) => new(
        Math.Max(Instructions, other.Instructions), Math.Max(LongestTurn, other.LongestTurn), Math.Max(Allocations, other.Allocations),
        Math.Max(Reads, other.Reads), Math.Max(Writes, other.Writes));
}
