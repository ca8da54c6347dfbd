namespace EdgeChat.Core;

/// <summary>FNV-1a of 32 bits (Fowler, Noll, Vo), with a NUL behind each part: what tells bodies apart. It protects nothing.</summary>
public static class Fnv1a
{
    /// <summary>What a hash begins with.</summary>
    public const int Basis = unchecked((int)2166136261);

    private const int Prime = 16777619;

    /// <summary>A hash with one part more.</summary>
    public static int Add(int hash, byte[] bytes, int start, int count)
    {
        for (int i = start; i < start + count; i++) hash = (hash ^ bytes[i]) * Prime;
        return hash * Prime;
    }

    /// <summary>A hash with a number more, and no NUL.</summary>
    public static int Add(int hash, int number) { return (hash ^ number) * Prime; }
}
