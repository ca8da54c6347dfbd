using EdgeChat.Bundle;

namespace EdgeChat.Usb.Loader;

/// <summary>What of a bundle goes into a chip's flash, and where.</summary>
public static class BundleParts
{
    private const byte DataType = 1, FilesType = 0x83; // ESP-IDF, Partition Tables: data, littlefs

    /// <summary>The chip that a bundle is for.</summary>
    /// <exception cref="UsbException">It is none that can be flashed.</exception>
    public static LoaderChip Chip(BundleFile bundle) => LoaderChip.Find(bundle.Manifest.Chip) ?? throw new UsbException(
        UsbFault.BadInput,
        $"{bundle.Source} is for the chip {bundle.Manifest.Chip}, and edgechat flashes {string.Join(", ", LoaderChip.All)}: use nanoff");

    /// <summary>The parts, in the order in which they are written: a board that was unplugged in the middle does not start half a
    /// program.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="erasesFiles">Whether the board's files and configuration are to be erased too.</param>
    public static IReadOnlyList<FlashPart> Of(BundleFile bundle, bool erasesFiles = false)
    {
        var parts = new List<FlashPart>();
        foreach (PartKind kind in new[] { PartKind.Runtime, PartKind.Deployment, PartKind.Partitions, PartKind.BootLoader })
        {
            BundlePart part = bundle.Part(kind);
            // what is behind the assemblies of before would be loaded too
            int room = kind == PartKind.Deployment ? bundle.Manifest.DeploymentRoom : 0;
            parts.Add(new FlashPart(part.File, part.Address ?? 0, bundle.Bytes(part), room));
        }

        if (!erasesFiles) return parts;
        Partition? files = PartitionTable.Read(bundle.Source, bundle.Bytes(PartKind.Partitions)).Partitions
            .FirstOrDefault(p => p is { Type: DataType, SubType: FilesType });
        if (files is not null) parts.Add(new FlashPart("files", files.Address, default, files.Size));
        return parts;
    }
}
