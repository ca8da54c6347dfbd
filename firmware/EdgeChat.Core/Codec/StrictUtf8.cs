namespace EdgeChat.Core;

/// <summary>Checks bytes against RFC 3629; the platform's decoder would replace what is wrong, and differently on board and PC.</summary>
public static class StrictUtf8
{
    /// <summary>The first thing wrong with the bytes: <see cref="BodyError.NotUtf8"/>, <see cref="BodyError.HasNul"/> or nothing.</summary>
    public static BodyError Check(byte[] bytes, int count) { return Check(bytes, 0, count); }

    /// <summary>The same of bytes that begin somewhere.</summary>
    public static BodyError Check(byte[] bytes, int start, int count)
    {
        int i = start;
        int end = start + count;
        while (i < end)
        {
            int lead = bytes[i++];
            if (lead < 0x80)
            {
                if (lead == 0) return BodyError.HasNul;
                continue;
            }

            // second byte ranges: RFC 3629, section 4; they exclude overlong forms, surrogates and what is beyond U+10FFFF
            int rest;
            int low = 0x80;
            int high = 0xBF;
            if (lead >= 0xC2 && lead <= 0xDF)
            {
                rest = 1;
            }
            else if (lead >= 0xE0 && lead <= 0xEF)
            {
                rest = 2;
                if (lead == 0xE0) low = 0xA0;
                else if (lead == 0xED) high = 0x9F;
            }
            else if (lead >= 0xF0 && lead <= 0xF4)
            {
                rest = 3;
                if (lead == 0xF0) low = 0x90;
                else if (lead == 0xF4) high = 0x8F;
            }
            else
            {
                return BodyError.NotUtf8;
            }

            if (i + rest > end || bytes[i] < low || bytes[i] > high) return BodyError.NotUtf8;
            for (i++; rest > 1; rest--, i++)
                if ((bytes[i] & 0xC0) != 0x80) return BodyError.NotUtf8;
        }

        return BodyError.None;
    }
}
