namespace EdgeChat.Core;

/// <summary>Walks UTF-8 bytes a character at a time; indexing a string costs its whole length on the board.</summary>
public static class Utf8
{
    /// <summary>What stands for bytes that are no character.</summary>
    public const int Replacement = 0xFFFD;

    /// <summary>The code point at <paramref name="index"/> shifted left by three, and its length in bytes (1-4) in the low three
    /// bits.</summary>
    public static int Decode(byte[] bytes, int index, int end)
    {
        int lead = bytes[index];
        if (lead < 0x80) return lead << 3 | 1;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || index + length > end) return Replacement << 3 | 1;

        // a byte that goes on is 10xxxxxx: with its first bit turned over it is below 0x40, and so are several of them together
        int second = bytes[index + 1] ^ 0x80;
        if (length == 2) return second < 0x40 ? (lead & 31) << 9 | second << 3 | 2 : Replacement << 3 | 1;
        int third = bytes[index + 2] ^ 0x80;
        if (length == 3) return (second | third) < 0x40 ? (lead & 15) << 15 | second << 9 | third << 3 | 3 : Replacement << 3 | 1;
        int last = bytes[index + 3] ^ 0x80;
        if ((second | third | last) >= 0x40) return Replacement << 3 | 1;
        return (lead & 7) << 21 | second << 15 | third << 9 | last << 3 | 4;
    }

    /// <summary>Where the character before <paramref name="index"/> starts.</summary>
    public static int Previous(byte[] bytes, int index)
    {
        int start = index - 1;
        while (start > 0 && index - start < 4 && (bytes[start] & 0xC0) == 0x80) start--;
        return start;
    }

    /// <summary>Writes a code point and gives the number of bytes.</summary>
    public static int Encode(int code, byte[] bytes, int index)
    {
        if (code < 0x80)
        {
            bytes[index] = (byte)code;
            return 1;
        }

        if (code < 0x800)
        {
            bytes[index] = (byte)(0xC0 | code >> 6);
            bytes[index + 1] = (byte)(0x80 | code & 0x3F);
            return 2;
        }

        if (code < 0x10000)
        {
            bytes[index] = (byte)(0xE0 | code >> 12);
            bytes[index + 1] = (byte)(0x80 | code >> 6 & 0x3F);
            bytes[index + 2] = (byte)(0x80 | code & 0x3F);
            return 3;
        }

        bytes[index] = (byte)(0xF0 | code >> 18);
        bytes[index + 1] = (byte)(0x80 | code >> 12 & 0x3F);
        bytes[index + 2] = (byte)(0x80 | code >> 6 & 0x3F);
        bytes[index + 3] = (byte)(0x80 | code & 0x3F);
        return 4;
    }
}
