#!/usr/bin/env bash
# Iot.Device.Bindings (.NET IoT): a clock chip that Linux or an Arduino has set is in 1926, and one that this package has set is in 2126 for
#   Linux.
#
# Expected: the chip keeps two digits of the year; the century bit of the month register "is toggled when the years register overflows from
#   99 to 00" (Maxim, data sheet of the DS3231), so it is 0 on a new chip, and stays so until 2100 for one who writes 26.
# Seen: Ds3231 and Pcf8563 read 1900 and the two digits, and 100 years more when the bit is set, and they write it set. Linux's driver
#   (drivers/rtc/rtc-ds1307.c) and Adafruit's RTClib write 2026 with the bit 0, and Linux takes a set bit for 100 years more, 2126. So one
#   and the same chip is exactly a century off for one of the two. Nothing is thrown, and what the package writes it reads.
# Why it matters: the battery keeps the clock through a change of firmware or of the operating system, which is what it is there for. After
#   it no certificate is valid yet, records sort before all others, and a timer for tomorrow is a hundred years away.
# What to do: add 100 years to a time before 2000 (checked below), and set the chip anew when a board gets other software: for Linux and
#   RTClib with the bit 0.
. "$(dirname "$0")/common.bash"

nuget_packages Iot.Device.Bindings@4.2.0 System.Device.Gpio@4.2.0 UnitsNet@5.75.1
dotnet_program clock <<'CS'
using System;
using System.Device.I2c;
using Iot.Device.Rtc;

var time = new DateTime(2026, 11, 28, 17, 30, 0);
bool same = true;
void Play(string name, RtcBase clock, Chip chip, int month)
{
    clock.DateTime = time;
    byte written = chip.Registers[month];
    int own = clock.DateTime.Year;
    Console.WriteLine($"{name}: 28 November 2026 written, month register {written:X2}, year read again {own}");

    chip.Registers[month] = 0x11; // November with the bit 0, as Linux and RTClib leave it
    DateTime got = clock.DateTime.DateTime;
    DateTime cured = got.Year < 2000 ? got.AddYears(100) : got;
    string registers = Convert.ToHexString(chip.Registers, month, 2);
    Console.WriteLine($"  month and years register {registers}: expected {time:s}, got {got:s}; with the cure {cured:s}");
    same &= written == 0x91 && own == 2026 && got.Year == 1926 && cured == time;
}
var first = new Chip();
Play("DS3231", new Ds3231(first), first, 0x05);
var second = new Chip();
Play("PCF8563", new Pcf8563(second), second, 0x07);
Console.WriteLine(same ? "as in the finding" : "CHANGED: not what the finding says");
return same ? 0 : 1;

// A chip that is only its registers.
class Chip : I2cDevice
{
    public readonly byte[] Registers = new byte[32];
    private int _at;

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, Ds3231.DefaultI2cAddress);

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _at = bytes[0];
        bytes[1..].CopyTo(Registers.AsSpan(_at));
    }

    public override void Read(Span<byte> bytes) => Registers.AsSpan(_at, bytes.Length).CopyTo(bytes);

    public override void WriteRead(ReadOnlySpan<byte> write, Span<byte> read)
    {
        Write(write);
        Read(read);
    }

    public override void WriteByte(byte value) => _at = value;

    public override byte ReadByte() => Registers[_at];
}
CS
dotnet clock.dll
