namespace EdgeChat.Core;

/// <summary>How much room a character takes in columns of a terminal: Unicode Standard Annex 11, as terminals agree on it.</summary>
public static partial class CharWidth
{
    private const int FirstMark = 0x300;
    private const int FirstTag = 0xE0000;
    private const int EndOfTags = 0xE1000;

    /// <summary>0 for what joins the character before, 2 for a wide one, else 1.</summary>
    public static int Of(int code)
    {
        if (code < FirstMark) return 1;
        if (IsTag(code) || MarkOf(code) == 1) return 0;
        return IsWide(code) ? 2 : 1;
    }

    /// <summary>Whether a character belongs to the one before it, whether or not a terminal gives it a column.</summary>
    public static bool IsMark(int code) { return code >= FirstMark && (IsTag(code) || MarkOf(code) != 0); }

    /// <summary>Whether a character is wide: East Asian Width W or F, and emoji.</summary>
    public static bool IsWide(int code)
    {
        if (code < 0x1100) return false;
        if (code < 0x2E80) return code <= 0x115F || (WideSigns(code >> 5) >> (code & 31) & 1) != 0;
        if (code < 0x10000)
        {
            return code <= 0xA4CF || (code >= 0xA960 && code <= 0xA97C) || (code >= 0xAC00 && code <= 0xD7A3) ||
                (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFE10 && code <= 0xFE19) || (code >= 0xFE30 && code <= 0xFE6F) ||
                (code >= 0xFF00 && code <= 0xFF60) || (code >= 0xFFE0 && code <= 0xFFE6);
        }

        if (code < 0x1F300) return (code >= 0x16FE0 && code <= 0x1B2FF) || (code >= 0x1F191 && code <= 0x1F19A) || code >= 0x1F200;
        return code <= 0x1FAFF || (code >= 0x20000 && code <= 0x3FFFD);
    }

    private static bool IsTag(int code) { return code >= FirstTag && code < EndOfTags; }

    // of 32 signs, those that are shown as emoji unless something else is asked for
    private static int WideSigns(int block)
    {
        switch (block)
        {
            case 0x118:
                return 0x0C000000;
            case 0x119:
                return 0x600;
            case 0x11F:
                return 0x91E00;
            case 0x12F:
                return 0x60000000;
            case 0x130:
                return 0x300000;
            case 0x132:
                return 0xFFF00;
            case 0x133:
                return int.MinValue;
            case 0x134:
                return 0x80000;
            case 0x135:
                return 0x60000C02;
            case 0x136:
                return 0x104030;
            case 0x137:
                return 0x242C0400;
            case 0x138:
                return 0xC20;
            case 0x139:
                return 0x100;
            case 0x13A:
                return 0xB85000;
            case 0x13C:
                return 0xE00000;
            case 0x13D:
                return -0x7FFF0000;
            case 0x158:
                return 0x18000000;
            case 0x15A:
                return 0x210000;
            default:
                return 0;
        }
    }
}
