namespace EdgeChat.Usb.Wire;

/// <summary>What a board's runtime says of itself.</summary>
/// <param name="Target">Its target, <c>ESP32_REV3</c>.</param>
/// <param name="Platform">Its platform, <c>ESP32</c>.</param>
/// <param name="Version">The version of the runtime.</param>
/// <param name="Info">Who built it and when.</param>
public sealed record BoardInfo(string Target, string Platform, Version Version, string Info);

/// <summary>An assembly of the runtime with native code: the checksum must be the same as in the assembly's <c>.pe</c> file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Checksum">Of its declarations.</param>
/// <param name="Version">Its version.</param>
public sealed record NativeAssembly(string Name, uint Checksum, Version Version);

/// <summary>A partition of the flash.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Usage">What it is for: 0x20 code, 0x30 configuration, 0x50 deployment.</param>
public sealed record FlashRegion(uint Start, uint Length, uint Usage)
{
    /// <summary>The usage of the partition that holds the assemblies.</summary>
    public const uint Deployment = 0x50;

    /// <summary>The usage of the partition that holds files and configuration.</summary>
    public const uint Configuration = 0x30;
}

/// <summary>What a board's program is doing.</summary>
[Flags]
public enum ExecutionState : uint
{
    /// <summary>It has not begun yet.</summary>
    None = 0,

    /// <summary>An assembly's references could not be resolved.</summary>
    ResolutionFailed = 1,

    /// <summary>It runs.</summary>
    Running = 0x400,

    /// <summary>It has ended, or there is none.</summary>
    Exited = 0x800,

    /// <summary>Somebody has asked for something since the start.</summary>
    DebuggerSeen = 0x40000000,

    /// <summary>It is stopped.</summary>
    Stopped = 0x80000000,
}

/// <summary>How a board starts again.</summary>
public enum RebootKind : uint
{
    /// <summary>The whole chip.</summary>
    Chip = 0,

    /// <summary>The runtime and the program.</summary>
    Runtime = 2,
}
