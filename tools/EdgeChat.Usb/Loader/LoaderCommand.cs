namespace EdgeChat.Usb.Loader;

/// <summary>Commands of the ESP32's boot loader in ROM and of the stub that is loaded over it (esptool documentation, "Serial
/// Protocol").</summary>
public enum LoaderCommand : byte
{
    /// <summary>Words: bytes to erase, blocks, bytes of a block, offset.</summary>
    FlashBegin = 0x02,

    /// <summary>A block: length, sequence, 0, 0, bytes.</summary>
    FlashData = 0x03,

    /// <summary>0 reboots, 1 stays.</summary>
    FlashEnd = 0x04,

    /// <summary>Words: bytes, blocks, bytes of a block, address in RAM.</summary>
    MemBegin = 0x05,

    /// <summary>0 and the entry to run.</summary>
    MemEnd = 0x06,

    /// <summary>A block for RAM.</summary>
    MemData = 0x07,

    /// <summary>Answered eight times.</summary>
    Sync = 0x08,

    /// <summary>Words: address, value, mask, delay in microseconds.</summary>
    WriteRegister = 0x09,

    /// <summary>Address; the answer is in the reply's value.</summary>
    ReadRegister = 0x0A,

    /// <summary>Words: id, size of the flash, of a block, of a sector, of a page, status mask.</summary>
    SpiSetParams = 0x0B,

    /// <summary>Pins of the flash; 0 for the usual ones. Two words to the ROM, one to the stub.</summary>
    SpiAttach = 0x0D,

    /// <summary>New rate, and to the stub the old one.</summary>
    ChangeBaudRate = 0x0F,

    /// <summary>Words: bytes when inflated, blocks, bytes of a block, offset.</summary>
    DeflateBegin = 0x10,

    /// <summary>A block of a zlib stream (RFC 1950).</summary>
    DeflateData = 0x11,

    /// <summary>0 reboots, 1 stays.</summary>
    DeflateEnd = 0x12,

    /// <summary>Words: offset, bytes, 0, 0. The ROM answers in 32 hexadecimal digits, the stub in 16 bytes.</summary>
    FlashMd5 = 0x13,

    /// <summary>Flags, key purposes, chip id; the ESP32 does not know it.</summary>
    GetSecurityInfo = 0x14,

    /// <summary>Erases all; stub only.</summary>
    EraseFlash = 0xD0,

    /// <summary>Offset and bytes, both whole sectors; stub only.</summary>
    EraseRegion = 0xD1,

    /// <summary>Offset, bytes, bytes of a packet, packets under way; stub only.</summary>
    ReadFlash = 0xD2,

    /// <summary>Leaves the stub for the program in flash; stub only.</summary>
    RunUserCode = 0xD3,
}
