using System.IO.Compression;
using System.Text.RegularExpressions;

namespace EdgeChat.Bundle;

/// <summary>A runtime of nanoFramework for a target, as the archive of nanoff holds it: <c>NAME-VERSION.zip</c>, or a folder with what is
/// in it.</summary>
public sealed partial class RuntimePackage
{
    private const long MostBytes = 16 << 20; // the largest flash that a table knows a partition for

    private RuntimePackage(string source, string target, string version)
    {
        Source = source;
        Target = target;
        Version = version;
    }

    /// <summary>What it was read from, for messages.</summary>
    public string Source { get; }

    /// <summary>The target, such as <c>ESP32_REV3</c>.</summary>
    public string Target { get; }

    /// <summary>The version of the runtime, such as <c>1.17.0.10</c>.</summary>
    public string Version { get; }

    /// <summary>The boot loader.</summary>
    public byte[] BootLoader { get; private set; } = [];

    /// <summary>The partition table.</summary>
    public byte[] Table { get; private set; } = [];

    /// <summary>The runtime itself.</summary>
    public byte[] NanoClr { get; private set; } = [];

    /// <summary>What <see cref="Table"/> says.</summary>
    public PartitionTable Partitions { get; private set; } = null!;

    /// <summary>What <see cref="NanoClr"/> is for and has.</summary>
    public EspImage Image { get; private set; } = null!;

    /// <summary>Reads a package for boards with <paramref name="flashMegabytes"/> of flash; throws <see cref="BundleException"/> when
    /// something is missing or does not fit.</summary>
    public static RuntimePackage Load(string path, int flashMegabytes)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        Match parts = PackageName().Match(name);
        if (!parts.Success)
            throw new BundleException(
                $"{path}: a runtime package is called TARGET-VERSION.zip, such as ESP32_REV3-1.17.0.10.zip, or a folder of that name: "
                + "fetch it with `nanoff --target TARGET --archivepath runtimes --updatearchive`");
        var package = new RuntimePackage(path, parts.Groups["target"].Value, parts.Groups["version"].Value);
        string table = $"partitions_{flashMegabytes}mb.bin";
        try
        {
            Func<string, byte[]> read = Directory.Exists(path) ? file => FromFolder(path, file) : FromZip(path);
            package.BootLoader = read("bootloader.bin");
            package.NanoClr = read("nanoCLR.bin");
            package.Table = read(table);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BundleException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); fetch the package again", e);
        }

        package.Image = EspImage.Read($"{path}: nanoCLR.bin", package.NanoClr);
        EspImage loader = EspImage.Read($"{path}: bootloader.bin", package.BootLoader);
        if (loader.Chip != package.Image.Chip)
            throw new BundleException($"{path}: bootloader.bin is for {loader.Chip.Name} and nanoCLR.bin for {package.Image.Chip.Name}");
        package.Partitions = PartitionTable.Read($"{path}: {table}", package.Table);
        package.CheckSizes();
        return package;
    }

    private void CheckSizes()
    {
        int room = Chip.PartitionTable - Image.Chip.BootLoader;
        if (BootLoader.Length > room)
            throw new BundleException($"{Source}: bootloader.bin has {BootLoader.Length} bytes and room for {room}");
        if (NanoClr.Length > Partitions.Runtime.Size)
            throw new BundleException($"{Source}: nanoCLR.bin has {NanoClr.Length} bytes and its partition {Partitions.Runtime.Size}");
    }

    private static byte[] FromFolder(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllBytes(path) : throw Missing(folder, file);
    }

    private static Func<string, byte[]> FromZip(string path)
    {
        if (!File.Exists(path)) throw new BundleException($"{path}: there is no such runtime package");
        using ZipArchive zip = ZipFile.OpenRead(path);
        var files = zip.Entries.Where(e => e.Name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) && e.Length <= MostBytes)
            .GroupBy(e => e.Name).ToDictionary(g => g.Key, g => ZipParts.Read(g.First()));
        return file => files.TryGetValue(file, out byte[]? bytes) ? bytes : throw Missing(path, file);
    }

    private static BundleException Missing(string path, string file) =>
        new($"{path} has no {file}: is it the package of the right target, and the size of the flash right?");

    [GeneratedRegex(@"^(?<target>[A-Za-z0-9_.]+)-(?<version>\d+\.\d+\.\d+\.\d+)(-preview)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PackageName();
}
