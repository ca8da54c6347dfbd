using System;

namespace EdgeChat.Device;

/// <summary>A configuration file cannot be used; the message names file, key, value, what was expected and what to do.</summary>
public sealed class ConfigException : Exception
{
    /// <summary>Makes the exception with a message for people.</summary>
    public ConfigException(string message)
        : base(message)
    {
    }
}
