using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Writes times on the console: the hour alone today, else with the date, in the board's own local time.</summary>
internal sealed class TimeText
{
    private const long SecondsOfDay = 86400;

    private readonly TerminalWriter _out;
    private readonly Identity _me;

    public TimeText(TerminalWriter output, Identity me)
    {
        _out = output;
        _me = me;
    }

    /// <summary>Writes "14:05", or "2026-09-21 14:05" when that is not the day of <paramref name="unixNow"/>; nothing for 0, a time that nobody knows.</summary>
    public void Write(long unix, long unixNow)
    {
        if (unix <= 0) return;
        long local = ToLocal(unix);
        if (unixNow <= 0 || local / SecondsOfDay != ToLocal(unixNow) / SecondsOfDay)
        {
            WriteDate(local);
            _out.Raw((byte)' ');
        }

        int minute = (int)(local % SecondsOfDay / 60);
        _out.WriteTwoDigits(minute / 60);
        _out.Raw((byte)':');
        _out.WriteTwoDigits(minute % 60);
    }

    /// <summary>Writes seconds as "12 s", "3 min", "5 h" or "2 days".</summary>
    public void WriteSpan(long seconds)
    {
        if (seconds < 120)
        {
            _out.Write(seconds);
            _out.Write(" s");
        }
        else if (seconds < 7200)
        {
            _out.Write(seconds / 60);
            _out.Write(" min");
        }
        else if (seconds < 2 * SecondsOfDay)
        {
            _out.Write(seconds / 3600);
            _out.Write(" h");
        }
        else
        {
            _out.Write(seconds / SecondsOfDay);
            _out.Write(" days");
        }
    }

    /// <summary>The offset from UTC as "+02:00".</summary>
    public static string OffsetText(int minutes)
    {
        int size = minutes < 0 ? -minutes : minutes;
        return (minutes < 0 ? "-" : "+") + (size / 60).ToString("D2") + ":" + (size % 60).ToString("D2");
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

    private long ToLocal(long unix) { return unix + _me.UtcOffsetMinutes * 60L; }

    private void WriteDate(long local)
    {
        DateTime date = DateTime.UnixEpoch.AddSeconds(local);
        _out.Write(date.Year);
        _out.Raw((byte)'-');
        _out.WriteTwoDigits(date.Month);
        _out.Raw((byte)'-');
        _out.WriteTwoDigits(date.Day);
    }
}
