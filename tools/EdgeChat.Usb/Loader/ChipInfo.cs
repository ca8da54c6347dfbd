namespace EdgeChat.Usb.Loader;

/// <summary>What a chip says of itself.</summary>
/// <param name="Chip">Its kind.</param>
/// <param name="Mac">Its MAC address, six bytes: it tells one board from all others.</param>
/// <param name="FlashBytes">Size of its flash, or 0 when the flash does not tell.</param>
public sealed record ChipInfo(LoaderChip Chip, byte[] Mac, int FlashBytes)
{
    /// <summary>The MAC address as <c>24:0a:c4:12:34:56</c>.</summary>
    public string MacText => MacOf(Mac);

    /// <summary>A MAC address as people write it.</summary>
    public static string MacOf(byte[] mac) => string.Join(':', mac.Select(b => b.ToString("x2")));
}
