using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace EdgeChat.VirtualBoard;

/// <summary>The two I2C buses of one board, the chips on them, and what went over them.</summary>
public sealed class I2cBuses
{
    /// <summary>Nine bit times carry a byte and its acknowledge (NXP UM10204, 3.1.5); start and stop take one each.</summary>
    private const int BitsPerByte = 9, BitsPerTransfer = 2;
    private const int FastModeHz = 400_000;

    private readonly Board _board;
    private readonly Lock _gate = new();
    private readonly Dictionary<(int Bus, int Address), Attached> _chips = [];

    internal I2cBuses(Board board) => _board = board;

    /// <summary>Transfers so far.</summary>
    public long Transfers { get; private set; }

    /// <summary>Bytes so far, with the address bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>How long the transfers so far take on a bus of 400 kHz.</summary>
    public TimeSpan BusTime => TimeSpan.FromSeconds((Bytes * BitsPerByte + Transfers * BitsPerTransfer) / (double)FastModeHz);

    /// <summary>Solders a chip to a bus.</summary>
    /// <param name="bus">1 or 2.</param>
    /// <param name="address">The 7-bit address.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="sda">The data pin that it is wired to, or -1 when any will do.</param>
    /// <param name="scl">The clock pin that it is wired to, or -1 when any will do.</param>
    /// <param name="reset">The pin that silences it while it is low, or -1 when there is none.</param>
    public void Attach(int bus, int address, II2cChip chip, int sda = -1, int scl = -1, int reset = -1)
    {
        lock (_gate) _chips[(bus, address)] = new Attached(chip, sda, scl, reset);
    }

    /// <summary>Takes a chip off a bus: its address is not acknowledged any more.</summary>
    public void Detach(int bus, int address)
    {
        lock (_gate) _chips.Remove((bus, address));
    }

    internal I2cTransferResult Transfer(int bus, int address, ReadOnlySpan<byte> written, Span<byte> read)
    {
        II2cChip? chip;
        lock (_gate)
        {
            Transfers++;
            // The address byte goes out even when nobody answers; a read after a write has a second one behind the repeated start.
            bool turns = written.Length > 0 && read.Length > 0;
            Bytes += turns ? 2 : 1;
            chip = Find(bus, address);
            if (chip is not null) Bytes += written.Length + read.Length;
        }

        if (chip is null) return new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged, 0);
        if (written.Length > 0) chip.Write(written);
        if (read.Length > 0) chip.Read(read);
        return new I2cTransferResult(I2cTransferStatus.FullTransfer, (uint)(written.Length + read.Length));
    }

    private II2cChip? Find(int bus, int address)
    {
        if (!_chips.TryGetValue((bus, address), out Attached? found)) return null;
        bool isFirst = bus == 1;
        bool isWired = _board.Functions.Fits(isFirst ? DeviceFunction.I2C1_DATA : DeviceFunction.I2C2_DATA, found.Sda)
            && _board.Functions.Fits(isFirst ? DeviceFunction.I2C1_CLOCK : DeviceFunction.I2C2_CLOCK, found.Scl);
        bool isInReset = found.Reset >= 0 && !_board.Pins.Level(found.Reset);
        return isWired && !isInReset ? found.Chip : null;
    }

    private sealed record Attached(II2cChip Chip, int Sda, int Scl, int Reset);
}
