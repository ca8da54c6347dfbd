namespace EdgeChat.Bundle;

/// <summary>A bundle, or something that a bundle is made of, cannot be used; the message says what, why, and what to do.</summary>
public sealed class BundleException : Exception
{
    /// <summary>Makes it with a line for people.</summary>
    public BundleException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
