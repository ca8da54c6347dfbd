using EdgeChat.Bundle;
using EdgeChat.ImageKit;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;

namespace EdgeChat.Usb.Tests;

/// <summary>A virtual board in memory, and what is to be flashed into it.</summary>
internal sealed class BoardUnderTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-usb-").FullName;

    public BoardUnderTest(LoaderChip? chip = null, FlashModel? model = null, Func<int, bool, byte[], LineFault>? faults = null,
        bool hasModemLines = false, TimeSpan? delay = null, Func<int, int>? garbled = null)
    {
        Chip = chip ?? LoaderChip.Esp32;
        Board = new VirtualUsbBoard(new VirtualUsbOptions
        {
            Chip = Chip,
            Mac = Mac,
            FlashModel = model ?? FlashModel.Fast,
            Folder = Path.Combine(_folder, "drive"),
            Program = Program,
        });
        Line = new MemoryLine(Board, "board")
        {
            Faults = faults,
            HasModemLines = hasModemLines,
            Delay = delay ?? TimeSpan.FromSeconds(4),
            GarbledBit = garbled ?? (bits => bits / 2),
        };
    }

    public static byte[] Mac => [0x24, 0x0A, 0xC4, 0x12, 0x34, 0x56];

    public LoaderChip Chip { get; }

    public VirtualUsbBoard Board { get; }

    public MemoryLine Line { get; }

    public FakeProgram Program { get; } = new();

    public string Drive => Board.Folder;

    /// <summary>All that a bundle has for the chip: boot loader, table, nanoCLR with so much noise, assemblies.</summary>
    public static IReadOnlyList<FlashPart> Parts(LoaderChip chip, int codeBytes = 40_000, int programBytes = 3000)
    {
        var runtime = new RuntimeWriter
        {
            Chip = chip.Image.Id,
            CodeBytes = codeBytes,
            DeploymentSize = chip.IsFirst ? 0x1C0000 : 0x1F0000,
        };
        PartitionTable table = PartitionTable.Read("table", runtime.Table());
        return
        [
            new FlashPart("bootloader.bin", chip.Image.BootLoader, runtime.BootLoader()),
            new FlashPart("partitions.bin", Bundle.Chip.PartitionTable, runtime.Table()),
            new FlashPart("nanoCLR.bin", table.Runtime.Address, runtime.NanoClr()),
            new FlashPart("deployment.bin", table.Deployment.Address, Assemblies(programBytes), 0x10000),
        ];
    }

    /// <summary>The assemblies of a program.</summary>
    public static byte[] Assemblies(int programBytes = 3000) => Deployment.Of(
    [
        PeFile.Read("mscorlib.pe", Samples.Mscorlib),
        PeFile.Read("EdgeChat.Core.pe", new PeWriter("EdgeChat.Core") { CodeBytes = 500 }.Write()),
        PeFile.Read("EdgeChat.Device.pe", Samples.Program(programBytes)),
    ]).Image();

    public FlashResult Flash(IReadOnlyList<FlashPart> parts, Action<FlashProgress>? progress = null) =>
        new Flasher(Line) { Progress = progress, PlugPatience = TimeSpan.FromSeconds(30) }.Flash(Chip, parts);

    /// <summary>Fails when the flash does not hold the parts.</summary>
    public void ExpectFlash(IReadOnlyList<FlashPart> parts)
    {
        foreach (FlashPart part in parts)
        {
            ReadOnlySpan<byte> there = Board.Flash.Bytes.Slice(part.Offset, part.Length);
            Assert.IsTrue(there.StartsWith(part.Data.Span), $"{part.Name} is not in flash");
            Assert.IsTrue(there[part.Data.Length..].IndexOfAnyExcept((byte)0xFF) < 0, $"behind {part.Name} is something");
        }
    }

    public void Dispose()
    {
        Line.Dispose();
        Board.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Takes note of what a board would run.</summary>
internal sealed class FakeProgram : IBoardProgram
{
    public event Action<string>? Text;

    public int Starts { get; private set; }

    public bool IsOn { get; private set; }

    public void Start(string folder)
    {
        Starts++;
        IsOn = true;
    }

    public void Stop() => IsOn = false;

    public void Say(string text) => Text?.Invoke(text);

    public void Dispose() => Stop();
}
