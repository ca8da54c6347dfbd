using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.Bundle;

/// <summary>A native part that a runtime has for an assembly.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Checksum">What the assembly's `.pe` file must have.</param>
/// <param name="Version">The native part's own version.</param>
public sealed record NativeLibrary(string Name, uint Checksum, PeVersion Version);

/// <summary>A program of an ESP32 as it lies in flash, such as nanoCLR: a header and segments with the addresses that they are seen
/// at.</summary>
/// <remarks>ESP-IDF, <c>esp_app_format.h</c>. The table of native parts is nf-interpreter's <c>CLR_RT_NativeAssemblyData</c>: name,
/// checksum, methods, version.</remarks>
public sealed class EspImage
{
    private const byte Magic = 0xE9;
    private const int HeaderSize = 24;
    private const int ChipIdAt = 12;
    private const int HasHashAt = 23;
    private const int RecordSize = 20;

    private readonly List<(uint Address, ReadOnlyMemory<byte> Bytes)> _segments = [];

    private EspImage(Chip chip) => Chip = chip;

    /// <summary>The chip that it is for.</summary>
    public Chip Chip { get; }

    /// <summary>Reads an image; throws <see cref="BundleException"/> when it is none, or damaged.</summary>
    public static EspImage Read(string source, byte[] bytes)
    {
        if (bytes.Length < HeaderSize || bytes[0] != Magic)
            throw new BundleException($"{source} is no program of an ESP32, which begins with E9: take it from a runtime package again");
        ushort id = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(ChipIdAt));
        var image = new EspImage(Chip.Of(id)
            ?? throw new BundleException($"{source} is for a chip with number {id}, which nanoFramework has no runtime for"));
        int at = HeaderSize;
        for (int i = 0; i < bytes[1]; i++)
        {
            long length = at + 8 <= bytes.Length ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4)) : long.MaxValue;
            if (length > bytes.Length - at - 8)
                throw new BundleException(
                    $"{source} ends in the middle of its segment {i + 1} of {bytes[1]}: take it from the package again");
            image._segments.Add((BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)), bytes.AsMemory(at + 8, (int)length)));
            at += 8 + (int)length;
        }

        if (!image.IsWhole(bytes, at))
            throw new BundleException($"{source} is damaged: its check sum differs; take it from the package again");
        return image;
    }

    /// <summary>The native parts that may be meant by an assembly's name: each record that begins with the address of that name.</summary>
    public IReadOnlyList<NativeLibrary> Natives(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name + "\0");
        var found = new List<NativeLibrary>();
        foreach (uint address in Addresses(text))
            foreach (var (_, bytes) in _segments)
                Records(bytes.Span, address, name, found);
        return found;
    }

    // The check sum is the last byte of a row of 16; a SHA-256 of all before it follows when the header says so.
    private bool IsWhole(byte[] bytes, int end)
    {
        byte sum = 0xEF;
        foreach (var (_, segment) in _segments)
            foreach (byte value in segment.Span) sum ^= value;
        int at = end | 15;
        if (at >= bytes.Length || bytes[at] != sum) return false;
        int hashed = at + 1;
        return bytes[HasHashAt] != 1 || (hashed + SHA256.HashSizeInBytes <= bytes.Length
            && SHA256.HashData(bytes.AsSpan(0, hashed)).AsSpan().SequenceEqual(bytes.AsSpan(hashed, SHA256.HashSizeInBytes)));
    }

    private List<uint> Addresses(byte[] text)
    {
        var addresses = new List<uint>();
        foreach (var (address, bytes) in _segments)
        {
            for (int at = 0, next; (next = bytes.Span[at..].IndexOf(text)) >= 0; at += next + 1)
                addresses.Add(address + (uint)(at + next));
        }

        return addresses;
    }

    private void Records(ReadOnlySpan<byte> bytes, uint address, string name, List<NativeLibrary> found)
    {
        for (int at = 0; at + RecordSize <= bytes.Length; at += 4)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) != address) continue;
            uint methods = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 8)..]);
            if (methods != 0 && !_segments.Any(s => methods >= s.Address && methods - s.Address < s.Bytes.Length)) continue;
            found.Add(new NativeLibrary(
                name, BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]), PeVersion.Read(bytes[(at + 12)..])));
        }
    }
}
