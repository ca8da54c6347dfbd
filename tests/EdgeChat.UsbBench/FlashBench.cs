using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeChat.Bundle;
using EdgeChat.ImageKit;
using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;

namespace EdgeChat.UsbBench;

/// <summary>Flashes 2 MiB of which half is noise, and deploys a program, and prints a table.</summary>
internal sealed class FlashBench(string? peer)
{
    private const int Rate = 921600, BitsOfByte = 10, Offset = 0x10000;

    private static readonly byte[] File2MiB = MakeFile();

    /// <summary>A bare board: flashed by us, again, after a change of 4 KiB; another by the peer.</summary>
    public void RunFlash(string model)
    {
        Print($"2 MiB at {Rate}, flash model {model}:");
        FlashModel flash = model == "real" ? FlashModel.Real : FlashModel.Fast;
        using (var board = new Bench(flash))
        {
            Flash(board, "edgechat, first", File2MiB);
            Flash(board, "edgechat, again", File2MiB);
            byte[] changed = [.. File2MiB];
            for (int i = 0; i < 4096; i++) changed[0x80000 + i] ^= 0x55;
            Flash(board, "edgechat, 4 KiB changed", changed);
        }

        if (peer is null) return;
        using var other = new Bench(flash);
        RunPeer(other);
    }

    /// <summary>A program of 250,000 bytes over the Wire Protocol.</summary>
    public void RunDeployment()
    {
        using var board = new Bench(FlashModel.Fast);
        using SerialPortLine line = SerialPortLine.Open(board.Port.Path);
        new Flasher(line).Flash(LoaderChip.Esp32, RuntimeParts());
        var client = new WireClient(line);
        client.Connect(TimeSpan.FromSeconds(30));
        var image = new byte[250_000];
        new Random(2).NextBytes(image);
        long began = Stopwatch.GetTimestamp();
        client.Deploy(image);
        Print($"  deployment of 250,000 bytes over the Wire Protocol   {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s");
    }

    private static void Flash(Bench board, string what, byte[] file)
    {
        TimeSpan writing = default;
        long sent = 0;
        using SerialPortLine line = SerialPortLine.Open(board.Port.Path);
        var counted = new CountingLine(line);
        var flasher = new Flasher(counted)
        {
            Progress = p =>
            {
                if (p.Step != FlashStep.Write) return;
                if (p.Total == 0) counted.Count = 0;
                writing = p.Elapsed;
                sent = counted.Count;
            },
        };
        long began = Stopwatch.GetTimestamp();
        FlashResult result = flasher.Flash(LoaderChip.Esp32, [new FlashPart("file", Offset, file)]);
        double whole = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double onLine = sent * (double)BitsOfByte / Rate;
        string share = writing > TimeSpan.FromSeconds(1) ? $"{onLine / writing.TotalSeconds,6:P1} of the line" : "";
        Print($"  {what,-24} {writing.TotalSeconds,6:0.00} s writing {share,-20} {whole,6:0.00} s in all, {result.Written} bytes");
    }

    private static IReadOnlyList<FlashPart> RuntimeParts()
    {
        var runtime = new RuntimeWriter();
        PartitionTable table = PartitionTable.Read("table", runtime.Table());
        return
        [
            new FlashPart("bootloader.bin", 0x1000, runtime.BootLoader()),
            new FlashPart("partitions.bin", Chip.PartitionTable, runtime.Table()),
            new FlashPart("nanoCLR.bin", table.Runtime.Address, runtime.NanoClr()),
        ];
    }

    private static byte[] MakeFile()
    {
        var file = new byte[2 << 20];
        var random = new Random(1);
        for (int i = 0; i < file.Length; i += 2048) random.NextBytes(file.AsSpan(i, 1024));
        return file;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void RunPeer(Bench board)
    {
        string file = Path.GetTempFileName();
        File.WriteAllBytes(file, File2MiB);
        string[] arguments = [Path.Combine(peer!, "peer.mjs"), board.Port.Path, $"{Rate}", file, $"{Offset}"];
        using Process node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true })!;
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        File.Delete(file);
        if (node.ExitCode != 0) return;
        JsonNode said = JsonNode.Parse(output)!;
        double seconds = (double)said["transferSeconds"]!;
        // the compressed stream is nearly the same as ours
        Print($"  {"esptool-js",-24} {seconds,6:0.00} s writing {"",-20} {(double)said["seconds"]!,6:0.00} s in all");
    }

    private sealed class Bench : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-bench-").FullName;
        private readonly VirtualUsbBoard _board;

        public Bench(FlashModel model)
        {
            _board = new VirtualUsbBoard(new VirtualUsbOptions { FlashModel = model, Folder = Path.Combine(_folder, "drive") });
            Port = new UsbPort("bench", _board);
        }

        public UsbPort Port { get; }

        public void Dispose()
        {
            Port.Dispose();
            _board.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
