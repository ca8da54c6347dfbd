using System.IO.Compression;

namespace EdgeChat.Bundle;

/// <summary>Reads and writes the files in a zip.</summary>
internal static class ZipParts
{
    // zip knows no time before it; always the same, so that a bundle of the same parts is the same
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The content of an entry, never more than the entry says that it has.</summary>
    public static byte[] Read(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        if (stream.ReadByte() >= 0) throw new InvalidDataException($"{entry.FullName} is longer than it says");
        return bytes;
    }

    /// <summary>Adds a file.</summary>
    public static void Write(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Epoch;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }
}
