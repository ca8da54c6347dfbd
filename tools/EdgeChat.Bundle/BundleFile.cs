using System.IO.Compression;
using System.Security.Cryptography;

namespace EdgeChat.Bundle;

/// <summary>A bundle that was read and found whole.</summary>
public sealed class BundleFile
{
    /// <summary>The manifest in the zip.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>The signature in the zip.</summary>
    public const string SignatureName = "manifest.sig";

    private const long MostBytes = 32 << 20; // as much as any flash
    private const int MostEntries = 16;

    private readonly Dictionary<string, byte[]> _files;

    private BundleFile(string source, BundleManifest manifest, string? signer, Dictionary<string, byte[]> files)
    {
        Source = source;
        Manifest = manifest;
        Signer = signer;
        _files = files;
    }

    /// <summary>What it was read from.</summary>
    public string Source { get; }

    /// <summary>What it holds.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The fingerprint of the key that has signed it; null for none.</summary>
    public string? Signer { get; }

    /// <summary>A part and its bytes.</summary>
    public byte[] Bytes(BundlePart part) => _files[part.File];

    /// <summary>The bytes of the only part of a kind.</summary>
    public byte[] Bytes(PartKind kind) => _files[Part(kind).File];

    /// <summary>The only part of a kind.</summary>
    public BundlePart Part(PartKind kind) => Manifest.Parts.First(p => p.Kind == kind);

    /// <summary>What the board will not do although its file asks for it, each with its cure.</summary>
    public IReadOnlyList<string> Remarks => BoardRemarks.Of(Bytes(PartKind.Board), Chip.Of(Manifest.Chip)!);

    /// <summary>Reads a bundle and checks all of it: hashes, signature, addresses, partition table, assemblies and native code. Throws
    /// <see cref="BundleException"/> with the first fault.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trusted">The key that must have signed it; null when any may, or none.</param>
    public static BundleFile Load(string path, ECDsa? trusted = null)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(path, file, trusted);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BundleException($"{path}: there is no such file; `edgechat bundle make` makes a bundle, and a release has them", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The same of a bundle's bytes.</summary>
    /// <param name="path">What they are, for messages.</param>
    /// <param name="bytes">The bytes, which can be read at any place.</param>
    /// <param name="trusted">The key that must have signed it; null when any may, or none.</param>
    public static BundleFile Read(string path, Stream bytes, ECDsa? trusted = null)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(bytes, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostEntries || zip.Entries.Sum(e => e.Length) > MostBytes)
                throw new BundleException($"{path} is no bundle: it is larger than any flash");
            foreach (ZipArchiveEntry entry in zip.Entries)
                if (!files.TryAdd(entry.FullName, ZipParts.Read(entry)))
                    throw new BundleException($"{path} has {entry.FullName} twice: take the bundle from its release again");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Unreadable(path, e);
        }

        if (!files.Remove(ManifestName, out byte[]? manifest))
            throw new BundleException($"{path} has no {ManifestName}: it is no bundle of `edgechat bundle make`");
        string? signer = null;
        if (files.Remove(SignatureName, out byte[]? signature))
            signer = BundleSignature.Read(path, signature).Check(path, manifest, trusted);
        else if (trusted is not null)
            throw new BundleException($"{path} is not signed, and you trust {SigningKey.Fingerprint(trusted)} only: do not flash it");
        var bundle = new BundleFile(path, BundleManifest.Read(path, manifest), signer, files);
        bundle.CheckParts();
        bundle.CheckImages();
        return bundle;
    }

    private void CheckParts()
    {
        foreach (PartKind kind in Enum.GetValues<PartKind>())
            if (Manifest.Parts.Count(p => p.Kind == kind) != 1) throw Wrong($"its manifest must name one part {kind}");
        foreach (BundlePart part in Manifest.Parts)
        {
            if (!_files.TryGetValue(part.File, out byte[]? bytes)) throw Wrong($"{part.File} is missing");
            if (bytes.Length != part.Size
                || BundleMaker.Hash(bytes) != part.Sha256) throw Wrong($"{part.File} is not what the manifest says");
        }

        if (_files.Keys.FirstOrDefault(f => Manifest.Parts.All(p => p.File != f)) is { } extra)
            throw Wrong($"{extra} is in it, and the manifest does not name it");
    }

    // A manifest may say anything, signed or not; what is flashed must fit together all the same.
    private void CheckImages()
    {
        EspImage runtime = EspImage.Read($"{Source}: nanoCLR.bin", Bytes(PartKind.Runtime));
        EspImage loader = EspImage.Read($"{Source}: bootloader.bin", Bytes(PartKind.BootLoader));
        if (runtime.Chip.Name != Manifest.Chip || loader.Chip != runtime.Chip)
            throw Wrong($"its manifest says {Manifest.Chip}, its boot loader {loader.Chip.Name} and its runtime {runtime.Chip.Name}");
        PartitionTable table = PartitionTable.Read($"{Source}: partitions.bin", Bytes(PartKind.Partitions));
        Expect(PartKind.BootLoader, runtime.Chip.BootLoader, Chip.PartitionTable - runtime.Chip.BootLoader);
        Expect(PartKind.Partitions, Chip.PartitionTable, 0x1000);
        Expect(PartKind.Runtime, table.Runtime.Address, table.Runtime.Size);
        Expect(PartKind.Deployment, table.Deployment.Address, table.Deployment.Size);
        Deployment deployment = Deployment.Read($"{Source}: deployment.bin", Bytes(PartKind.Deployment));
        if (!deployment.Assemblies.Select(BundleMaker.Assembly).SequenceEqual(Manifest.Assemblies))
            throw Wrong("its assemblies are not those that the manifest lists");
    }

    private void Expect(PartKind kind, int address, int room)
    {
        BundlePart part = Part(kind);
        if (part.Address != address) throw Wrong(
            $"{part.File} goes to {part.Address:X}, and the chip or its table wants it at {address:X}");
        if (part.Size > room) throw Wrong($"{part.File} has {part.Size} bytes and room for {room}");
    }

    private static BundleException Unreadable(string path, Exception e) =>
        new($"{path}: cannot be read as a bundle ({e.Message.TrimEnd('.')}); take it from its release again", e);

    private BundleException Wrong(string what) => new($"{Source}: {what}; take the bundle from its release again");
}
