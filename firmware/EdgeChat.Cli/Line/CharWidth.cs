namespace EdgeChat.Cli;

/// <summary>How many columns of a terminal a character takes: the coarse ranges of Unicode Standard Annex 11, as terminals agree on
/// them.</summary>
public static class CharWidth
{
    /// <summary>0 for marks that join the character before, 2 for wide ones, else 1.</summary>
    public static int Of(int code)
    {
        if (code < 0x300) return 1;
        if (code <= 0x36F || (code >= 0x200B && code <= 0x200F)) return 0;
        if ((code >= 0x20D0 && code <= 0x20FF) || (code >= 0xFE00 && code <= 0xFE0F)) return 0;
        if (code < 0x1100) return 1;
        if (code <= 0x115F) return 2;
        if (code < 0x2E80) return 1;
        if (code <= 0xA4CF || (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF)) return 2;
        if ((code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) || (code >= 0xFFE0 && code <= 0xFFE6)) return 2;
        return (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD) ? 2 : 1;
    }
}
