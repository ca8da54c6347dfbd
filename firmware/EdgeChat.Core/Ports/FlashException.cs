using System;

namespace EdgeChat.Core;

/// <summary>The flash did not take or give what was asked; the message says which file and why.</summary>
public class FlashException : Exception
{
    /// <summary>Makes the exception with a message for people and the platform's own exception.</summary>
    public FlashException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
