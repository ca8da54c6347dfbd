using EdgeChat.Bundle;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Fleet.Tests;

/// <summary>A port with a virtual board that runs the real firmware with the files that were written to it.</summary>
internal sealed class FirmwarePort(string mac, string drive) : IBoardPort
{
    private Board? _board;

    public string Name => "virtual";

    public bool KeepsDark { get; set; }

    /// <summary>The board that runs, or null.</summary>
    public Board? Running => _board;

    public BoardFacts Identify(CancellationToken stop)
    {
        _board?.Dispose();
        _board = null;
        Directory.CreateDirectory(drive);
        return new BoardFacts("esp32", mac, 4 << 20);
    }

    public string Flash(BundleFile bundle, bool erasesStorage, Action<double> progress, CancellationToken stop)
    {
        if (erasesStorage) foreach (string file in Directory.GetFiles(drive)) File.Delete(file);
        return "written";
    }

    public void Start(CancellationToken stop)
    {
    }

    public void WriteFile(string name, ReadOnlyMemory<byte> content, CancellationToken stop) =>
        File.WriteAllBytes(Path.Combine(drive, name), content.ToArray());

    public void WriteWifi(WifiLogin wifi, CancellationToken stop)
    {
    }

    public void ReadBack(BundleFile bundle, WifiLogin? wifi, CancellationToken stop)
    {
    }

    public void Reboot(CancellationToken stop)
    {
        if (KeepsDark) return;
        _board = new Board(new BoardOptions
        {
            Name = mac,
            FlashFolder = drive,
            Main = EdgeChat.Device.Program.Main,
            Hardware = BoardHardware.Load(EdgeChat.Tool.Demo.BoardModel.Load("esp32-devkit").Json),
        });
        _board.PowerOn();
    }

    public void Dispose() => _board?.Dispose();
}
