namespace EdgeChat.VirtualBoard;

/// <summary>An AXP192 power chip: registers that can be written and read, of which one output, LDO2, feeds a backlight, and a battery that
/// it measures.</summary>
/// <remarks>Source: X-Powers AXP192 datasheet. A write transfer is a register number and bytes for it and those that follow; a read goes on
/// where the last write has pointed.</remarks>
public sealed class Axp192 : II2cChip
{
    /// <summary>Its I2C address.</summary>
    public const int Address = 0x34;

    private const int OutputControl = 0x12, OutputVoltages = 0x28;
    private const int ChargeStatus = 0x01, BatteryVoltage = 0x78, MeasureControl = 0x82;
    private const byte HasBattery = 0x20, Charging = 0x40, Measures = 0x80;
    private const byte MeasuresAtStart = 0x83; // REG 82H: the battery's voltage, the chip's own and its temperature
    private const double MillivoltsOfStep = 1.1;
    private const byte Ldo2 = 0x04, Ldo3 = 0x08;
    private const byte OthersAtStart = 0x43; // REG 12H: EXTEN, DC-DC3 and DC-DC1, which feeds the ESP32

    private readonly Lock _gate = new();
    private readonly byte[] _registers = new byte[256];
    private int _at;
    private int _millivolts = 3900;
    private bool _isCharging;

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

    /// <summary>Puts the battery at a voltage, 0 for none, and on a charger or not.</summary>
    public void SetBattery(int millivolts, bool isCharging)
    {
        lock (_gate)
        {
            _millivolts = millivolts;
            _isCharging = isCharging;
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
            foreach (ref byte value in bytes) value = Register(_at++ & 255);
    }

    private byte Register(int number)
    {
        int steps = (_registers[MeasureControl] & Measures) == 0 ? 0 : (int)Math.Round(_millivolts / MillivoltsOfStep);
        return number switch
        {
            ChargeStatus => (byte)((_millivolts > 0 ? HasBattery : 0) | (_isCharging ? Charging : 0)),
            BatteryVoltage => (byte)(steps >> 4),
            BatteryVoltage + 1 => (byte)(steps & 15),
            _ => _registers[number],
        };
    }

    /// <summary>The power was lost.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Array.Clear(_registers);
            _registers[OutputControl] = OthersAtStart;
            _registers[MeasureControl] = MeasuresAtStart;
        }

        Changed?.Invoke();
    }
}
