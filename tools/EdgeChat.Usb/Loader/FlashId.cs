namespace EdgeChat.Usb.Loader;

/// <summary>Asks the flash for its JEDEC id, by the chip's SPI registers.</summary>
internal static class FlashId
{
    private const uint ReadId = 0x9F; // JEDEC JEP106
    private const uint Start = 1 << 18, UseCommand = 1u << 31, UseInput = 1 << 28, CommandBits = 7u << 28;

    /// <summary>The size of the flash in bytes, or 0 when it does not tell.</summary>
    public static int Read(LoaderLink link, LoaderChip chip)
    {
        // ESP32 Technical Reference Manual, SPI_USER_REG and following; later chips have one register less before them
        uint user = chip.Spi + (chip.IsFirst ? 0x1Cu : 0x18), user2 = user + 8, inputBits = user + 16;
        uint word = chip.Spi + (chip.IsFirst ? 0x80u : 0x58);
        for (int i = 0; i < 3; i++)
        {
            uint before = link.ReadRegister(user), before2 = link.ReadRegister(user2);
            Write(link, inputBits, 24 - 1);
            Write(link, user, UseCommand | UseInput);
            Write(link, user2, CommandBits | ReadId);
            Write(link, word, 0);
            Write(link, chip.Spi, Start);
            for (int tries = 0; tries < 10 && (link.ReadRegister(chip.Spi) & Start) != 0; tries++)
            {
                // it takes some microseconds
            }

            uint id = link.ReadRegister(word);
            Write(link, user, before);
            Write(link, user2, before2);
            // the third byte is the power of two; 2 to 32 MiB are made
            int power = (int)(id >> 16 & 0xFF);
            if (power is >= 0x15 and <= 0x19) return 1 << power;
        }

        return 0;
    }

    private static void Write(LoaderLink link, uint register, uint value) => link.Ask(
        LoaderCommand.WriteRegister, LoaderLink.Frame(LoaderCommand.WriteRegister, register, value, uint.MaxValue, 0), LoaderLink.Patience);
}
