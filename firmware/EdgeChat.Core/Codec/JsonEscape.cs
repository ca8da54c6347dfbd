namespace EdgeChat.Core;

/// <summary>The escapes of a JSON string (RFC 8259, section 7), surrogate pairs included.</summary>
internal static class JsonEscape
{
    /// <summary>Reads what stands after a backslash as a code point and moves <paramref name="at"/> behind it; a <see cref="BodyError"/>
    /// with a minus sign when it stands for no character.</summary>
    public static int Read(byte[] bytes, ref int at, int end)
    {
        if (at == end) return -(int)BodyError.NotJson;
        switch ((char)bytes[at++])
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u': return ReadUnicode(bytes, ref at, end);
            default: return -(int)BodyError.NotJson;
        }
    }

    private static int ReadUnicode(byte[] bytes, ref int at, int end)
    {
        int unit = ReadFourHex(bytes, ref at, end);
        if (unit == 0) return -(int)BodyError.HasNul;
        if (unit < 0xD800 || unit > 0xDFFF) return unit;
        if (unit > 0xDBFF || at + 2 > end || bytes[at] != '\\' || bytes[at + 1] != 'u') return -(int)BodyError.NotUtf8;
        at += 2;
        int low = ReadFourHex(bytes, ref at, end);
        if (low < 0) return low;
        if (low < 0xDC00 || low > 0xDFFF) return -(int)BodyError.NotUtf8;
        return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }

    private static int ReadFourHex(byte[] bytes, ref int at, int end)
    {
        if (at + 4 > end) return -(int)BodyError.NotJson;
        int unit = 0;
        for (int i = 0; i < 4; i++)
        {
            int c = bytes[at++];
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
            if (digit < 0) return -(int)BodyError.NotJson;
            unit = unit << 4 | digit;
        }

        return unit;
    }
}
