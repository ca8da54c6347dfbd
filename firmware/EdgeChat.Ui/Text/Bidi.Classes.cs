namespace EdgeChat.Ui;

// in which direction a character goes: the bidirectional classes of Unicode Standard Annex 9, table 4, by the coarse ranges of blocks
internal sealed partial class Bidi
{
    private const int Left = 0; // letters that go to the right (L)
    private const int Right = 1; // letters that go to the left (R)
    private const int Arabic = 2; // letters that go to the left, and make numbers after them Arabic ones (AL)
    private const int Number = 3; // digits (EN)
    private const int ArabicNumber = 4; // arabic digits and what stands with them (AN)
    private const int Separator = 5; // what stands between the digits of a number (CS)
    private const int Sign = 6; // plus and minus (ES)
    private const int Terminator = 7; // signs of currency, percent, degrees (ET)
    private const int Mark = 8; // what belongs to the character before it, or is not seen (NSM, BN)
    private const int Neutral = 9; // all else (WS, ON): goes as what is around it

    private static int ClassOf(int code)
    {
        if (code < 0x80) return OfAscii(code);
        if (code < 0x300) return OfLatin(code);
        if (MayBeRight(code)) return OfRight(code);
        if (code == 0x200E) return Left;
        if (code == 0x200F) return Right;
        if (Cluster.IsJoined(code)) return Mark;
        if (code >= 0x2000 && code < 0x2C00)
        {
            if (code >= 0x20A0 && code < 0x20D0) return Terminator;
            if (code == 0x202F || code == 0x2044) return Separator;
            return code == 0x2212 ? Sign : code >= 0x2030 && code <= 0x2034 ? Terminator : Neutral;
        }

        if (code >= 0xFF10 && code <= 0xFF19) return Number;
        bool isSign = (code >= 0x2E00 && code < 0x2E80) || (code >= 0x3000 && code < 0x3021) || (code >= 0xFE10 && code < 0xFE70) ||
            (code >= 0x1F000 && code < 0x1FB00);
        return isSign ? Neutral : Left;
    }

    /// <summary>Whether a character lies in one of the blocks of scripts that go to the left.</summary>
    internal static bool MayBeRight(int code)
    {
        return code >= 0x590 && (code < 0x900 || (code >= 0xFB1D && code < 0xFE00) || (code >= 0xFE70 && code < 0xFEFF) ||
            (code >= 0x10800 && code < 0x11000) || (code >= 0x1E800 && code < 0x1F000));
    }

    /// <summary>The character that is drawn for a bracket, or a sign of its kind, that goes to the left (Bidi_Mirroring_Glyph).</summary>
    internal static int Mirrored(int code)
    {
        switch (code)
        {
            case '(':
                return ')';
            case ')':
                return '(';
            case '[':
                return ']';
            case ']':
                return '[';
            case '{':
                return '}';
            case '}':
                return '{';
            case '<':
                return '>';
            case '>':
                return '<';
            case 0xAB:
                return 0xBB;
            case 0xBB:
                return 0xAB;
            case 0x2039:
                return 0x203A;
            case 0x203A:
                return 0x2039;
            case 0x2264:
                return 0x2265;
            case 0x2265:
                return 0x2264;
            default:
                return code;
        }
    }

    private static int OfAscii(int code)
    {
        if (code > '9')
        {
            int lower = code | 0x20;
            if (lower >= 'a' && lower <= 'z') return Left;
            return code == ':' ? Separator : Neutral;
        }

        if (code >= '0') return Number;
        if (code <= '%') return code < '#' ? Neutral : Terminator;
        if (code == '+' || code == '-') return Sign;
        return code == ',' || code == '.' || code == '/' ? Separator : Neutral;
    }

    private static int OfLatin(int code)
    {
        if (code >= 0xC0) return code == 0xD7 || code == 0xF7 || (code >= 0x2B9 && code < 0x2BB) || code >= 0x2C2 ? Neutral : Left;
        if (code == 0xAA || code == 0xB5 || code == 0xBA) return Left;
        if (code == 0xB2 || code == 0xB3 || code == 0xB9) return Number;
        if (code == 0xA0) return Separator;
        return (code >= 0xA2 && code <= 0xA5) || code == 0xB0 || code == 0xB1 ? Terminator : code == 0xAD ? Mark : Neutral;
    }

    private static int OfRight(int code)
    {
        if (code >= 0x600 && code < 0x700)
        {
            if ((code >= 0x660 && code <= 0x669) || code <= 0x605 || code == 0x66B || code == 0x66C || code == 0x6DD) return ArabicNumber;
            if (code >= 0x6F0 && code <= 0x6F9) return Number;
            if (code == 0x60C) return Separator;
            if (code == 0x609 || code == 0x60A || code == 0x66A) return Terminator;
            if (code == 0x606 || code == 0x607 || code == 0x60E || code == 0x60F || code == 0x6DE || code == 0x6E9) return Neutral;
            if (code == 0x61C) return Arabic;
        }

        if (Cluster.IsJoined(code)) return Mark;
        if (code == 0xFD3E || code == 0xFD3F) return Neutral;
        bool isArabic = (code >= 0x600 && code < 0x7C0) || (code >= 0x860 && code < 0x900) || (code >= 0xFB50 && code < 0xFF00);
        return isArabic ? Arabic : Right;
    }
}
