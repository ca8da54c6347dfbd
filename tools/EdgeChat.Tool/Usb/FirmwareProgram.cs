using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Usb;

/// <summary>The boards' firmware on a whole virtual board, whose files and Wi-Fi configuration are those that came over the
/// cable.</summary>
/// <param name="name">The board's name, for messages.</param>
/// <param name="hardware">What is soldered to it.</param>
/// <param name="network">The Wi-Fi network around it.</param>
/// <param name="main">The firmware.</param>
public sealed class FirmwareProgram(string name, BoardHardware hardware, StationBlock network, Action main) : IBoardProgram
{
    private Board? _board;
    private string _folder = "";
    private StationBlock _given = new("", "");

    /// <inheritdoc/>
    public event Action<string>? Text;

    private string StationFile => Path.Combine(_folder, VirtualUsbBoard.StationFile);

    /// <inheritdoc/>
    public void Start(string folder)
    {
        Stop();
        _folder = folder;
        _board = new Board(new BoardOptions { Name = name, FlashFolder = folder, Main = main, Hardware = hardware });
        _board.DebugOutput += text => Text?.Invoke(text);
        _board.Wifi.Ssid = network.Ssid;
        _board.Wifi.Password = network.Password;
        _given = ReadStation() ?? new StationBlock("", "");
        _board.Wifi.Configure(_given.Ssid, _given.Password, _given.Options);
        _board.PowerOn();
    }

    /// <inheritdoc/>
    public void Stop()
    {
        if (_board is null) return;
        _board.PowerOff();
        // it is one and the same on a board: what the firmware has changed is kept, and what came over the cable meanwhile too
        (string ssid, string password, byte options) = _board.Wifi.Configuration;
        var now = new StationBlock(ssid, password, options);
        if (now != _given) File.WriteAllBytes(StationFile, now.Encode());
        _board.Dispose();
        _board = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private StationBlock? ReadStation() => File.Exists(StationFile) ? StationBlock.Read(File.ReadAllBytes(StationFile)) : null;
}
