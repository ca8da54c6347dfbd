namespace EdgeChat.Core;

/// <summary>The days of the Gregorian calendar, in whole numbers and without objects.</summary>
internal static class Calendar
{
    private const int DaysTo1970 = 719162; // from the first day of year 1
    private const int DaysOf400Years = 146097;

    /// <summary>Days of a month.</summary>
    public static int DaysIn(int year, int month)
    {
        if (month == 2) return IsLeap(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /// <summary>Days from 1970-01-01 to a day.</summary>
    public static int DaysSince1970(int year, int month, int day)
    {
        int days = DaysBefore(year) - DaysTo1970;
        for (int m = 1; m < month; m++) days += DaysIn(year, m);
        return days + day - 1;
    }

    /// <summary>The year of a day that is so many days behind 1970-01-01.</summary>
    public static int YearOf(int daysSince1970)
    {
        int days = daysSince1970 + DaysTo1970;
        int year = (int)(days * 400L / DaysOf400Years) + 1; // right, or one too many or too few
        while (DaysBefore(year) > days) year--;
        while (DaysBefore(year + 1) <= days) year++;
        return year;
    }

    private static int DaysBefore(int year)
    {
        int before = year - 1;
        return before * 365 + before / 4 - before / 100 + before / 400;
    }

    private static bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
}
