using System.Text;

namespace EdgeChat.Core;

/// <summary>The id of a message as bodies write it: <c>sender/n</c>, or <c>sender.e/n</c> when the incarnation is not 1.</summary>
public static class MessageId
{
    private const int MaxDigits = 9;

    /// <summary>Writes an id.</summary>
    public static string Write(string sender, int incarnation, int n)
    {
        string middle = incarnation == 1 ? "/" : "." + incarnation.ToString() + "/";
        return string.Concat(sender, middle, n.ToString());
    }

    /// <summary>The sender of the id in a buffer; null when it is no id.</summary>
    public static string SenderOf(byte[] bytes, int start, int count)
    {
        int length = SenderLength(bytes, start, count);
        return length == 0 || Number(bytes, start, count) == 0 ? null : Encoding.UTF8.GetString(bytes, start, length);
    }

    /// <summary>The number in the id in a buffer; 0 when it is no id.</summary>
    public static int NumberOf(byte[] bytes, int start, int count)
    {
        return SenderLength(bytes, start, count) == 0 ? 0 : Number(bytes, start, count);
    }

    /// <summary>How many bytes the sender of the id in a buffer has; 0 when there is no sender before a slash, or no incarnation after a
    /// dot.</summary>
    public static int SenderLength(byte[] bytes, int start, int count)
    {
        int slash = Slash(bytes, start, count);
        int dot = 0;
        while (dot < slash && bytes[start + dot] != '.') dot++;
        return slash < 1 || (dot < slash && ReadNumber(bytes, start + dot + 1, start + slash) == 0) ? 0 : dot;
    }

    private static int Number(byte[] bytes, int start, int count)
    {
        return ReadNumber(bytes, start + Slash(bytes, start, count) + 1, start + count);
    }

    private static int Slash(byte[] bytes, int start, int count)
    {
        int slash = count - 1;
        while (slash >= 0 && bytes[start + slash] != '/') slash--;
        return slash;
    }

    private static int ReadNumber(byte[] bytes, int start, int end)
    {
        int number = 0;
        if (end <= start || end - start > MaxDigits) return 0;
        for (int i = start; i < end; i++)
        {
            if (bytes[i] < '0' || bytes[i] > '9') return 0;
            number = number * 10 + bytes[i] - '0';
        }

        return number;
    }
}
