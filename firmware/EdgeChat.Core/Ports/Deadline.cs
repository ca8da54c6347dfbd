namespace EdgeChat.Core;

/// <summary>When the host must call next, in milliseconds since boot.</summary>
public static class Deadline
{
    /// <summary>Nothing is due.</summary>
    public const long Never = long.MaxValue;
}
