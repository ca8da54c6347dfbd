using System.Text;

namespace EdgeChat.Core;

/// <summary>Builds a line of UTF-8 from pieces without making strings: words, numbers, other bytes. What does not fit is left out, never
/// half a character.</summary>
public sealed class TextBuffer
{
    private const int BytesOfUnit = 3; // most bytes of UTF-8 that one UTF-16 unit becomes

    /// <summary>Makes an empty buffer for so many bytes.</summary>
    public TextBuffer(int capacity)
    {
        Bytes = new byte[capacity];
    }

    /// <summary>The text; only the first <see cref="Count"/> bytes count.</summary>
    public byte[] Bytes { get; }

    /// <summary>Bytes of the text; may be set after writing to <see cref="Bytes"/>.</summary>
    public int Count { get; set; }

    /// <summary>Makes it empty.</summary>
    public TextBuffer Clear()
    {
        Count = 0;
        return this;
    }

    /// <summary>Adds a text; null adds nothing.</summary>
    public TextBuffer Add(string text)
    {
        if (text == null) return this;
        int length = text.Length;
        if (length == 0) return this;
        if (length * BytesOfUnit <= Bytes.Length - Count)
        {
            Count += Encoding.UTF8.GetBytes(text, 0, length, Bytes, Count);
            return this;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Add(bytes, 0, bytes.Length);
    }

    /// <summary>Adds a part of a text that is all ASCII, as much of it as there is room for.</summary>
    public TextBuffer AddPart(string text, int start, int count)
    {
        if (count > Bytes.Length - Count) count = Bytes.Length - Count;
        if (count > 0) Count += Encoding.UTF8.GetBytes(text, start, count, Bytes, Count);
        return this;
    }

    /// <summary>Adds bytes of UTF-8, cut at a character when there is no room for all.</summary>
    public TextBuffer Add(byte[] bytes, int start, int end)
    {
        int room = Bytes.Length - Count;
        if (end - start > room)
        {
            end = start + room;
            while (end > start && (bytes[end] & 0xC0) == 0x80) end--;
        }

        System.Array.Copy(bytes, start, Bytes, Count, end - start);
        Count += end - start;
        return this;
    }

    /// <summary>Adds one ASCII character.</summary>
    public TextBuffer Add(char c)
    {
        if (Count < Bytes.Length) Bytes[Count++] = (byte)c;
        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public TextBuffer Add(int number)
    {
        long rest = number;
        if (rest < 0)
        {
            Add('-');
            rest = -rest;
        }

        int digits = 1;
        for (long n = rest; n >= 10; n /= 10) digits++;
        if (Count + digits > Bytes.Length) return this;
        Count += digits;
        for (int i = Count - 1; digits > 0; i--, digits--)
        {
            Bytes[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }

        return this;
    }

    /// <summary>Adds a number from 0 to 99 with two digits.</summary>
    public TextBuffer AddTwo(int number)
    {
        return Add((char)('0' + number / 10 % 10)).Add((char)('0' + number % 10));
    }

    /// <summary>The text as a string; for the rare place that needs one.</summary>
    public string AsString()
    {
        return Count == 0 ? "" : Encoding.UTF8.GetString(Bytes, 0, Count);
    }
}
