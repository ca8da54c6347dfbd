using System;

namespace EdgeChat.Core.Tests;

/// <summary>The power went; not a <see cref="FlashException"/>, because no code lives on to handle it.</summary>
internal sealed class PowerCutException : Exception
{
    public PowerCutException()
        : base("the power is off")
    {
    }
}
