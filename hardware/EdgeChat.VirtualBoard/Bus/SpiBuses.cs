using nanoFramework.Hardware.Esp32;

namespace EdgeChat.VirtualBoard;

/// <summary>The two SPI buses of one board, the chips on them, and what went over them.</summary>
public sealed class SpiBuses
{
    private readonly Board _board;
    private readonly Lock _gate = new();
    private readonly List<Attached> _chips = [];

    internal SpiBuses(Board board) => _board = board;

    /// <summary>Transfers so far.</summary>
    public long Transfers { get; private set; }

    /// <summary>Bytes so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>How long the transfers so far took at the clocks that they used.</summary>
    public TimeSpan BusTime { get; private set; }

    /// <summary>Solders a chip to a bus.</summary>
    /// <param name="bus">1 or 2.</param>
    /// <param name="chipSelect">The pin that selects it when low.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="mosi">The data pin that it is wired to, or -1 when any will do.</param>
    /// <param name="clock">The clock pin that it is wired to, or -1 when any will do.</param>
    public void Attach(int bus, int chipSelect, ISpiChip chip, int mosi = -1, int clock = -1)
    {
        lock (_gate) _chips.Add(new Attached(bus, chipSelect, chip, mosi, clock));
    }

    /// <summary>One transfer; a chip select of -1 means that the firmware drives the pin itself.</summary>
    internal void Transfer(int bus, int chipSelect, int clockHz, ReadOnlySpan<byte> sent, Span<byte> received)
    {
        Attached? selected;
        lock (_gate)
        {
            int bytes = Math.Max(sent.Length, received.Length);
            Transfers++;
            Bytes += bytes;
            if (clockHz > 0) BusTime += TimeSpan.FromSeconds(bytes * 8.0 / clockHz);
            selected = _chips.Find(c => c.Bus == bus && IsWired(c)
                && (chipSelect >= 0 ? c.ChipSelect == chipSelect : !_board.Pins.Level(c.ChipSelect)));
        }

        if (selected is null) received.Fill(0xFF); // nobody drives the line: its pull-up does
        else selected.Chip.Transfer(sent, received);
    }

    private bool IsWired(Attached chip)
    {
        bool isFirst = chip.Bus == 1;
        return _board.Functions.Fits(isFirst ? DeviceFunction.SPI1_MOSI : DeviceFunction.SPI2_MOSI, chip.Mosi)
            && _board.Functions.Fits(isFirst ? DeviceFunction.SPI1_CLOCK : DeviceFunction.SPI2_CLOCK, chip.Clock);
    }

    private sealed record Attached(int Bus, int ChipSelect, ISpiChip Chip, int Mosi, int Clock);
}
