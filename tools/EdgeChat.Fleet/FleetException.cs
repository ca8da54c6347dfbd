namespace EdgeChat.Fleet;

/// <summary>A fleet file or store, or a step of provisioning, cannot be used or done; the message says what, why, and what to do, a line
/// for each fault.</summary>
public sealed class FleetException : Exception
{
    /// <summary>Makes it with a line for people.</summary>
    public FleetException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
