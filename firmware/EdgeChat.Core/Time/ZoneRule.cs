namespace EdgeChat.Core;

/// <summary>A time zone whose summer time follows a rule, written as POSIX writes it: <c>CET-1CEST,M3.5.0,M10.5.0/3</c>.</summary>
/// <remarks>IEEE 1003.1, section 8.3, TZ: a name, how far local time is behind UTC, and for summer time a name (with an offset, if it is
/// not an hour), and when it begins and ends: M, month, week of the month (5: the last), day of the week (0: Sunday), and the local time
/// before the change, 02:00 unless given. Rules that count the days of the year (Jn, n) are not read: no zone has them any more. A name
/// that is not only letters stands in angle brackets.</remarks>
public sealed class ZoneRule
{
    private const int MinutesOfDay = 1440;
    private const int SecondsOfDay = 86400;
    private const int LatestMinute = 167 * 60; // RFC 8536, section 3.3.1
    private const int FirstWeekday = 4; // 1970-01-01 was a Thursday
    private const int Bad = int.MinValue;

    private readonly int _standard;
    private readonly int _summer;

    // month, week, day of the week and the minute of the day, which may be below 0, in one number; 0 without summer time
    private readonly int _start;
    private readonly int _end;

    private ZoneRule(int standard, int summer, int start, int end)
    {
        _standard = standard;
        _summer = summer;
        _start = start;
        _end = end;
    }

    /// <summary>Reads a rule; null when the text is none.</summary>
    public static ZoneRule Parse(string text)
    {
        char[] chars = text.ToCharArray();
        int at = 0;
        if (!SkipName(chars, ref at)) return null;
        int standard = Offset(chars, ref at);
        if (standard == Bad) return null;
        if (at == chars.Length) return new ZoneRule(standard, standard, 0, 0);
        if (!SkipName(chars, ref at)) return null;
        int summer = standard + 60;
        if (at < chars.Length && chars[at] != ',') summer = Offset(chars, ref at);
        int start = Change(chars, ref at);
        int end = Change(chars, ref at);
        return summer == Bad || start == Bad || end == Bad || at != chars.Length ? null : new ZoneRule(standard, summer, start, end);
    }

    /// <summary>Minutes that local time is ahead of UTC at a time in Unix seconds.</summary>
    public int OffsetAt(long unix)
    {
        if (_start == 0) return _standard;
        int year = Calendar.YearOf((int)((unix + _standard * 60) / SecondsOfDay));
        long start = Moment(year, _start) - _standard * 60;
        long end = Moment(year, _end) - _summer * 60;
        bool isSummer = start < end ? unix >= start && unix < end : unix >= start || unix < end;
        return isSummer ? _summer : _standard;
    }

    // seconds since 1970 of a change in a year, as if local time were UTC
    private static long Moment(int year, int change)
    {
        int month = change >> 24;
        int week = change >> 20 & 7;
        int weekday = change >> 16 & 7;
        int minute = (change & 0xFFFF) - LatestMinute;
        int first = Calendar.DaysSince1970(year, month, 1);
        int day = first + (weekday - (FirstWeekday + first) % 7 + 7) % 7 + (week - 1) * 7;
        if (day >= first + Calendar.DaysIn(year, month)) day -= 7;
        return (long)day * SecondsOfDay + minute * 60;
    }

    private static bool SkipName(char[] text, ref int at)
    {
        bool isQuoted = at < text.Length && text[at] == '<';
        int first = isQuoted ? ++at : at;
        while (at < text.Length && (isQuoted ? text[at] != '>' : IsLetter(text[at]))) at++;
        int length = at - first;
        if (!isQuoted) return length >= 3;
        if (at == text.Length) return false;
        at++;
        return length >= 3;
    }

    // POSIX counts what is to be added to local time: west of Greenwich is positive
    private static int Offset(char[] text, ref int at)
    {
        int minutes = Time(text, ref at);
        return minutes < -MinutesOfDay || minutes > MinutesOfDay ? Bad : -minutes;
    }

    private static int Change(char[] text, ref int at)
    {
        if (!Take(text, ref at, ',') || !Take(text, ref at, 'M')) return Bad;
        int month = Number(text, ref at);
        if (month < 1 || month > 12 || !Take(text, ref at, '.')) return Bad;
        int week = Number(text, ref at);
        if (week < 1 || week > 5 || !Take(text, ref at, '.')) return Bad;
        int weekday = Number(text, ref at);
        if (weekday < 0 || weekday > 6) return Bad;
        int minute = Take(text, ref at, '/') ? Time(text, ref at) : 120;
        if (minute < -LatestMinute || minute > LatestMinute) return Bad;
        return month << 24 | week << 20 | weekday << 16 | (minute + LatestMinute);
    }

    // [+-]hh[:mm[:ss]] in minutes; no zone of today has seconds
    private static int Time(char[] text, ref int at)
    {
        bool isMinus = Take(text, ref at, '-');
        if (!isMinus) Take(text, ref at, '+');
        int hours = Number(text, ref at);
        int minutes = Take(text, ref at, ':') ? Number(text, ref at) : 0;
        int seconds = Take(text, ref at, ':') ? Number(text, ref at) : 0;
        if (hours < 0 || hours > 167 || minutes < 0 || minutes > 59 || seconds != 0) return Bad;
        return isMinus ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    private static int Number(char[] text, ref int at)
    {
        int first = at;
        int number = 0;
        for (; at < text.Length && text[at] >= '0' && text[at] <= '9' && at < first + 3; at++) number = number * 10 + (text[at] - '0');
        return at == first ? Bad : number;
    }

    private static bool Take(char[] text, ref int at, char wanted)
    {
        if (at >= text.Length || text[at] != wanted) return false;
        at++;
        return true;
    }

    private static bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
}
