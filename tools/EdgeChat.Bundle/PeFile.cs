using System.Buffers.Binary;
using System.Text;

namespace EdgeChat.Bundle;

/// <summary>An assembly as nanoFramework's metadata processor writes it: its header, and what of its tables tells whether it will
/// run.</summary>
/// <remarks>nf-interpreter (2026-07), <c>CLR_RECORD_ASSEMBLY</c> and the records behind it in <c>nanoCLR_Types.h</c>.</remarks>
public sealed class PeFile
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderSize = 124;

    /// <summary>Tables of an assembly; the last start is its end.</summary>
    public const int TableCount = 15;

    /// <summary>The mark of the method that a program begins with.</summary>
    public const uint EntryPoint = 0x0800_0000;

    private const int TablesAt = 0x28;
    private const int PaddingAt = 0x6C;
    private const int ReferenceTable = 0;
    private const int TypeTable = 4;
    private const int MethodTable = 6;
    private const int StringTable = 11;
    private const int ReferenceSize = 12;
    private const int TypeSize = 24;
    private const int MethodSize = 16;

    private static readonly string[] TableNames =
    [
        "AssemblyRef", "TypeRef", "FieldRef", "MethodRef", "TypeDef", "FieldDef", "MethodDef", "Attributes", "TypeSpec", "Resources",
        "ResourcesData", "Strings", "Signatures", "ByteCode", "ResourcesFiles",
    ];

    private readonly byte[] _bytes;

    private PeFile(string source, byte[] bytes)
    {
        Source = source;
        _bytes = bytes;
    }

    /// <summary>What it was read from, for messages.</summary>
    public string Source { get; }

    /// <summary>The assembly's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The assembly's version.</summary>
    public PeVersion Version { get; private set; }

    /// <summary>What a runtime's native part of this assembly must have as checksum; 0 when it has none.</summary>
    public uint NativeChecksum { get; private set; }

    /// <summary>The assemblies that it needs.</summary>
    public IReadOnlyList<PeReference> References { get; private set; } = [];

    /// <summary>How many methods a program could begin with: 1 for a program, 0 for a library.</summary>
    public int EntryPoints { get; private set; }

    /// <summary>Types that it defines.</summary>
    public int Types => Table(TypeTable).Length / TypeSize;

    /// <summary>Methods that it defines.</summary>
    public int Methods => Table(MethodTable).Length / MethodSize;

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The tables by name, with the bytes of each.</summary>
    public IEnumerable<(string Name, int Bytes)> Tables => TableNames.Select((name, i) => (name, Table(i).Length));

    /// <summary>Reads <paramref name="path"/>; throws <see cref="BundleException"/> for a file that cannot be read or is not
    /// whole.</summary>
    public static PeFile Load(string path)
    {
        try
        {
            return Read(Path.GetFileName(path), SmallFile.Bytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>Reads an assembly whose file is <paramref name="bytes"/>; throws <see cref="BundleException"/> when it is not
    /// whole.</summary>
    public static PeFile Read(string source, byte[] bytes)
    {
        var file = new PeFile(source, bytes);
        file.CheckHeader();
        file.Name = file.String(file.U16(0x24));
        if (file.Name.Length == 0) throw file.Wrong("has no assembly name");
        file.Version = PeVersion.Read(bytes.AsSpan(0x1C));
        file.NativeChecksum = file.U32(0x14);
        file.References = file.ReadReferences();
        file.EntryPoints = file.CountEntryPoints();
        return file;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";

    private void CheckHeader()
    {
        if (_bytes.Length < HeaderSize) throw Wrong($"has {_bytes.Length} bytes, and the header alone has {HeaderSize}");
        if (!_bytes.AsSpan(0, 8).SequenceEqual("NFMRK1\0\0"u8))
            throw Wrong("does not begin with NFMRK1; a .pe file comes from nanoFramework's build, beside the .dll");
        var header = _bytes.AsSpan(0, HeaderSize).ToArray();
        header.AsSpan(8, 4).Clear();
        uint crc = Crc32.Of(header);
        if (crc != U32(8)) throw Wrong($"has a header whose CRC is {crc:X8} and should be {U32(8):X8}");
        if (U16(0x26) != 1) throw Wrong($"has string table version {U16(0x26)}, and nanoCLR 1.x knows 1 only");
        uint end = U32(TablesAt + 4 * TableCount);
        if (end != _bytes.Length) throw Wrong($"has {_bytes.Length} bytes and should have {end}");
        crc = Crc32.Of(_bytes.AsSpan(HeaderSize));
        if (crc != U32(0xC)) throw Wrong($"has a body whose CRC is {crc:X8} and should be {U32(0xC):X8}");
        uint last = HeaderSize;
        for (int i = 0; i < TableCount; i++)
        {
            uint start = U32(TablesAt + 4 * i);
            uint next = U32(TablesAt + 4 * (i + 1));
            if (start < last || next < start || next > end || _bytes[PaddingAt + i] > next - start)
                throw Wrong($"has its table {TableNames[i]} outside of the file");
            last = start;
        }
    }

    private List<PeReference> ReadReferences()
    {
        var references = new List<PeReference>();
        for (var left = Table(ReferenceTable); left.Length >= ReferenceSize; left = left[ReferenceSize..])
            references.Add(new PeReference(String(BinaryPrimitives.ReadUInt16LittleEndian(left)), PeVersion.Read(left[4..])));
        return references;
    }

    private int CountEntryPoints()
    {
        int count = 0;
        for (var left = Table(MethodTable); left.Length >= MethodSize; left = left[MethodSize..])
            if ((BinaryPrimitives.ReadUInt32LittleEndian(left[4..]) & EntryPoint) != 0) count++;
        return count;
    }

    private string String(ushort id)
    {
        if (PeStrings.Fixed(id) is { } known) return known;
        var strings = Table(StringTable);
        if (id >= strings.Length) throw Wrong($"names string {id:X4}, and its table of strings has {strings.Length} bytes");
        strings = strings[id..];
        int length = strings.IndexOf((byte)0);
        if (length < 0) throw Wrong($"has a string without an end at {id:X4}");
        return Encoding.UTF8.GetString(strings[..length]);
    }

    private ReadOnlySpan<byte> Table(int index)
    {
        int start = (int)U32(TablesAt + 4 * index);
        int end = (int)U32(TablesAt + 4 * (index + 1)) - _bytes[PaddingAt + index];
        return _bytes.AsSpan(start, end - start);
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    private BundleException Wrong(string what) => new($"{Source} {what}: build it again");
}
