using Clock = System.DateTime;

namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's DateTime: its clock is the board's, and it is always UTC.</summary>
public readonly struct DateTime : IComparable, IEquatable<DateTime>
{
    public static readonly DateTime MinValue = Clock.MinValue;
    public static readonly DateTime MaxValue = Clock.MaxValue;
    public static readonly DateTime UnixEpoch = Clock.UnixEpoch;

    private readonly Clock _value;

    public DateTime(long ticks)
        : this(new Clock(ticks, DateTimeKind.Utc))
    {
    }

    public DateTime(long ticks, DateTimeKind kind)
        : this(new Clock(ticks, kind))
    {
    }

    public DateTime(int year, int month, int day)
        : this(year, month, day, 0, 0, 0, 0)
    {
    }

    public DateTime(int year, int month, int day, int hour, int minute, int second)
        : this(year, month, day, hour, minute, second, 0)
    {
    }

    public DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond)
        : this(new Clock(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc))
    {
    }

    private DateTime(Clock value) => _value = value;

    /// <summary>The board's clock: from 1970 until the time server has answered.</summary>
    public static DateTime UtcNow
    {
        get
        {
            PowerCycle? cycle = PowerCycle.Current;
            cycle?.Check();
            return cycle?.Board.Clock.UtcNow ?? Clock.UtcNow;
        }
    }

    public static DateTime Today => UtcNow.Date;

    public DateTime Date => _value.Date;

    public int Day => _value.Day;

    public DayOfWeek DayOfWeek => _value.DayOfWeek;

    public int DayOfYear => _value.DayOfYear;

    public int Hour => _value.Hour;

    public DateTimeKind Kind => _value.Kind;

    public int Millisecond => _value.Millisecond;

    public int Minute => _value.Minute;

    public int Month => _value.Month;

    public int Second => _value.Second;

    public long Ticks => _value.Ticks;

    public TimeSpan TimeOfDay => _value.TimeOfDay;

    public int Year => _value.Year;

    public static implicit operator DateTime(Clock value) => new(value);

    public static implicit operator Clock(DateTime value) => value._value;

    public static DateTime operator +(DateTime d, TimeSpan t) => d._value + t;

    public static DateTime operator -(DateTime d, TimeSpan t) => d._value - t;

    public static TimeSpan operator -(DateTime d1, DateTime d2) => d1._value - d2._value;

    public static bool operator ==(DateTime d1, DateTime d2) => d1._value == d2._value;

    public static bool operator !=(DateTime t1, DateTime t2) => t1._value != t2._value;

    public static bool operator <(DateTime t1, DateTime t2) => t1._value < t2._value;

    public static bool operator <=(DateTime t1, DateTime t2) => t1._value <= t2._value;

    public static bool operator >(DateTime t1, DateTime t2) => t1._value > t2._value;

    public static bool operator >=(DateTime t1, DateTime t2) => t1._value >= t2._value;

    public static int Compare(DateTime t1, DateTime t2) => Clock.Compare(t1._value, t2._value);

    public static int DaysInMonth(int year, int month) => Clock.DaysInMonth(year, month);

    public static bool Equals(DateTime t1, DateTime t2) => t1 == t2;

    public static DateTime FromUnixTimeSeconds(long seconds) => Clock.UnixEpoch.AddSeconds(seconds);

    public static DateTime Parse(string s) => Clock.Parse(s, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    public static bool TryParse(string s, out DateTime result)
    {
        bool isTime = Clock.TryParse(s, System.Globalization.CultureInfo.InvariantCulture, out Clock value);
        result = value.ToUniversalTime();
        return isTime;
    }

    public DateTime Add(TimeSpan val) => _value.Add(val);

    public DateTime AddDays(double val) => _value.AddDays(val);

    public DateTime AddHours(double val) => _value.AddHours(val);

    public DateTime AddMilliseconds(double val) => _value.AddMilliseconds(val);

    public DateTime AddMinutes(double val) => _value.AddMinutes(val);

    public DateTime AddSeconds(double val) => _value.AddSeconds(val);

    public DateTime AddTicks(long val) => _value.AddTicks(val);

    public int CompareTo(object? val) => val is DateTime other ? _value.CompareTo(other._value) : 1;

    public bool Equals(DateTime other) => _value == other._value;

    public override bool Equals(object? obj) => obj is DateTime other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();

    public TimeSpan Subtract(DateTime val) => _value - val._value;

    public DateTime Subtract(TimeSpan val) => _value - val;

    public long ToUnixTimeSeconds() => (_value.Ticks - Clock.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    public override string ToString() => ToString("G");

    /// <summary>In the invariant culture; "o" ends in Z, as observed on the board.</summary>
    public string ToString(string format) =>
        Clock.SpecifyKind(_value, DateTimeKind.Utc).ToString(format, System.Globalization.CultureInfo.InvariantCulture);
}
