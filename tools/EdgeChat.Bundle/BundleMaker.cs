using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeChat.Bundle;

/// <summary>Makes a bundle: one file with all that a board is flashed with, checked before it is written.</summary>
public static class BundleMaker
{
    /// <summary>Checks that the parts run together; throws <see cref="BundleException"/> with every fault, one a line.</summary>
    /// <param name="board">The board file, JSON.</param>
    /// <param name="runtime">The runtime.</param>
    /// <param name="deployment">The assemblies.</param>
    /// <param name="flashMegabytes">The board's flash.</param>
    /// <param name="natives">What the runtime has of native code, when somebody has asked it; null to read it out of its image.</param>
    public static BundleContent Check(
        byte[] board, RuntimePackage runtime, Deployment deployment, int flashMegabytes,
        IReadOnlyDictionary<string, NativeLibrary>? natives = null)
    {
        (string name, string target) = ReadBoard(board);
        var faults = new List<string>();
        if (target != runtime.Target)
            faults.Add($"board {name} is for target {target}, and {runtime.Source} is for {runtime.Target}: take the package of {target}");
        faults.AddRange(natives is null
            ? deployment.NativeFaults(runtime.Image.Natives)
            : deployment.NativeFaults(n => natives.TryGetValue(n, out NativeLibrary? native) ? [native] : []));
        Partition room = runtime.Partitions.Deployment;
        if (deployment.Size > room.Size)
            faults.Add($"the assemblies have {deployment.Size} bytes, and the partition {room.Label} has {room.Size}: "
                + $"build Release, or take boards with more than {flashMegabytes} MiB");
        if (faults.Count > 0) throw new BundleException(string.Join('\n', faults));

        byte[] region = deployment.Image();
        Chip chip = runtime.Image.Chip;
        return new BundleContent(
            new BundleManifest
            {
                Board = name,
                Target = target,
                Chip = chip.Name,
                FlashMegabytes = flashMegabytes,
                RuntimeVersion = runtime.Version,
                Firmware = deployment.Program.ToString(),
                DeploymentRoom = room.Size,
                Parts =
                [
                    Part(PartKind.BootLoader, "bootloader.bin", chip.BootLoader, runtime.BootLoader),
                    Part(PartKind.Partitions, "partitions.bin", Chip.PartitionTable, runtime.Table),
                    Part(PartKind.Runtime, "nanoCLR.bin", runtime.Partitions.Runtime.Address, runtime.NanoClr),
                    Part(PartKind.Deployment, "deployment.bin", room.Address, region),
                    Part(PartKind.Board, "board.json", null, board),
                ],
                Assemblies = [.. deployment.Assemblies.Select(Assembly)],
            },
            new Dictionary<string, byte[]>
            {
                ["bootloader.bin"] = runtime.BootLoader,
                ["partitions.bin"] = runtime.Table,
                ["nanoCLR.bin"] = runtime.NanoClr,
                ["deployment.bin"] = region,
                ["board.json"] = board,
            });
    }

    /// <summary>Writes the bundle; the file is there whole, or as it was before. Throws <see cref="BundleException"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What <see cref="Check"/> has made.</param>
    /// <param name="key">The private key to sign with, or null for a bundle without signature.</param>
    public static void Write(string path, BundleContent content, ECDsa? key)
    {
        byte[] manifest = content.Manifest.Write();
        string partial = path + ".new";
        try
        {
            using (var zip = new ZipArchive(File.Create(partial), ZipArchiveMode.Create))
            {
                ZipParts.Write(zip, BundleFile.ManifestName, manifest);
                if (key is not null) ZipParts.Write(zip, BundleFile.SignatureName, BundleSignature.Sign(manifest, key).Write());
                foreach (BundlePart part in content.Manifest.Parts) ZipParts.Write(zip, part.File, content.Files[part.File]);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FileFault.Drop(partial);
            throw new BundleException($"{path}: cannot be written ({FileFault.Of(e)})", e);
        }
    }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What the manifest says of an assembly.</summary>
    internal static BundleAssembly Assembly(PeFile file) => new(
        file.Name, file.Version.ToString(), file.Bytes.Length, file.NativeChecksum == 0 ? null : file.NativeChecksum.ToString("X8"),
        Hash(file.Bytes.Span));

    private static BundlePart Part(PartKind kind, string file, int? address, byte[] bytes) =>
        new(kind, file, address, bytes.Length, Hash(bytes));

    private static (string Name, string Target) ReadBoard(byte[] board)
    {
        try
        {
            using var json = JsonDocument.Parse(board);
            return (json.RootElement.GetProperty("name").GetString()!, json.RootElement.GetProperty("target").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BundleException("the board file is no JSON object with \"name\" and \"target\": take one of hardware/boards", e);
        }
    }
}

/// <summary>What goes into a bundle.</summary>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="Files">Its parts by name.</param>
public sealed record BundleContent(BundleManifest Manifest, IReadOnlyDictionary<string, byte[]> Files);
