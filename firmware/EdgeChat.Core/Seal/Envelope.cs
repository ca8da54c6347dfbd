using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>The outside of a sealed body: what it begins with, and the associated bytes that bind it to its topic.</summary>
/// <remarks>
/// <code>
/// 01              no JSON begins with this
/// varint          the sender's life (LEB128: 7 bits a byte, the lowest first, the top bit says that more follow)
/// varint          the number of the message in that life
/// ciphertext, tag A128CBC-HS256; the topic and all above are the associated bytes
/// </code>
/// </remarks>
public static class Envelope
{
    /// <summary>The first byte.</summary>
    public const byte Version = 1;

    /// <summary>The longest sealed body, in bytes: the longest body, a block of padding, the tag and the longest header.</summary>
    public const int MaxBytes = Body.MaxBytes + A128CbcHs256.BlockBytes + A128CbcHs256.TagBytes + MaxHeaderBytes;

    private const int MaxHeaderBytes = 9;

    /// <summary>Whether a body is sealed, or claims to be.</summary>
    public static bool IsSealed(byte[] body) { return body.Length > 0 && body[0] == Version; }

    /// <summary>The header of a message.</summary>
    public static byte[] Header(int life, int number)
    {
        var header = new byte[1 + SizeOf(life) + SizeOf(number)];
        header[0] = Version;
        Put(header, Put(header, 1, life), number);
        return header;
    }

    /// <summary>How long the header of a sealed body is; 0 when it has none that is sound.</summary>
    public static int HeaderLength(byte[] body)
    {
        if (body.Length > MaxBytes) return 0;
        int second = EndOf(body, 1);
        int end = second == 0 ? 0 : EndOf(body, second);
        return end == 0 || Life(body) == 0 ? 0 : end;
    }

    /// <summary>The life in a header.</summary>
    public static int Life(byte[] body) { return Get(body, 1); }

    /// <summary>The number in a header.</summary>
    public static int Number(byte[] body) { return Get(body, EndOf(body, 1)); }

    /// <summary>The associated bytes of a message.</summary>
    public static byte[] Associated(string topic, byte[] body, int headerLength)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic);
        var associated = new byte[name.Length + headerLength];
        Array.Copy(name, 0, associated, 0, name.Length);
        Array.Copy(body, 0, associated, name.Length, headerLength);
        return associated;
    }

    private static int SizeOf(int value)
    {
        int size = 1;
        for (int rest = value >> 7; rest > 0; rest >>= 7) size++;
        return size;
    }

    private static int Put(byte[] into, int at, int value)
    {
        for (; value > 0x7F; value >>= 7) into[at++] = (byte)(value | 0x80);
        into[at++] = (byte)value;
        return at;
    }

    // where the varint at a place ends; 0 when it does not, is longer than it must be, or has more than 31 bits
    private static int EndOf(byte[] bytes, int at)
    {
        int last = at;
        while (last < bytes.Length && bytes[last] > 0x7F) last++;
        if (last >= bytes.Length || last - at > 4) return 0;
        if (last > at && bytes[last] == 0) return 0;
        return last - at == 4 && bytes[last] > 0x07 ? 0 : last + 1;
    }

    private static int Get(byte[] bytes, int at)
    {
        int value = 0;
        int shift = 0;
        for (; bytes[at] > 0x7F; at++, shift += 7) value |= (bytes[at] & 0x7F) << shift;
        return value | bytes[at] << shift;
    }
}
