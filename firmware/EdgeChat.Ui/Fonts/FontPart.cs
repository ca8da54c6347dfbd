namespace EdgeChat.Ui;

/// <summary>The parts that a font comes in. A board that never shows a script never holds its glyphs.</summary>
internal static class FontPart
{
    /// <summary>ASCII, punctuation and signs.</summary>
    public const int Basic = 0;

    /// <summary>Latin-1: U+00A1 to U+00FF.</summary>
    public const int Latin1 = 1;

    /// <summary>The letters of Latin that come after it.</summary>
    public const int LatinMore = 2;

    /// <summary>Greek.</summary>
    public const int Greek = 3;

    /// <summary>Cyrillic.</summary>
    public const int Cyrillic = 4;

    /// <summary>The drawn symbols for emoji, at code points of private use.</summary>
    public const int Emoji = 5;

    /// <summary>Which symbol stands for which character: three bytes of code point, low first, and the symbol's number; ascending. No glyphs.</summary>
    public const int EmojiMap = 6;

    /// <summary>Number of parts.</summary>
    public const int Count = 7;

    /// <summary>The code point of the first drawn symbol: only the map leads there, never a message.</summary>
    public const int FirstEmoji = 0xE000;

    /// <summary>The last code point of private use.</summary>
    public const int LastEmoji = 0xF8FF;

    /// <summary>The part that has a character, if the font has it at all.</summary>
    public static int Of(int code)
    {
        if (code < 0xA1) return Basic;
        if (code < 0x100) return Latin1;
        if (code < 0x370) return LatinMore;
        if (code < 0x400) return Greek;
        if (code < 0x530) return Cyrillic;
        if (code >= 0x1E00 && code < 0x1F00) return LatinMore;
        return code >= FirstEmoji && code <= LastEmoji ? Emoji : Basic;
    }
}
