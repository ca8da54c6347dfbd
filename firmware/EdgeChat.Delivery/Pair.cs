using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Two texts in the content of one record, divided by a NUL: no text of a body has one, and none gets into a string.</summary>
internal static class Pair
{
    /// <summary>Whether a value and its unit can be sent; the unit may be null.</summary>
    public static SendError Check(string first, string second)
    {
        if (first == null || first == "") return SendError.Empty;
        SendError error = CheckOne(first);
        return error != SendError.None || second == null ? error : CheckOne(second);
    }

    private static SendError CheckOne(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > Limits.ShortTextBytes) return SendError.TooLong;
        return StrictUtf8.Check(bytes, bytes.Length) == BodyError.None ? SendError.None : SendError.BadText;
    }

    /// <summary>Joins two texts; the second may be null.</summary>
    public static byte[] Join(string first, string second)
    {
        byte[] one = Encoding.UTF8.GetBytes(first);
        byte[] two = second == null ? new byte[0] : Encoding.UTF8.GetBytes(second);
        byte[] both = new byte[one.Length + 1 + two.Length];
        System.Array.Copy(one, both, one.Length);
        System.Array.Copy(two, 0, both, one.Length + 1, two.Length);
        return both;
    }

    /// <summary>The first text of the content of a record.</summary>
    public static string First(MessageRecord record)
    {
        int end = Divider(record);
        return Encoding.UTF8.GetString(record.Bytes, record.ContentStart, end - record.ContentStart);
    }

    /// <summary>The second text of the content of a record, or null when it is empty.</summary>
    public static string Second(MessageRecord record)
    {
        int start = Divider(record) + 1;
        int count = record.ContentStart + record.ContentCount - start;
        return count <= 0 ? null : Encoding.UTF8.GetString(record.Bytes, start, count);
    }

    private static int Divider(MessageRecord record)
    {
        int end = record.ContentStart + record.ContentCount;
        int at = record.ContentStart;
        while (at < end && record.Bytes[at] != 0) at++;
        return at;
    }
}
