namespace EdgeChat.Core;

/// <summary>Random numbers for back-off, handed to the core; not for keys.</summary>
public interface IRandomSource
{
    /// <summary>A number from 0 to <paramref name="bound"/> - 1; <paramref name="bound"/> is at least 1.</summary>
    int Next(int bound);
}
