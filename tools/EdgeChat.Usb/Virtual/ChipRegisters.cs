using System.Buffers.Binary;
using System.Numerics;
using EdgeChat.Usb.Loader;

namespace EdgeChat.Usb.Virtual;

/// <summary>The registers of a chip that loaders read and write: fuses, clocks, and the SPI engine that asks the flash what it
/// is.</summary>
internal sealed class ChipRegisters
{
    private const uint StartBit = 1 << 18;
    private const uint Manufacturer = 0xEF, FlashType = 0x40; // Winbond W25Q (JEDEC JEP106)
    private const uint SfdpSignature = 0x50444653; // JEDEC JESD216

    private readonly Dictionary<uint, uint> _values = [];
    private readonly LoaderChip _chip;
    private readonly uint _flashId;

    public ChipRegisters(LoaderChip chip, byte[] mac, int flashBytes)
    {
        _chip = chip;
        _flashId = Manufacturer | FlashType << 8 | (uint)BitOperations.Log2((uint)flashBytes) << 16;
        _values[LoaderChip.MagicAddress] = chip.Magic;
        _values[chip.Mac] = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(2));
        _values[chip.Mac + 4] = BinaryPrimitives.ReadUInt16BigEndian(mac);
        if (chip.IsFirst)
        {
            // ESP32-D0WD rev 3.0, 240 MHz, 40 MHz crystal (ESP32 Technical Reference Manual, eFuse controller)
            _values[0x3FF5A00C] = 0x0000A200;
            _values[0x3FF5A014] = 0x00100000;
            _values[0x3FF6607C] = 0x96042000;
            _values[0x3FF5A010] = 0x00000B32;
            _values[0x3FF5F06C] = 2048 << 7; // with the fuse before, what the ROM takes for the crystal is 40 MHz
            _values[0x3FF40014] = 40_000_000 / 115200;
        }
        else
        {
            _values[0x60000014] = 40_000_000 / 115200;
            // the extension that makes an EUI-64 of a MAC address (IEEE 802)
            if (chip == LoaderChip.C6) _values[chip.Mac + 4] |= 0xFFFE0000;
        }
    }

    private uint User2 => _chip.Spi + (_chip.IsFirst ? 0x24u : 0x20);

    private uint Address => _chip.Spi + 4;

    private uint Word => _chip.Spi + (_chip.IsFirst ? 0x80u : 0x58);

    public uint Read(uint address) => _values.GetValueOrDefault(address);

    public void Write(uint address, uint value, uint mask)
    {
        if (address == _chip.Spi && (value & StartBit) != 0)
        {
            Run((byte)Read(User2));
            return;
        }

        _values[address] = Read(address) & ~mask | value & mask;
    }

    private void Run(byte command) => _values[Word] = command switch
    {
        0x9F => _flashId,
        0x5A => Read(Address) == 0 ? SfdpSignature : 0,
        _ => 0,
    };
}
