using System.Buffers.Binary;
using System.Text;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Usb.Virtual;

/// <summary>Files and configuration blocks of a virtual nanoCLR. As on an ESP32 each block is a file, <c>I:\con_WN1_0.sys</c>.</summary>
internal sealed class RuntimeFiles(BoardDrive drive, byte[] mac)
{
    private const uint Ok = 1, WriteFailed = 0x10, DeleteFailed = 0x20;
    private const uint Stored = 0, UnknownKind = 10, NotStored = 100;
    private const int UpdateHead = 20, StoreHead = 16;

    private readonly HashSet<string> _written = [];

    /// <summary>The name of the file that holds the Wi-Fi block.</summary>
    public static string StationFile { get; } = FileOf(ConfigurationKind.Station);

    /// <summary>Makes the blocks that every board has, when the partition is new.</summary>
    public void WriteDefaults()
    {
        _written.Clear();
        if (drive.Read(FileOf(ConfigurationKind.Network)) is null)
            drive.Write(FileOf(ConfigurationKind.Network), NetworkBlock.Dhcp(mac).Encode());
        if (drive.Read(StationFile) is not null) return;
        var station = new byte[StationBlock.Length];
        "WN1\0"u8.CopyTo(station);
        station[^1] = 0x0E;
        drive.Write(StationFile, station);
        var access = new byte[110];
        "AP1\0"u8.CopyTo(access);
        new byte[] { 8, 3, 8 }.CopyTo(access, 8);
        Encoding.ASCII.GetBytes("nano_" + Convert.ToHexString(mac.AsSpan(3)), access.AsSpan(11));
        "nanoframework"u8.CopyTo(access.AsSpan(43));
        new byte[] { 1, 11, 4 }.CopyTo(access, 107);
        drive.Write(FileOf(ConfigurationKind.AccessPoint), access);
    }

    /// <summary>A block; null and known when it is not there, which the board answers with silence.</summary>
    public byte[]? Query(uint kind, uint index, out bool isKnown)
    {
        isKnown = Enum.IsDefined((ConfigurationKind)kind);
        if (!isKnown || index != 0) return null;
        byte[]? block = drive.Read(FileOf((ConfigurationKind)kind));
        // the size of the file is taken for that of the certificate, so rubbish follows
        return block is not null && kind >= (uint)ConfigurationKind.CaBundle ? [.. block, .. "rubbish!"u8] : block;
    }

    /// <summary>Stores a block, or a piece of one.</summary>
    public byte[] Update(byte[] payload)
    {
        if (payload.Length < UpdateHead) return WireWords.Of(NotStored);
        uint Word(int number) => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(number * 4));
        var kind = (ConfigurationKind)Word(0);
        if (!Enum.IsDefined(kind)) return WireWords.Of(Word(0) == 255 ? NotStored : UnknownKind);
        ReadOnlySpan<byte> data = payload.AsSpan(UpdateHead);
        int length = kind switch
        {
            ConfigurationKind.Network => NetworkBlock.Length,
            ConfigurationKind.Station => StationBlock.Length,
            ConfigurationKind.AccessPoint => 110,
            _ => 0,
        };
        if (length > 0)
        {
            // the real one would store what was behind in its memory
            if (data.Length < length || Word(1) != 0) return WireWords.Of(NotStored);
            drive.Write(FileOf(kind), data[..length]);
            return WireWords.Of(Stored);
        }

        if (data.Length != Word(2)) return WireWords.Of(NotStored);
        if (Word(3) == 0) drive.Write(FileOf(kind), data);
        else drive.Append(FileOf(kind), data);
        return WireWords.Of(Stored);
    }

    /// <summary>Writes, appends to or deletes a file, in the layout of runtimes 1.x; refuses the newer one, which the real one does not
    /// survive.</summary>
    public byte[]? Store(byte[] payload)
    {
        if (payload.Length < StoreHead) return null;
        uint Word(int number) => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(number * 4));
        long nameLength = Word(1), dataLength = Word(2);
        if (StoreHead + nameLength + dataLength != payload.Length) return null;
        ReadOnlySpan<byte> data = payload.AsSpan(StoreHead + (int)nameLength);
        if (BoardDrive.NameOf(payload.AsSpan(StoreHead, (int)nameLength)) is not { } name) return WireWords.Of(WriteFailed);
        switch (Word(0))
        {
            case 1:
                drive.Write(name, data);
                _written.Add(name);
                return WireWords.Of(Ok);
            case 2:
                return WireWords.Of(drive.Delete(name) ? Ok : DeleteFailed);
            case 3:
                // the real one does not survive an append to a file that was not begun
                if (!_written.Contains(name)) return WireWords.Of(WriteFailed);
                drive.Append(name, data);
                return WireWords.Of(Ok);
            default:
                return WireWords.Of(Ok);
        }
    }

    private static string FileOf(ConfigurationKind kind) => kind switch
    {
        ConfigurationKind.Network => "con_CN1_0.sys",
        ConfigurationKind.Station => "con_WN1_0.sys",
        ConfigurationKind.AccessPoint => "con_AP1_0.sys",
        ConfigurationKind.CaBundle => "con_XB1_0.sys",
        _ => "con_XD1_0.sys",
    };
}
