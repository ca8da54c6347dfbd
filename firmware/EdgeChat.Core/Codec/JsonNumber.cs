namespace EdgeChat.Core;

/// <summary>The form of a JSON number (RFC 8259, section 6).</summary>
public static class JsonNumber
{
    /// <summary>Whether a text is a JSON number and nothing else.</summary>
    public static bool Is(string text)
    {
        if (text == null) return false;
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return End(bytes, 0, bytes.Length) == bytes.Length;
    }

    /// <summary>Where the JSON number that begins at <paramref name="at"/> ends, or -1 when none begins there.</summary>
    public static int End(byte[] bytes, int at, int end)
    {
        if (at < end && bytes[at] == '-') at++;
        int digits = DigitsEnd(bytes, at, end);
        if (digits == at || (bytes[at] == '0' && digits > at + 1)) return -1;
        at = digits;
        if (at < end && bytes[at] == '.')
        {
            digits = DigitsEnd(bytes, ++at, end);
            if (digits == at) return -1;
            at = digits;
        }

        if (at == end || (bytes[at] != 'e' && bytes[at] != 'E')) return at;
        at++;
        if (at < end && (bytes[at] == '+' || bytes[at] == '-')) at++;
        digits = DigitsEnd(bytes, at, end);
        return digits == at ? -1 : digits;
    }

    private static int DigitsEnd(byte[] bytes, int at, int end)
    {
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') at++;
        return at;
    }
}
