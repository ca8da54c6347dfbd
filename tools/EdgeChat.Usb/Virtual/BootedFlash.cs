using EdgeChat.Bundle;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Usb.Virtual;

/// <summary>What a chip finds in its flash when it starts: the second boot loader, the partition table, nanoCLR. All must be
/// whole.</summary>
internal sealed class BootedFlash
{
    private const string Firmware = "EdgeChat.Device";

    // what runtimes have native parts for; an image tells which of them it has
    private static readonly string[] NativeNames =
    [
        "mscorlib", "nanoFramework.Runtime.Native", "nanoFramework.System.Collections", "nanoFramework.System.Text", "System.Math",
        "nanoFramework.Runtime.Events", "EventSink", "System.IO.FileSystem", "System.Net", "System.Device.Wifi", "System.Device.Gpio",
        "System.Device.I2c", "System.Device.Spi", "System.IO.Ports", "nanoFramework.Hardware.Esp32", "nanoFramework.ResourceManager",
        "nanoFramework.System.Security.Cryptography", "nanoFramework.Networking.Sntp",
    ];

    private readonly PartitionTable _table;
    private readonly EspImage _runtime;

    private BootedFlash(PartitionTable table, Partition files, EspImage runtime)
    {
        _table = table;
        Files = files;
        _runtime = runtime;
        Natives = [.. NativeNames.SelectMany(n => runtime.Natives(n).Take(1))];
    }

    /// <summary>The partition with the files.</summary>
    public Partition Files { get; }

    /// <summary>The partition with the assemblies.</summary>
    public Partition Deployment => _table.Deployment;

    /// <summary>The native parts of the runtime.</summary>
    public IReadOnlyList<NativeLibrary> Natives { get; }

    /// <summary>Boots.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="flash">Its flash.</param>
    /// <param name="log">What the chip prints.</param>
    /// <returns>Null when something is missing or damaged.</returns>
    public static BootedFlash? Boot(LoaderChip chip, FlashChip flash, out string log)
    {
        log = $"ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n";
        try
        {
            byte[] loader = flash.Bytes[chip.Image.BootLoader..Chip.PartitionTable].ToArray();
            if (loader[0] == 0xFF)
            {
                log += "invalid header: 0xffffffff\r\n";
                return null;
            }

            Check(chip, EspImage.Read("boot loader", loader));
            PartitionTable table = PartitionTable.Read(
                "partition table", flash.Bytes.Slice(Chip.PartitionTable, 0x1000).ToArray());
            Partition program = table.Runtime;
            Partition files = table.Partitions.FirstOrDefault(p => p is { Type: 1, SubType: 0x83 })
                ?? throw new BundleException("partition table: no partition for files");
            foreach (Partition partition in table.Partitions)
                if (!flash.Has(partition.Address, partition.Size))
                    throw new BundleException($"partition {partition.Label} exceeds the flash");
            EspImage runtime = EspImage.Read("nanoCLR", flash.Bytes.Slice(program.Address, program.Size).ToArray());
            Check(chip, runtime);
            return new BootedFlash(table, files, runtime);
        }
        catch (BundleException e)
        {
            log += $"E (50) boot: {e.Message}\r\n";
            return null;
        }
    }

    /// <summary>What keeps the program in the deployment region from running; null when nothing does.</summary>
    public string? FindFault(FlashChip flash)
    {
        byte[] region = flash.Bytes.Slice(Deployment.Address, Deployment.Size).ToArray();
        if (region.AsSpan().IndexOfAnyExcept((byte)0xFF) < 0) return "Error: a2000000";
        try
        {
            Deployment deployment = Bundle.Deployment.Read("deployment", region);
            string[] faults = [.. deployment.NativeFaults(name => [.. Natives.Where(n => n.Name == name)])];
            if (faults.Length > 0) return string.Join("\r\n", faults);
            return deployment.Program.Name == Firmware ? null : $"{deployment.Program.Name} is not {Firmware}: nothing to run here";
        }
        catch (BundleException e)
        {
            return "Link failure: some assembly references cannot be resolved!!\r\n\r\n" + e.Message;
        }
    }

    /// <summary>The map that the runtime tells: code, assemblies, files, each as one block.</summary>
    public byte[] SectorMap() =>
    [
        .. new[] { (_table.Runtime, 0x20u), (Deployment, 0x150u), (Files, FlashRegion.Configuration) }
            .SelectMany(p => WireWords.Of((uint)p.Item1.Address, 1, (uint)p.Item1.Size, p.Item2)),
    ];

    private static void Check(LoaderChip chip, EspImage image)
    {
        if (image.Chip != chip.Image) throw new BundleException($"image is for {image.Chip.Name}, and this is {chip.Image.Name}");
    }
}
