using EdgeChat.VirtualBoard;

namespace System.Device.I2c;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's I2cBusSpeed.</summary>
public enum I2cBusSpeed
{
    StandardMode = 0,
    FastMode = 1,
    FastModePlus = 2,
}

/// <summary>nanoFramework's I2cTransferStatus.</summary>
public enum I2cTransferStatus
{
    UnknownError = 0,
    FullTransfer = 1,
    ClockStretchTimeout = 2,
    PartialTransfer = 3,
    SlaveAddressNotAcknowledged = 4,
}

/// <summary>nanoFramework's I2cTransferResult.</summary>
public readonly struct I2cTransferResult
{
    internal I2cTransferResult(I2cTransferStatus status, uint bytesTransferred)
    {
        Status = status;
        BytesTransferred = bytesTransferred;
    }

    public uint BytesTransferred { get; }

    public I2cTransferStatus Status { get; }
}

/// <summary>nanoFramework's I2cConnectionSettings.</summary>
public sealed class I2cConnectionSettings
{
    public I2cConnectionSettings(int busId, int deviceAddress)
        : this(busId, deviceAddress, I2cBusSpeed.FastMode)
    {
    }

    public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed)
    {
        BusId = busId;
        DeviceAddress = deviceAddress;
        BusSpeed = busSpeed;
    }

    public int BusId { get; }

    public int DeviceAddress { get; }

    public I2cBusSpeed BusSpeed { get; }
}

/// <summary>nanoFramework's I2cDevice: it talks to the chips of <see cref="I2cBuses"/>.</summary>
public class I2cDevice : IDisposable
{
    private readonly PowerCycle _cycle = PowerCycle.Require(nameof(I2cDevice));
    private bool _isDisposed;

    public I2cDevice(I2cConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.BusId is not (1 or 2))
            throw new ArgumentException($"there is no bus {settings.BusId}; an ESP32 has 1 and 2", nameof(settings));
        if (settings.DeviceAddress is < 0 or > 0x7F) throw new ArgumentException("an address has 7 bits", nameof(settings));
        ConnectionSettings = settings;
    }

    public I2cConnectionSettings ConnectionSettings { get; }

    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    public byte ReadByte()
    {
        var one = new byte[1];
        Read(one);
        return one[0];
    }

    public I2cTransferResult Read(SpanByte buffer) => Transfer(default, buffer.Span);

    public I2cTransferResult WriteByte(byte value) => Transfer([value], default);

    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer.Span, default);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => Transfer(writeBuffer.Span, readBuffer.Span);

    public void Dispose()
    {
        _isDisposed = true;
        GC.SuppressFinalize(this);
    }

    private I2cTransferResult Transfer(ReadOnlySpan<byte> written, Span<byte> read)
    {
        _cycle.Check();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        I2cTransferResult result = _cycle.Board.I2c.Transfer(ConnectionSettings.BusId, ConnectionSettings.DeviceAddress, written, read);
        _cycle.Check();
        return result;
    }
}
