using System.Buffers.Binary;
using System.Globalization;

namespace EdgeChat.Bundle;

/// <summary>The version of an assembly, as a `.pe` file has it.</summary>
public readonly record struct PeVersion(ushort Major, ushort Minor, ushort Build, ushort Revision)
{
    /// <summary>Bytes that it takes.</summary>
    public const int Size = 8;

    /// <summary>Reads four little-endian numbers.</summary>
    public static PeVersion Read(ReadOnlySpan<byte> at) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(at), BinaryPrimitives.ReadUInt16LittleEndian(at[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(at[4..]), BinaryPrimitives.ReadUInt16LittleEndian(at[6..]));

    /// <summary>Whether a reference to this version takes an assembly of <paramref name="other"/>: nanoCLR compares the first two
    /// numbers.</summary>
    public bool Takes(PeVersion other) => Major == other.Major && Minor == other.Minor;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Build}.{Revision}");
}

/// <summary>Another assembly that a `.pe` file needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that it was built against.</param>
public sealed record PeReference(string Name, PeVersion Version);
