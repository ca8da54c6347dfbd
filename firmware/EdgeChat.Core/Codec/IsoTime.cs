namespace EdgeChat.Core;

/// <summary>Reads ISO 8601 times as plain clients write them: <c>2026-09-21T14:13:20Z</c>, with fraction, offset or neither.</summary>
internal static class IsoTime
{
    /// <summary>Unix seconds, or -1 when the text is no such time or is before 1970. Without an offset it is UTC.</summary>
    public static long Parse(byte[] text, int start, int count)
    {
        int end = start + count;
        if (count < 16 || text[start + 4] != '-' || text[start + 7] != '-' || text[start + 13] != ':') return -1;
        int separator = text[start + 10];
        if (separator != 'T' && separator != 't' && separator != ' ') return -1;
        int year = Digits(text, start, 4, end);
        int month = Digits(text, start + 5, 2, end);
        int day = Digits(text, start + 8, 2, end);
        int hour = Digits(text, start + 11, 2, end);
        int minute = Digits(text, start + 14, 2, end);
        int second = 0;
        int at = start + 16;
        if (at < end && text[at] == ':')
        {
            second = Digits(text, at + 1, 2, end);
            at += 3;
            if (second >= 0 && at < end && (text[at] == '.' || text[at] == ','))
            {
                int fraction = ++at;
                while (at < end && text[at] >= '0' && text[at] <= '9') at++;
                if (at == fraction) return -1;
            }
        }

        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > Calendar.DaysIn(year, month)) return -1;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1; // 60: a leap second
        int offset = OffsetMinutes(text, at, end);
        if (offset == BadOffset) return -1;
        long time = Calendar.DaysSince1970(year, month, day) * 86400L + hour * 3600 + minute * 60 + second - offset * 60L;
        return time < 0 ? -1 : time;
    }

    private const int BadOffset = int.MinValue;

    // nothing, Z, +01, +01:00 or +0100
    private static int OffsetMinutes(byte[] text, int at, int end)
    {
        if (at == end) return 0;
        int sign = text[at];
        int rest = end - at - 1;
        if (sign == 'Z' || sign == 'z') return rest == 0 ? 0 : BadOffset;
        if ((sign != '+' && sign != '-') || (rest != 2 && rest != 4 && rest != 5)) return BadOffset;
        if (rest == 5 && text[at + 3] != ':') return BadOffset;
        int hours = Digits(text, at + 1, 2, end);
        int minutes = rest == 2 ? 0 : Digits(text, end - 2, 2, end);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return BadOffset;
        return sign == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    private static int Digits(byte[] text, int at, int count, int end)
    {
        if (at + count > end) return -1;
        int number = 0;
        for (int i = at; i < at + count; i++)
        {
            if (text[i] < '0' || text[i] > '9') return -1;
            number = number * 10 + text[i] - '0';
        }

        return number;
    }
}
