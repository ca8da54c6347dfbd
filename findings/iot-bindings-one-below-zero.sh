#!/usr/bin/env bash
# Iot.Device.Bindings (.NET IoT): -1 degree at a thermocouple is -2047, a board that lies flat has -20 g, and above 51 degrees it is -347.
#
# Expected: the MAX31856 gives both its temperatures in two's complement (Maxim, data sheet of the MAX31856, registers 0Ah to 0Eh, with a
#   table: -1 degree is FFF000h), the ADXL357 its accelerations (Analog Devices, data sheet, XDATA: 20 bits, two's complement). The raw
#   temperature of the BMP180 is a number of 16 bits without a sign (Bosch, data sheet, 3.5, whose example is used below).
# Seen: of the MAX31856 and the ADXL357 the bits below the sign are taken as they are and a minus put in front, so that the smallest number
#   below zero is the largest: -1 degree is -2047, -250 is -1798; one step of the ADXL357 below zero is 1,048,575 steps, at +-10 g 20 g. The
#   cold junction does not even get the minus, -0.5 degrees are 127.5 and -20 are 108. From 0 up all are right. The BMP180 is right to 51.2
#   degrees; at 51.3 the top bit of the raw number is set, and it is -347, with another pressure.
# Why it matters: on the desk it is 20 degrees, and the board lies still, with one axis a hair above zero. The freezer, the ice bath for the
#   calibration and the wing in the sun find it; a filter that throws out "impossible" values keeps the gap instead.
# What to do: turn what is below zero round, -2048 - value for the thermocouple and -1048576 - value for the steps; take 128 off a cold
#   junction above 85 degrees (all checked below). For the BMP180 do the data sheet's sum on the register, or keep it in the shade.
. "$(dirname "$0")/common.bash"

nuget_packages Iot.Device.Bindings@4.2.0 System.Device.Gpio@4.2.0 UnitsNet@5.75.1
dotnet_program below <<'CS'
using System;
using System.Buffers.Binary;
using System.Device.I2c;
using System.Device.Spi;
using System.Globalization;
using Iot.Device.Adxl357;
using Iot.Device.Bmp180;
using Iot.Device.Max31856;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool same = true;
void Compare(string what, double expected, double got, double finding, double cured)
{
    Console.WriteLine($"{what}: expected {expected:0.###}, got {got:0.###}; cured {cured:0.###}");
    same &= Math.Abs(got - finding) < 0.05 && Math.Abs(cured - expected) < 0.05;
}
// Puts a number right whose bits below the sign were taken as they are.
double TurnedRound(double value, double span) => value < 0 ? -span - value : value;

foreach (var (degrees, finding) in new[] { (25.0, 25.0), (0.0625, 0.0625), (-0.0625, -2047.9375), (-1.0, -2047.0), (-250.0, -1798.0) })
{
    var thermocouple = new Thermocouple(degrees, 20);
    double got = new Max31856(thermocouple, ThermocoupleType.K).GetTemperature().DegreesCelsius;
    Compare($"MAX31856, thermocouple {thermocouple.Bytes(12, 3)}", degrees, got, finding, TurnedRound(got, 2048));
}
foreach (var (degrees, finding) in new[] { (20.5, 20.5), (-0.5, 127.5), (-20.0, 108.0) })
{
    var thermocouple = new Thermocouple(100, degrees);
    double got = new Max31856(thermocouple, ThermocoupleType.K).GetColdJunctionTemperature().DegreesCelsius;
    Compare($"MAX31856, cold junction {thermocouple.Bytes(10, 2)}", degrees, got, finding, got > 85 ? got - 128 : got);
}
foreach (var (steps, finding) in new[] { (51200, 51200.0), (1, 1), (-1, -1048575), (-51200, -997376) })
{
    float got = new Adxl357(new Accelerometer(steps)).Acceleration.X;
    Compare("ADXL357, steps", steps, got, finding, TurnedRound(got, 1 << 20));
}

// The data sheet's example has the raw temperature 27898, and 150 tenths of a degree.
foreach (var (raw, degrees, finding) in new[] { (27898, 15.05, 15.05), (32767, 51.18, 51.18), (32790, 51.34, -347.1) })
{
    var chip = new Barometer(raw);
    double got = new Bmp180(chip).ReadTemperature().DegreesCelsius;
    double x1 = (raw - 23153) * 32757L / 32768;
    double own = (x1 + -8711 * 2048 / (int)(x1 + 2868) + 8) / 160.0;
    Compare($"BMP180, raw temperature {raw}", degrees, got, finding, own);
}
Console.WriteLine(same ? "as in the finding" : "CHANGED: not what the finding says");
return same ? 0 : 1;

// The MAX31856: after the address come its registers, from 00h on.
class Thermocouple : SpiDevice
{
    private readonly byte[] _registers = new byte[16];

    public Thermocouple(double degrees, double coldJunction)
    {
        BinaryPrimitives.WriteInt16BigEndian(_registers.AsSpan(10), (short)(coldJunction * 256));
        BinaryPrimitives.WriteInt32BigEndian(_registers.AsSpan(12), (int)(degrees * 4096) << 8);
    }

    public string Bytes(int at, int count) => Convert.ToHexString(_registers, at, count);

    public override SpiConnectionSettings ConnectionSettings { get; } = new(0);

    public override void Read(Span<byte> bytes) => bytes.Clear();

    public override void Write(ReadOnlySpan<byte> bytes) { }

    public override void TransferFullDuplex(ReadOnlySpan<byte> write, Span<byte> read)
    {
        read.Clear();
        _registers.AsSpan(0, Math.Min(16, read.Length - 1)).CopyTo(read[1..]);
    }
}

// A chip that is only its registers.
class Chip : I2cDevice
{
    protected readonly byte[] Registers = new byte[256];
    private int _at;

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x1d);

    public override void Write(ReadOnlySpan<byte> bytes) => _at = bytes[0];

    public override void WriteByte(byte value) => _at = value;

    public override void Read(Span<byte> bytes) => Registers.AsSpan(_at, bytes.Length).CopyTo(bytes);

    public override byte ReadByte() => Registers[_at];

    public override void WriteRead(ReadOnlySpan<byte> write, Span<byte> read)
    {
        Write(write);
        Read(read);
    }
}

// The ADXL357, always ready: 20 bits for each axis, at the top of three bytes. The package reads them from the FIFO.
class Accelerometer : Chip
{
    public Accelerometer(int x)
    {
        Registers[0x04] = 1;
        foreach (int at in new[] { 0x08, 0x11 }) BinaryPrimitives.WriteInt32BigEndian(Registers.AsSpan(at), x << 12);
    }
}

class Barometer : Chip
{
    public Barometer(int temperature)
    {
        int[] calibration = { 408, -72, -14383, 32741, 32757, 23153, 6190, 4, -32768, -8711, 2868 };
        for (int i = 0; i < calibration.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(Registers.AsSpan(0xAA + 2 * i), (ushort)calibration[i]);
        BinaryPrimitives.WriteUInt16BigEndian(Registers.AsSpan(0xF6), (ushort)temperature);
    }
}
CS
dotnet below.dll
