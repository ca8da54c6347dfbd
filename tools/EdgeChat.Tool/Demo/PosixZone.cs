using System.Globalization;

namespace EdgeChat.Tool.Demo;

/// <summary>Writes a time zone of this PC as a POSIX rule, which a board understands (docs/building-for-the-board.md).</summary>
public static class PosixZone
{
    /// <summary>The rule of a zone as it is at <paramref name="now"/>; without a rule for summer time that goes on, its offset
    /// then.</summary>
    public static string Of(TimeZoneInfo zone, DateTimeOffset now)
    {
        var rule = zone.GetAdjustmentRules().LastOrDefault(r => r.DateEnd >= now.Date);
        if (rule is null || rule.DaylightDelta == TimeSpan.Zero || rule.DaylightTransitionStart.IsFixedDateRule
            || rule.DaylightTransitionEnd.IsFixedDateRule)
            return Offset(zone.GetUtcOffset(now));
        var standard = zone.BaseUtcOffset + rule.BaseUtcOffsetDelta;
        return Offset(standard) + Offset(standard + rule.DaylightDelta) + Change(rule.DaylightTransitionStart)
            + Change(rule.DaylightTransitionEnd);
    }

    // a name that is the offset itself, then the offset, counted the other way round
    private static string Offset(TimeSpan offset)
    {
        var size = offset.Duration().ToString(offset.Minutes == 0 ? "hh" : @"hh\:mm", CultureInfo.InvariantCulture);
        var name = size.Replace(":", "", StringComparison.Ordinal);
        return offset < TimeSpan.Zero ? $"<-{name}>{size}" : $"<+{name}>-{size}";
    }

    private static string Change(TimeZoneInfo.TransitionTime change)
    {
        var time = change.TimeOfDay.ToString(change.TimeOfDay.Minute == 0 ? "%H" : "H:mm", CultureInfo.InvariantCulture);
        return $",M{change.Month}.{change.Week}.{(int)change.DayOfWeek}/{time}";
    }
}
