using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Times for people. A local time is Unix seconds with the offset from UTC added; 0 means that the time is not known.</summary>
public static class LocalTime
{
    private const int Day = 86400;
    private const int DaysOfWeek = 7;
    private const int DaysOf400Years = 146097;
    private const int DaysToMarch0 = 719468; // from 1 March of year 0 to 1 January 1970

    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const int ShortName = 3;

    /// <summary>The day that a local time is in: days since 1 January 1970.</summary>
    public static int DayOf(long local) { return (int)(local / Day); }

    /// <summary>Adds the time of day, "07:05".</summary>
    public static TextBuffer AddTime(TextBuffer into, long local)
    {
        int minute = (int)(local % Day / 60);
        return into.AddTwo(minute / 60).Add(':').AddTwo(minute % 60);
    }

    /// <summary>Adds a day as a person says it on day <paramref name="today"/>: "Today", "Yesterday", "Monday", "3 Nov", "3 Nov
    /// 2025".</summary>
    public static TextBuffer AddDay(TextBuffer into, int day, int today)
    {
        int ago = today - day;
        if (ago == 0) return into.Add("Today");
        if (ago == 1) return into.Add("Yesterday");
        if (ago > 1 && ago < DaysOfWeek) return into.Add(WeekdayOf(day));
        return AddDate(into, day, today);
    }

    /// <summary>Adds what tells a message's age in a list: "07:05" of today, then "Mon", then "3 Nov".</summary>
    public static TextBuffer AddShort(TextBuffer into, long local, int today)
    {
        int day = DayOf(local);
        int ago = today - day;
        if (ago == 0 || today == 0) return AddTime(into, local);
        if (ago > 0 && ago < DaysOfWeek) return into.AddPart(WeekdayOf(day), 0, ShortName);
        return AddDate(into, day, today);
    }

    /// <summary>Adds a moment in words after "seen" or "sent": "07:05" of today, else with its day.</summary>
    public static TextBuffer AddMoment(TextBuffer into, long local, int today)
    {
        int day = DayOf(local);
        if (day != today && today != 0)
        {
            AddShort(into, local, today);
            into.Add(' ');
        }

        return AddTime(into, local);
    }

    private static string WeekdayOf(int day)
    {
        switch (day % DaysOfWeek) // 1 January 1970 was a Thursday
        {
            case 0: return "Thursday";
            case 1: return "Friday";
            case 2: return "Saturday";
            case 3: return "Sunday";
            case 4: return "Monday";
            case 5: return "Tuesday";
            default: return "Wednesday";
        }
    }

    private static TextBuffer AddDate(TextBuffer into, int day, int today)
    {
        int date = DateOf(day);
        into.Add(date % 100).Add(' ').AddPart(Months, (date / 100 % 100 - 1) * ShortName, ShortName);
        if (date / 10000 != DateOf(today) / 10000) into.Add(' ').Add(date / 10000);
        return into;
    }

    /// <summary>The date of a day in the Gregorian calendar as year * 10000 + month * 100 + day.</summary>
    /// <remarks>Counts years from March, so that the leap day is the last of its year.</remarks>
    private static int DateOf(int day)
    {
        int z = day + DaysToMarch0;
        int era = z / DaysOf400Years;
        int dayOfEra = z - era * DaysOf400Years;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int month = (5 * dayOfYear + 2) / 153; // 0 is March
        int dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
        int year = yearOfEra + era * 400 + (month < 10 ? 0 : 1);
        return year * 10000 + (month < 10 ? month + 3 : month - 9) * 100 + dayOfMonth;
    }
}
