namespace EdgeChat.VirtualBoard;

/// <summary>An AXP192 power chip: registers that can be written and read, of which one output, LDO2, feeds a backlight.</summary>
/// <remarks>Source: X-Powers AXP192 datasheet. A write transfer is a register number and bytes for it and those that follow; a read goes on
/// where the last write has pointed.</remarks>
public sealed class Axp192 : II2cChip
{
    /// <summary>Its I2C address.</summary>
    public const int Address = 0x34;

    private const int OutputControl = 0x12, OutputVoltages = 0x28;
    private const byte Ldo2 = 0x04, Ldo3 = 0x08;
    private const byte OthersAtStart = 0x43; // REG 12H: EXTEN, DC-DC3 and DC-DC1, which feeds the ESP32

    private readonly Lock _gate = new();
    private readonly byte[] _registers = new byte[256];
    private int _at;

    /// <summary>A chip that has just got its power.</summary>
    public Axp192() => Reset();

    /// <summary>Raised when the backlight has gone on or off.</summary>
    public event Action? Changed;

    /// <summary>Whether backlight and display logic have at least 2.5 V, with which the display is seen.</summary>
    public bool HasLight
    {
        get
        {
            lock (_gate)
                return (_registers[OutputControl] & (Ldo2 | Ldo3)) == (Ldo2 | Ldo3) && _registers[OutputVoltages] >> 4 >= 7
                    && (_registers[OutputVoltages] & 15) >= 7;
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bool before = HasLight;
        lock (_gate)
        {
            _at = bytes[0];
            foreach (byte value in bytes[1..]) _registers[_at++ & 255] = value;
        }

        if (HasLight != before) Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Read(Span<byte> bytes)
    {
        lock (_gate)
            foreach (ref byte value in bytes) value = _registers[_at++ & 255];
    }

    /// <summary>The power was lost.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Array.Clear(_registers);
            _registers[OutputControl] = OthersAtStart;
        }

        Changed?.Invoke();
    }
}
