namespace EdgeChat.Bundle;

/// <summary>Strings that every runtime has itself, so that a `.pe` file only has their number.</summary>
internal static class PeStrings
{
    // Of the 860 strings of the runtime the last has this number; those before it are offsets into the assembly's own table.
    private const ushort First = 0xFCA3;

    /// <summary>The runtime's string with this number, or null when the number is an offset into the assembly's own strings.</summary>
    /// <remarks>Only the names that assemblies have are spelled here; any other can be compared, which is all that is needed.</remarks>
    public static string? Fixed(ushort id) => id < First ? null : id switch
    {
        0xFCD2 => "mscorlib",
        0xFE28 => "System.Threading",
        0xFE29 => "System.Text",
        0xFE2E => "System.Resources",
        0xFE2F => "System.Reflection",
        0xFE30 => "System.IO",
        0xFE32 => "System.Globalization",
        0xFE33 => "System.Diagnostics",
        0xFE3F => "System.Collections",
        0xFE40 => "System",
        _ => $"string {id:X4} of the runtime",
    };
}
