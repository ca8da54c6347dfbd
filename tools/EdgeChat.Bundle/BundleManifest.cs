using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeChat.Bundle;

/// <summary>What a part of a bundle is.</summary>
public enum PartKind
{
    /// <summary>The boot loader of the chip.</summary>
    BootLoader,

    /// <summary>The partition table.</summary>
    Partitions,

    /// <summary>nanoCLR.</summary>
    Runtime,

    /// <summary>The assemblies, as the deployment region holds them.</summary>
    Deployment,

    /// <summary>The board file, for the drive.</summary>
    Board,
}

/// <summary>A file in a bundle.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="File">Its name in the zip.</param>
/// <param name="Address">Where it goes in flash; null for the board file.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">SHA-256 of them, in lower-case hexadecimal.</param>
public sealed record BundlePart(PartKind Kind, string File, int? Address, int Size, string Sha256);

/// <summary>An assembly of the deployment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Native">The checksum that the runtime must have for it, in hexadecimal; null when it has no native part.</param>
/// <param name="Sha256">SHA-256 of its file.</param>
public sealed record BundleAssembly(string Name, string Version, int Size, string? Native, string Sha256);

/// <summary>What a bundle holds: the file <c>manifest.json</c> in it. It names no person, no machine and no time, so that the same parts
/// always make the same manifest.</summary>
public sealed record BundleManifest
{
    /// <summary>The only format that there is.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of this format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The board that it is for: the name of its board file.</summary>
    public required string Board { get; init; }

    /// <summary>The runtime's target.</summary>
    public required string Target { get; init; }

    /// <summary>The chip.</summary>
    public required string Chip { get; init; }

    /// <summary>The flash that the partition table is for, in MiB.</summary>
    public required int FlashMegabytes { get; init; }

    /// <summary>The runtime's version.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>The runtime: target and version.</summary>
    [JsonIgnore]
    public string Runtime => $"{Target} {RuntimeVersion}";

    /// <summary>The program's name and version.</summary>
    public required string Firmware { get; init; }

    /// <summary>The bytes of the partition that the deployment goes to.</summary>
    public required int DeploymentRoom { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<BundlePart> Parts { get; init; }

    /// <summary>The assemblies of the deployment.</summary>
    public required IReadOnlyList<BundleAssembly> Assemblies { get; init; }

    /// <summary>Reads a manifest; throws <see cref="BundleException"/>.</summary>
    public static BundleManifest Read(string source, byte[] json)
    {
        BundleManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BundleManifest>(json, ToolJson.File) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new BundleException($"{source}: its manifest.json cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')})", e);
        }

        if (manifest.Format != CurrentFormat)
            throw new BundleException(
                $"{source} has format {manifest.Format}, and this edgechat knows {CurrentFormat}: "
                + "take an edgechat of the bundle's release");
        return manifest;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ToolJson.File);
}
