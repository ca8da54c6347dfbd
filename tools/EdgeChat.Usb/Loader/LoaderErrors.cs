namespace EdgeChat.Usb.Loader;

/// <summary>The loader refuses a command.</summary>
public sealed class LoaderRefusedException(LoaderCommand command, int status) : Exception(
    $"the boot loader refuses {command}: {LoaderErrors.Text(status)}")
{
    /// <summary>True when the command came damaged and nothing was done: it may be sent again.</summary>
    public bool WasDamaged { get; } = LoaderErrors.IsDamage(status);
}

/// <summary>The loader has not answered in time. Whether it has done what was asked is not known.</summary>
public sealed class LoaderSilentException(string message) : Exception(message);

/// <summary>What the loaders' error bytes mean.</summary>
public static class LoaderErrors
{
    internal static bool IsDamage(int status) => status is 0x0105 or 0x0107 or 0xC000 or 0xC100 or 0xC300;

    /// <summary>The meaning of a status: the ROM's is 01 and the error, the stub's the error and 00.</summary>
    public static string Text(int status) => status switch
    {
        0x0101 or 0x0164 => "a parameter is wrong",
        0x0105 or 0x0165 => "it does not know the command or its format",
        0x0106 => "it could not do it",
        0x0107 or 0xC100 => "the checksum is wrong",
        0x0108 => "the flash cannot be written",
        0x0109 => "the flash cannot be read",
        0x010B or 0x010C or 0x010D or 0xC700 => "the compressed data is damaged",
        0xC000 => "the length is wrong",
        0xC200 => "the block size is wrong",
        0xC300 or 0xFF00 => "it does not know the command",
        0xC400 or 0xC500 => "the flash does not answer",
        0xC600 => "no write was begun",
        0xC800 => "there was not enough data",
        0xC900 => "there was too much data",
        _ => "unknown error",
    } + $" ({status:X4})";
}
