using System.Device.I2c;

namespace EdgeChat.Drivers;

/// <summary>The AXP192 power chip of the M5StickC family: LDO2 feeds the backlight, LDO3 the display's logic, and the chip measures the
/// battery.</summary>
/// <remarks>Registers: X-Powers AXP192 datasheet, register descriptions. What other outputs the chip has switched on at its start
/// stays.</remarks>
public sealed class Axp192 : ILight
{
    /// <summary>Its I2C address.</summary>
    public const int Address = 0x34;

    /// <summary>Of what <see cref="ReadBattery"/> gives: it is being charged.</summary>
    public const int IsCharging = 128;

    private const byte ChargeStatus = 0x01;    // REG 01H: bit 5 a battery is there, bit 6 it is being charged
    private const byte MeasureControl = 0x82;  // REG 82H: bit 7 the battery's voltage is measured
    private const byte BatteryVoltage = 0x78;  // REG 78H: its high 8 bits, 79H: its low 4, 1.1 mV a step
    private const int HasBattery = 0x20;
    private const int Charging = 0x40;
    private const int Measures = 0x80;
    private const byte OutputControl = 0x12;   // REG 12H: bit 2 LDO2, bit 3 LDO3
    private const byte OutputVoltages = 0x28;  // REG 28H: LDO2 in the high half, LDO3 in the low: 1.8 V and 0.1 V a step
    private const byte ThreeVolts = 0xCC;      // 12 steps each: 3.0 V
    private const int Backlight = 0x04;
    private const int Logic = 0x08;

    private readonly I2cDevice _bus;
    private readonly byte[] _register = new byte[1];
    private readonly byte[] _value = new byte[1];
    private readonly byte[] _written = new byte[2];
    private bool _hasVoltage;

    /// <summary>Takes the device at <see cref="Address"/>; nothing is sent before <see cref="Set"/>.</summary>
    public Axp192(I2cDevice bus)
    {
        _bus = bus;
    }

    /// <inheritdoc/>
    /// <remarks>A chip that does not answer leaves the display dark; the next <see cref="Set"/> tries again.</remarks>
    public void Set(bool on)
    {
        if (!_hasVoltage) _hasVoltage = Write(OutputVoltages, ThreeVolts);
        int value = Read(OutputControl);
        if (value < 0) return;
        value |= Logic;
        Write(OutputControl, (byte)(on ? value | Backlight : value & ~Backlight));
    }

    /// <summary>The charge of the battery, 0 to 100 percent, with <see cref="IsCharging"/> while that is so; -1 when there is none, when it
    /// was not measured yet, or when the chip does not answer.</summary>
    /// <remarks>By its voltage, which is higher while it is being charged, and lower while the board takes much.</remarks>
    public int ReadBattery()
    {
        int status = Read(ChargeStatus);
        int control = Read(MeasureControl);
        if (status < 0 || control < 0 || (status & HasBattery) == 0) return -1;
        if ((control & Measures) == 0)
        {
            Write(MeasureControl, (byte)(control | Measures));
            return -1;
        }

        int high = Read(BatteryVoltage);
        int low = Read(BatteryVoltage + 1);
        if (high < 0 || low < 0) return -1;
        int percent = PercentOf((high << 4 | (low & 15)) * 11 / 10);
        return (status & Charging) != 0 ? percent | IsCharging : percent;
    }

    /// <summary>The charge of a lithium-ion cell at rest, in percent, by its voltage in millivolts: straight lines between 3,300 mV (0),
    /// 3,600 (5), 3,700 (15), 3,800 (40), 3,850 (55), 4,000 (80) and 4,180 (100).</summary>
    public static int PercentOf(int millivolts)
    {
        if (millivolts >= 4180) return 100;
        if (millivolts >= 4000) return 80 + (millivolts - 4000) * 20 / 180;
        if (millivolts >= 3850) return 55 + (millivolts - 3850) * 25 / 150;
        if (millivolts >= 3800) return 40 + (millivolts - 3800) * 15 / 50;
        if (millivolts >= 3700) return 15 + (millivolts - 3700) * 25 / 100;
        if (millivolts >= 3600) return 5 + (millivolts - 3600) * 10 / 100;
        return millivolts <= 3300 ? 0 : (millivolts - 3300) * 5 / 300;
    }

    // -1 when the chip does not answer
    private int Read(byte register)
    {
        _register[0] = register;
        return _bus.WriteRead(_register, _value).Status == I2cTransferStatus.FullTransfer ? _value[0] : -1;
    }

    private bool Write(byte register, byte value)
    {
        _written[0] = register;
        _written[1] = value;
        return _bus.Write(_written).Status == I2cTransferStatus.FullTransfer;
    }
}
