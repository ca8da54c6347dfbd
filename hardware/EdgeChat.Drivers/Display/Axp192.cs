using System.Device.I2c;

namespace EdgeChat.Drivers;

/// <summary>The AXP192 power chip of the M5StickC family, as far as the display needs it: LDO2 feeds the backlight, LDO3 the display's
/// logic.</summary>
/// <remarks>Registers: X-Powers AXP192 datasheet, register descriptions. What other outputs the chip has switched on at its start
/// stays.</remarks>
public sealed class Axp192 : ILight
{
    /// <summary>Its I2C address.</summary>
    public const int Address = 0x34;

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
        _register[0] = OutputControl;
        if (_bus.WriteRead(_register, _value).Status != I2cTransferStatus.FullTransfer) return;
        int value = _value[0] | Logic;
        Write(OutputControl, (byte)(on ? value | Backlight : value & ~Backlight));
    }

    private bool Write(byte register, byte value)
    {
        _written[0] = register;
        _written[1] = value;
        return _bus.Write(_written).Status == I2cTransferStatus.FullTransfer;
    }
}
