using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.ImageKit;

/// <summary>Writes a runtime package as nanoFramework's archive has it: images with valid headers, a table of native parts and a partition
/// table; the code in them is noise.</summary>
public sealed class RuntimeWriter
{
    private const uint FlashAddress = 0x3F40_0020; // where an ESP32 sees constants

    /// <summary>The number of the chip.</summary>
    public ushort Chip { get; init; }

    /// <summary>The target.</summary>
    public string Target { get; init; } = "ESP32_REV3";

    /// <summary>The version.</summary>
    public string Version { get; init; } = "1.17.0.10";

    /// <summary>Bytes of the deployment partition.</summary>
    public int DeploymentSize { get; init; } = 0x1C0000;

    /// <summary>Bytes of noise in nanoCLR.</summary>
    public int CodeBytes { get; init; } = 4096;

    /// <summary>The native parts: name and checksum.</summary>
    public IReadOnlyList<(string Name, uint Checksum)> Natives { get; init; } = [("mscorlib", 0x1549C856)];

    /// <summary>nanoCLR with its native parts.</summary>
    public byte[] NanoClr()
    {
        var constants = new MemoryStream();
        constants.Write("nanoCLR\0"u8);
        var names = new List<uint>();
        foreach (var (name, _) in Natives)
        {
            names.Add(FlashAddress + (uint)constants.Length);
            constants.Write(Encoding.UTF8.GetBytes(name + "\0"));
        }

        constants.Write(new byte[-constants.Length & 3]);
        for (int i = 0; i < names.Count; i++)
        {
            var record = new byte[20];
            BinaryPrimitives.WriteUInt32LittleEndian(record, names[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), Natives[i].Checksum);
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), FlashAddress);
            record[12] = 100;
            constants.Write(record);
        }

        var noise = new byte[CodeBytes];
        new Random(1).NextBytes(noise);
        return Image((FlashAddress, constants.ToArray()), (0x400D_0020, noise));
    }

    /// <summary>A boot loader.</summary>
    public byte[] BootLoader() => Image((0x4008_0000, new byte[1024]));

    /// <summary>The partition table.</summary>
    public byte[] Table()
    {
        int runtime = Chip == 0 ? 0x1D0000 : 0x1A0000;
        var table = new byte[0xC00];
        table.AsSpan().Fill(0xFF);
        int at = 0;
        foreach (var (label, type, subType, address, size) in new (string, byte, byte, int, int)[]
        {
            ("nvs", 1, 2, 0x9000, 0x6000), ("phy_init", 1, 1, 0xF000, 0x1000), ("factory", 0, 0, 0x10000, runtime),
            ("deploy", 1, 0x84, 0x10000 + runtime, DeploymentSize), ("config", 1, 0x83, 0x3C0000, 0x40000),
        })
        {
            Span<byte> entry = table.AsSpan(at, 32);
            entry.Clear();
            entry[0] = 0xAA;
            entry[1] = 0x50;
            entry[2] = type;
            entry[3] = subType;
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], address);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], size);
            Encoding.ASCII.GetBytes(label, entry[12..]);
            at += 32;
        }

        table[at] = table[at + 1] = 0xEB;
        MD5.HashData(table.AsSpan(0, at), table.AsSpan(at + 16));
        return table;
    }

    /// <summary>Writes the package as a zip into <paramref name="folder"/> and returns its path.</summary>
    public string WriteZip(string folder)
    {
        string path = Path.Combine(folder, $"{Target}-{Version}.zip");
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, bytes) in new[] { ("bootloader.bin", BootLoader()), ("nanoCLR.bin", NanoClr()),
            ("partitions_4mb.bin", Table()) })
        {
            using Stream file = zip.CreateEntry(name).Open();
            file.Write(bytes);
        }

        return path;
    }

    private byte[] Image(params (uint Address, byte[] Bytes)[] segments)
    {
        var image = new MemoryStream();
        var header = new byte[24];
        header[0] = 0xE9;
        header[1] = (byte)segments.Length;
        header[2] = 2;
        header[12] = (byte)Chip;
        header[23] = 1; // a SHA-256 follows
        image.Write(header);
        byte sum = 0xEF;
        foreach (var (address, bytes) in segments)
        {
            var head = new byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(head, address);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), bytes.Length);
            image.Write(head);
            image.Write(bytes);
            foreach (byte value in bytes) sum ^= value;
        }

        // the check sum is the last byte of a row of 16
        image.Write(new byte[(int)image.Length & 15 ^ 15]);
        image.WriteByte(sum);
        image.Write(SHA256.HashData(image.ToArray()));
        return image.ToArray();
    }
}
