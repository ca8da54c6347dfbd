using System.Buffers.Binary;
using System.Text;
using EdgeChat.Bundle;

namespace EdgeChat.ImageKit;

/// <summary>Writes `.pe` files whose headers and tables are valid, and whose code is nothing that could run.</summary>
public sealed class PeWriter
{
    private const ushort Mscorlib = 0xFCD2;
    private const int MethodSize = 16;

    private readonly MemoryStream _strings = new();

    /// <summary>Makes a writer for an assembly.</summary>
    public PeWriter(string name, string version = "1.0.0.0")
    {
        Name = name;
        Version = version;
        _strings.WriteByte(0);
    }

    /// <summary>The assembly's name.</summary>
    public string Name { get; }

    /// <summary>The assembly's version.</summary>
    public string Version { get; }

    /// <summary>The checksum of its native part; 0 for none.</summary>
    public uint Native { get; init; }

    /// <summary>Whether its first method is a program's entry point.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Methods that it has.</summary>
    public int Methods { get; init; } = 1;

    /// <summary>Bytes of code.</summary>
    public int CodeBytes { get; init; } = 8;

    /// <summary>What it needs: name and version.</summary>
    public IReadOnlyList<(string Name, string Version)> References { get; init; } = [("mscorlib", "1.17.11.0")];

    /// <summary>The file.</summary>
    public byte[] Write()
    {
        ushort name = StringId(Name);
        var tables = new byte[PeFile.TableCount][];
        for (int i = 0; i < tables.Length; i++) tables[i] = [];
        tables[0] = [.. References.SelectMany(r => (byte[])[.. U16(StringId(r.Name)), 0, 0, .. VersionBytes(r.Version)])];
        tables[6] = new byte[MethodSize * Methods];
        if (IsProgram) BinaryPrimitives.WriteUInt32LittleEndian(tables[6].AsSpan(4), PeFile.EntryPoint);
        tables[11] = _strings.ToArray();
        tables[13] = [.. Enumerable.Range(0, CodeBytes).Select(i => (byte)(i * 7))];

        var file = new MemoryStream();
        file.Write(new byte[PeFile.HeaderSize]);
        var starts = new List<int>();
        var padding = new byte[16];
        for (int i = 0; i < tables.Length; i++)
        {
            starts.Add((int)file.Length);
            file.Write(tables[i]);
            padding[i] = (byte)(-tables[i].Length & 3);
            file.Write(new byte[padding[i]]);
        }

        starts.Add((int)file.Length);
        byte[] bytes = file.ToArray();
        "NFMRK1\0\0"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x14), Native);
        bytes.AsSpan(0x18, 4).Fill(0xFF);
        VersionBytes(Version).CopyTo(bytes, 0x1C);
        U16(name).CopyTo(bytes, 0x24);
        bytes[0x26] = 1;
        for (int i = 0; i < starts.Count; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x28 + 4 * i), starts[i]);
        padding.CopyTo(bytes, 0x6C);
        Seal(bytes);
        return bytes;
    }

    /// <summary>Puts both CRCs right after a change.</summary>
    public static void Seal(byte[] bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0xC), Crc32.Of(bytes.AsSpan(PeFile.HeaderSize)));
        bytes.AsSpan(8, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc32.Of(bytes.AsSpan(0, PeFile.HeaderSize)));
    }

    private ushort StringId(string text)
    {
        if (text == "mscorlib") return Mscorlib;
        var id = (ushort)_strings.Length;
        _strings.Write(Encoding.UTF8.GetBytes(text));
        _strings.WriteByte(0);
        return id;
    }

    private static byte[] VersionBytes(string version) => [.. version.Split('.').SelectMany(part => U16(ushort.Parse(part)))];

    private static byte[] U16(ushort value) => [(byte)value, (byte)(value >> 8)];
}
