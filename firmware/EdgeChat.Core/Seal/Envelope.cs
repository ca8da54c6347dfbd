using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>The outside of a sealed body: what it begins with, and the associated bytes that bind it to its topic.</summary>
/// <remarks>
/// <code>
/// 01              sealed with the key of a pair; no JSON begins with this
/// varint          the sender's life (LEB128: 7 bits a byte, the lowest first, the top bit says that more follow)
/// varint          the number of the message in that life
/// ciphertext, tag A128CBC-HS256; the topic and all above are the associated bytes
/// </code>
/// With the key of a group the first byte is 02, and the epoch of that key, a varint too, stands before the life.
/// A configuration of the operator is sealed with a key that provisioning gives to one board in one of its lives, and that seals nothing
/// else: the first byte is 03, and 16 bytes of initialization vector, drawn by lot, stand in place of life and number.
/// </remarks>
public static class Envelope
{
    /// <summary>The first byte of what is sealed with the key of a pair.</summary>
    public const byte Version = 1;

    /// <summary>The first byte of what is sealed with the key of a group.</summary>
    public const byte GroupVersion = 2;

    /// <summary>The first byte of a configuration of the operator.</summary>
    public const byte OrderVersion = 3;

    /// <summary>The file with the key of that, <see cref="A128CbcHs256.KeyBytes"/> bytes, where provisioning has put one. It stays
    /// there.</summary>
    public const string OrderKeyFile = "order";

    /// <summary>The longest sealed body, in bytes: the longest body, a block of padding, the tag and the longest header.</summary>
    public const int MaxBytes = Body.MaxBytes + A128CbcHs256.BlockBytes + A128CbcHs256.TagBytes + MaxHeaderBytes;

    private const int MaxHeaderBytes = 13;
    private const int OrderHeaderBytes = 1 + A128CbcHs256.BlockBytes;

    /// <summary>Whether a body is sealed, or claims to be.</summary>
    public static bool IsSealed(byte[] body) { return body.Length > 0 && (body[0] == Version || body[0] == GroupVersion); }

    /// <summary>Whether it is with the key of a group.</summary>
    public static bool IsOfGroup(byte[] body) { return body.Length > 0 && body[0] == GroupVersion; }

    /// <summary>The header of a message.</summary>
    public static byte[] Header(int life, int number)
    {
        var header = new byte[1 + SizeOf(life) + SizeOf(number)];
        header[0] = Version;
        Put(header, Put(header, 1, life), number);
        return header;
    }

    /// <summary>The header of a message that the key of a group seals.</summary>
    public static byte[] GroupHeader(int epoch, int life, int number)
    {
        var header = new byte[1 + SizeOf(epoch) + SizeOf(life) + SizeOf(number)];
        header[0] = GroupVersion;
        Put(header, Put(header, Put(header, 1, epoch), life), number);
        return header;
    }

    /// <summary>How long the header of a sealed body is; 0 when it has none that is sound.</summary>
    public static int HeaderLength(byte[] body)
    {
        if (body.Length > MaxBytes) return 0;
        int first = LifeAt(body);
        int second = first == 0 ? 0 : EndOf(body, first);
        int end = second == 0 ? 0 : EndOf(body, second);
        return end == 0 || Life(body) == 0 || (IsOfGroup(body) && Epoch(body) == 0) ? 0 : end;
    }

    /// <summary>The epoch in a header: which of a group's keys it is.</summary>
    public static int Epoch(byte[] body) { return Get(body, 1); }

    /// <summary>The life in a header.</summary>
    public static int Life(byte[] body) { return Get(body, LifeAt(body)); }

    /// <summary>The number in a header.</summary>
    public static int Number(byte[] body) { return Get(body, EndOf(body, LifeAt(body))); }

    /// <summary>A sealed body: the header, and behind it a body, from 0, under the keys of a seed.</summary>
    public static byte[] Enclose(string topic, byte[] header, byte[] seed, byte[] body, int count)
    {
        byte[] associated = Associated(topic, header, header.Length);
        byte[] inside = A128CbcHs256.Encrypt(KeyTree.KeyOf(seed), KeyTree.VectorOf(seed), associated, body, count);
        var result = new byte[header.Length + inside.Length];
        Array.Copy(header, 0, result, 0, header.Length);
        Array.Copy(inside, 0, result, header.Length, inside.Length);
        return result;
    }

    /// <summary>What is in a sealed body, under the keys of a seed; null when it is not what <see cref="Enclose"/> has made.</summary>
    public static byte[] Disclose(string topic, byte[] body, int headerLength, byte[] seed)
    {
        byte[] associated = Associated(topic, body, headerLength);
        return A128CbcHs256.Decrypt(
            KeyTree.KeyOf(seed), KeyTree.VectorOf(seed), associated, body, headerLength, body.Length - headerLength);
    }

    /// <summary>The configuration in a sealed body; null when it was not made with this key for this topic.</summary>
    public static byte[] DiscloseOrder(string topic, byte[] body, byte[] key)
    {
        if (key.Length != A128CbcHs256.KeyBytes || body.Length < OrderHeaderBytes || body.Length > MaxBytes) return null;
        var iv = new byte[A128CbcHs256.BlockBytes];
        Array.Copy(body, 1, iv, 0, iv.Length);
        byte[] associated = Associated(topic, body, OrderHeaderBytes);
        return A128CbcHs256.Decrypt(key, iv, associated, body, OrderHeaderBytes, body.Length - OrderHeaderBytes);
    }

    private static byte[] Associated(string topic, byte[] body, int headerLength)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic);
        var associated = new byte[name.Length + headerLength];
        Array.Copy(name, 0, associated, 0, name.Length);
        Array.Copy(body, 0, associated, name.Length, headerLength);
        return associated;
    }

    private static int LifeAt(byte[] body) { return IsOfGroup(body) ? EndOf(body, 1) : 1; }

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
