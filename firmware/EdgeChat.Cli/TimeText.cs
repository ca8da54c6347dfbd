using System;

namespace EdgeChat.Cli;

/// <summary>Writes times on the console: the hour alone today, else with the date, in the board's own local time.</summary>
internal static class TimeText
{
    private const long SecondsOfDay = 86400;

    /// <summary>Writes "14:05", or "2026-09-21 14:05" when that is not today; nothing for 0, a time that nobody knows.</summary>
    public static void Write(ShellContext c, long unix) { Write(c, unix, c.Messenger.UnixAt(c.NowMs)); }

    /// <summary>Writes it with the date when that is not the day of <paramref name="unixNow"/>.</summary>
    public static void Write(ShellContext c, long unix, long unixNow)
    {
        if (unix <= 0) return;
        long local = ToLocal(c, unix);
        TerminalWriter o = c.Out;
        if (unixNow <= 0 || local / SecondsOfDay != ToLocal(c, unixNow) / SecondsOfDay)
        {
            DateTime date = DateTime.UnixEpoch.AddSeconds(local);
            o.Write(date.Year);
            o.Raw((byte)'-');
            o.WriteTwoDigits(date.Month);
            o.Raw((byte)'-');
            o.WriteTwoDigits(date.Day);
            o.Raw((byte)' ');
        }

        int minute = (int)(local % SecondsOfDay / 60);
        o.WriteTwoDigits(minute / 60);
        o.Raw((byte)':');
        o.WriteTwoDigits(minute % 60);
    }

    /// <summary>Writes seconds as "12 s", "3 min", "5 h" or "2 days".</summary>
    public static void WriteSpan(TerminalWriter o, long seconds)
    {
        if (seconds < 120)
        {
            o.Write(seconds);
            o.Write(" s");
        }
        else if (seconds < 7200)
        {
            o.Write(seconds / 60);
            o.Write(" min");
        }
        else if (seconds < 2 * SecondsOfDay)
        {
            o.Write(seconds / 3600);
            o.Write(" h");
        }
        else
        {
            o.Write(seconds / SecondsOfDay);
            o.Write(" days");
        }
    }

    /// <summary>Reads an offset as "+02:00", "-5", "5:30"; <see cref="int.MinValue"/> when it is none from -12:00 to +14:00.</summary>
    public static int ParseOffset(string text)
    {
        bool isMinus = CommandLine.Begins(text, "-");
        if (isMinus || CommandLine.Begins(text, "+")) text = text.Substring(1);
        int colon = text.IndexOf(':');
        int hours = CommandLine.ToNumber(colon < 0 ? text : text.Substring(0, colon));
        int minutes = colon < 0 ? 0 : CommandLine.ToNumber(text.Substring(colon + 1));
        if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return int.MinValue;
        int total = (isMinus ? -1 : 1) * (hours * 60 + minutes);
        return total < -720 || total > 840 ? int.MinValue : total;
    }

    private static long ToLocal(ShellContext c, long unix) { return unix + c.Me.OffsetAt(unix) * 60L; }
}
