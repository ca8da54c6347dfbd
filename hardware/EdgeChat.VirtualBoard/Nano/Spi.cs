using System.Device.Gpio;
using System.Runtime.InteropServices;
using EdgeChat.VirtualBoard;

namespace System.Device.Spi;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's DataFlow.</summary>
public enum DataFlow
{
    MsbFirst = 0,
    LsbFirst = 1,
}

/// <summary>nanoFramework's SpiBusConfiguration.</summary>
public enum SpiBusConfiguration
{
    FullDuplex = 0,
    HalfDuplex = 1,
    Simplex = 2,
}

/// <summary>nanoFramework's SpiMode.</summary>
public enum SpiMode
{
    Mode0 = 0,
    Mode1 = 1,
    Mode2 = 2,
    Mode3 = 3,
}

/// <summary>nanoFramework's SpiSharingMode.</summary>
public enum SpiSharingMode
{
    Exclusive = 0,
    Shared = 1,
}

/// <summary>nanoFramework's SpiBusInfo.</summary>
public sealed class SpiBusInfo
{
    internal SpiBusInfo()
    {
    }

    public int MaxClockFrequency => 40_000_000;

    public int MinClockFrequency => 78_125;
}

/// <summary>nanoFramework's SpiConnectionSettings.</summary>
public sealed class SpiConnectionSettings(int busId, int chipSelectLine = -1)
{
    public int BusId { get; set; } = busId;

    public int ChipSelectLine { get; set; } = chipSelectLine;

    public SpiMode Mode { get; set; } = SpiMode.Mode0;

    public int DataBitLength { get; set; } = 8;

    public int ClockFrequency { get; set; } = 500_000;

    public DataFlow DataFlow { get; set; } = DataFlow.MsbFirst;

    public PinValue ChipSelectLineActiveState { get; set; } = PinValue.Low;

    public SpiBusConfiguration Configuration { get; set; } = SpiBusConfiguration.FullDuplex;
}

/// <summary>nanoFramework's SpiDevice: it talks to the chips of <see cref="SpiBuses"/>.</summary>
public class SpiDevice : IDisposable
{
    private readonly PowerCycle _cycle = PowerCycle.Require(nameof(SpiDevice));
    private bool _isDisposed;

    public SpiDevice(SpiConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.BusId is not (1 or 2))
            throw new ArgumentException($"there is no bus {settings.BusId}; an ESP32 has 1 and 2", nameof(settings));
        ConnectionSettings = settings;
    }

    public SpiConnectionSettings ConnectionSettings { get; }

    public static SpiBusInfo GetBusInfo(int busId) => new();

    public static SpiDevice Create(SpiConnectionSettings settings) => new(settings);

    public byte ReadByte()
    {
        var one = new byte[1];
        Read(one);
        return one[0];
    }

    public void Read(SpanByte buffer) => Transfer(default, buffer.Span);

    public void Read(ushort[] buffer) => TransferFullDuplex([], buffer);

    public void WriteByte(byte value) => Transfer([value], default);

    public void Write(SpanByte buffer) => Transfer(buffer.Span, default);

    public void Write(ushort[] buffer) => TransferFullDuplex(buffer, []);

    public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer) => Transfer(writeBuffer.Span, readBuffer.Span);

    /// <summary>Words go over the wire with their high byte first.</summary>
    public void TransferFullDuplex(ushort[] writeBuffer, ushort[] readBuffer)
    {
        byte[] sent = Swapped(writeBuffer);
        var received = new byte[readBuffer.Length * 2];
        Transfer(sent, received);
        for (int i = 0; i < readBuffer.Length; i++) readBuffer[i] = (ushort)(received[2 * i] << 8 | received[2 * i + 1]);
    }

    public void Dispose()
    {
        _isDisposed = true;
        GC.SuppressFinalize(this);
    }

    private static byte[] Swapped(ushort[] words)
    {
        byte[] bytes = MemoryMarshal.AsBytes<ushort>(words).ToArray();
        for (int i = 0; i + 1 < bytes.Length; i += 2) (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
        return bytes;
    }

    private void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
    {
        _cycle.Check();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        SpiConnectionSettings s = ConnectionSettings;
        _cycle.Board.Spi.Transfer(s.BusId, s.ChipSelectLine, s.ClockFrequency, sent, received);
        _cycle.Check();
    }
}
