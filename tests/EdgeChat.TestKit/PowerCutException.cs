using System;

namespace EdgeChat.TestKit;

/// <summary>The power went; not a <see cref="EdgeChat.Core.FlashException"/>, because no code lives on to handle it.</summary>
public sealed class PowerCutException : Exception
{
    /// <summary>Makes one.</summary>
    public PowerCutException()
        : base("the power is off")
    {
    }
}
