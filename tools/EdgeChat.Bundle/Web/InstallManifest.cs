using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeChat.Bundle.Web;

/// <summary>A part of a build, as ESP Web Tools reads it.</summary>
/// <param name="Path">The file, relative to the manifest.</param>
/// <param name="Offset">Where it goes in flash: a number, for a text would be taken for no address.</param>
public sealed record InstallPart(string Path, int Offset);

/// <summary>What is written to one kind of chip.</summary>
/// <param name="ChipFamily">The chip, spelled as esptool-js tells it.</param>
/// <param name="Parts">The files, in the order in which they are written.</param>
public sealed record InstallBuild(string ChipFamily, IReadOnlyList<InstallPart> Parts);

/// <summary>The manifest of ESP Web Tools (10.4), by which a page in a browser flashes a board.</summary>
/// <remarks>ESP Web Tools chooses a build by the chip alone and takes the first that fits, so a manifest is for one board.</remarks>
public sealed record InstallManifest
{
    /// <summary>What the person is asked to install.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Without it every board that does not speak Improv is erased, unasked: its identity and its messages would be
    /// gone.</summary>
    [JsonPropertyName("new_install_prompt_erase")]
    public bool AsksBeforeErasing { get; init; } = true;

    /// <summary>The board does not speak Improv: without this the page waits ten seconds for it after each installation.</summary>
    [JsonPropertyName("new_install_improv_wait_time")]
    public int ImprovSeconds { get; init; }

    /// <summary>The builds.</summary>
    public required IReadOnlyList<InstallBuild> Builds { get; init; }

    /// <summary>The manifest of a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="title">The board, for people.</param>
    public static InstallManifest Of(BundleFile bundle, string title)
    {
        BundleManifest manifest = bundle.Manifest;
        int space = manifest.Firmware.LastIndexOf(' ');
        return new InstallManifest
        {
            Name = $"EdgeChat for {title}",
            Version = manifest.Firmware[(space + 1)..],
            Builds =
            [
                new InstallBuild(
                    FamilyOf(manifest.Chip), [.. PartsOf(bundle).Select(p => new InstallPart(FileOf(p), p.Address!.Value))]),
            ],
        };
    }

    /// <summary>The parts that go into flash. The boot loader is last: a board that was unplugged before does not start half a
    /// program.</summary>
    public static IReadOnlyList<BundlePart> PartsOf(BundleFile bundle) =>
    [
        bundle.Part(PartKind.Runtime), bundle.Part(PartKind.Deployment), bundle.Part(PartKind.Partitions), bundle.Part(PartKind.BootLoader),
    ];

    /// <summary>What the file of a part is called: not what the bundle says, which may be anything.</summary>
    public static string FileOf(BundlePart part) => part.Kind switch
    {
        PartKind.Runtime => "nanoCLR.bin",
        PartKind.Deployment => "deployment.bin",
        PartKind.Partitions => "partitions.bin",
        _ => "bootloader.bin",
    };

    /// <summary>The bytes of a part. The deployment fills its partition, for nanoCLR would load what an earlier program has left behind
    /// the assemblies too; on the wire it is compressed.</summary>
    public static byte[] BytesOf(BundleFile bundle, BundlePart part)
    {
        byte[] bytes = bundle.Bytes(part);
        if (part.Kind != PartKind.Deployment) return bytes;
        var whole = new byte[bundle.Manifest.DeploymentRoom];
        whole.AsSpan().Fill(0xFF);
        bytes.CopyTo(whole, 0);
        return whole;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ToolJson.File);

    // esp32s3 in images, ESP32-S3 for esptool-js
    private static string FamilyOf(string chip)
    {
        string upper = chip.ToUpperInvariant();
        return upper.Length > "ESP32".Length ? upper.Insert("ESP32".Length, "-") : upper;
    }
}
