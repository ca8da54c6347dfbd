#!/usr/bin/env bash
# Iot.Device.Bindings (.NET IoT): below 0 degrees the DS3231 says 255 and less, and 0.1 A back into the battery are 6.45 A out of it.
#
# Expected: the temperature of the DS3231 is a number in two's complement in registers 11h and 12h (Maxim, data sheet of the DS3231,
#   "Temperature Registers"); shunt voltage and current of the INA219 are two's complement as well, since current flows both ways (TI, data
#   sheet of the INA219, registers 01h and 04h). The members are Temperature, ReadShuntVoltage() and ReadCurrent(), in units with signs.
# Seen: all three are read without the sign. -0.25 degrees is 255.75, -19.5 is 236.5; -100 mA is 6.4536 A, and the -10 mV of the shunt
#   0.6454 V. From 0 up all are right, and nothing is thrown. Lps25h of the same package has a sign, so it is no rule of it.
# Why it matters: on the desk it is warm, and the battery is discharged. The cold store gets an alarm for heat; the first sun on the panel
#   is a load of twice what the chip can measure, and the charge that is summed up from it empties a battery that fills.
# What to do: take 256 off a temperature above 127 (the chip measures -40 to 85 degrees), and 65,536 steps off a current or voltage above
#   32,767 steps (checked below).
. "$(dirname "$0")/common.bash"

nuget_packages Iot.Device.Bindings@4.2.0 System.Device.Gpio@4.2.0 UnitsNet@5.75.1
dotnet_program signs <<'CS'
using System;
using System.Device.I2c;
using System.Globalization;
using Iot.Device.Adc;
using Iot.Device.Lps25h;
using Iot.Device.Rtc;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool same = true;
void Compare(string what, double expected, double got, double finding, double span)
{
    double cured = got >= span / 2 ? got - span : got;
    Console.WriteLine($"{what}: expected {expected:0.####}, got {got:0.####}; with {span:0.####} off where above the half: {cured:0.####}");
    same &= Math.Abs(got - finding) < 1e-4 && Math.Abs(cured - expected) < 1e-4;
}

var chip = new Chip();
var clock = new Ds3231(chip);
foreach (var (high, low, finding) in new (byte, byte, double)[] { (0x19, 0x40, 25.25), (0xFF, 0xC0, 255.75), (0xEC, 0x80, 236.5) })
{
    (chip.Registers[0x11], chip.Registers[0x12]) = (high, low);
    Compare($"DS3231 {high:X2}{low:X2}, degrees", (short)(high << 8 | low) / 256.0, clock.Temperature.DegreesCelsius, finding, 256);
}

const double Step = 0.0001; // amperes for each step of register 04h, as set by the calibration
foreach (short steps in new short[] { 1000, -1000 })
{
    var meter = new Ina219(new Words(steps));
    meter.SetCalibration(4096, (float)Step);
    Compare($"INA219 {steps}, amperes", steps * Step, meter.ReadCurrent().Amperes, (ushort)steps * Step, 65536 * Step);
    Compare($"INA219 {steps}, volts of the shunt", steps * 1e-5, meter.ReadShuntVoltage().Volts, (ushort)steps * 1e-5, 65536e-5);
}

var weather = new Chip();
(weather.Registers[0x2B], weather.Registers[0x2C]) = (0x40, 0xA2); // -24000, 42.5 degrees and 1/480 degree for each
double cold = new Lps25h(weather).Temperature.DegreesCelsius;
Console.WriteLine($"LPS25H, degrees: expected -7.5, got {cold}");
same &= cold == -7.5;

Console.WriteLine(same ? "as in the finding" : "CHANGED: not what the finding says");
return same ? 0 : 1;

// A chip that is only its registers.
class Chip : I2cDevice
{
    public readonly byte[] Registers = new byte[256];
    private int _at;

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x40);

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _at = bytes[0] & 0x7F; // the top bit asks for several
        bytes[1..].CopyTo(Registers.AsSpan(_at));
    }

    public override void Read(Span<byte> bytes) => Registers.AsSpan(_at, bytes.Length).CopyTo(bytes);

    public override void WriteRead(ReadOnlySpan<byte> write, Span<byte> read)
    {
        Write(write);
        Read(read);
    }

    public override void WriteByte(byte value) => _at = value & 0x7F;

    public override byte ReadByte() => Registers[_at];
}

// The INA219: each register is a word, the high byte first. Current and shunt voltage are the same number of steps here.
class Words(short steps) : Chip
{
    private int _word;

    public override void Write(ReadOnlySpan<byte> bytes) => _word = bytes[0];

    public override void WriteByte(byte value) => _word = value;

    public override void Read(Span<byte> bytes)
    {
        bytes.Clear();
        if (_word is 1 or 4) System.Buffers.Binary.BinaryPrimitives.WriteInt16BigEndian(bytes, steps);
    }
}
CS
dotnet signs.dll
