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

    /// <summary>The value of a JSON number, whatever its spelling: 17, 17.0, 1.7e1 and 170e-1 are one integer.</summary>
    /// <param name="bytes">What has passed <see cref="End"/>.</param>
    /// <param name="start">Where the number begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="max">The largest value, at most <c>long.MaxValue / 10 - 9</c>.</param>
    /// <param name="mayHaveFraction">Whether a fraction is cut off; else it makes the number no integer.</param>
    /// <returns>0 to <paramref name="max"/>, or the negative of <see cref="BodyError.OutOfRange"/> or
    /// <see cref="BodyError.WrongType"/>.</returns>
    public static long Integer(byte[] bytes, int start, int end, long max, bool mayHaveFraction)
    {
        bool isNegative = bytes[start] == '-';
        int first = isNegative ? start + 1 : start;
        int mantissaEnd = first;
        int whole = -1; // digits before the point
        for (; mantissaEnd < end && bytes[mantissaEnd] != 'e' && bytes[mantissaEnd] != 'E'; mantissaEnd++)
            if (bytes[mantissaEnd] == '.') whole = mantissaEnd - first;
        if (whole < 0) whole = mantissaEnd - first;
        whole += Exponent(bytes, mantissaEnd + 1, end);
        long number = 0;
        bool hasFraction = false;
        int place = 0;
        for (int i = first; i < mantissaEnd; i++)
        {
            if (bytes[i] == '.') continue;
            if (place++ < whole) number = number * 10 + (bytes[i] - '0');
            else if (bytes[i] != '0') hasFraction = true;
            if (number > max) return -(int)BodyError.OutOfRange;
        }

        for (; place < whole && number > 0; place++)
        {
            number *= 10;
            if (number > max) return -(int)BodyError.OutOfRange;
        }

        if (hasFraction && !mayHaveFraction) return -(int)BodyError.WrongType;
        return isNegative && (number != 0 || hasFraction) ? -(int)BodyError.OutOfRange : number;
    }

    // as much as moves any digit of a body out of sight is enough
    private static int Exponent(byte[] bytes, int at, int end)
    {
        if (at >= end) return 0;
        bool isNegative = bytes[at] == '-';
        int exponent = 0;
        if (isNegative || bytes[at] == '+') at++;
        for (; at < end && exponent <= Body.MaxBytes; at++) exponent = exponent * 10 + (bytes[at] - '0');
        return isNegative ? -exponent : exponent;
    }

    private static int DigitsEnd(byte[] bytes, int at, int end)
    {
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') at++;
        return at;
    }
}
