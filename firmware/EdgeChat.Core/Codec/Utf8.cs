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
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || index + length > end) return Replacement << 3 | 1;
        int code = lead & 0xFF >> (length + 1);
        for (int i = 1; i < length; i++)
        {
            int next = bytes[index + i];
            if ((next & 0xC0) != 0x80) return Replacement << 3 | 1;
            code = code << 6 | next & 0x3F;
        }

        return code << 3 | length;
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
