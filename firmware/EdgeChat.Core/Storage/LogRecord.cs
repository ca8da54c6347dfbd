using System;

namespace EdgeChat.Core;

/// <summary>How one record lies in a segment: marker, type, length, header check, payload, check.</summary>
/// <remarks>
/// <code>
/// 0      marker 0xF6: never a byte of UTF-8 (RFC 3629, section 1), so no text can pass for a record
/// 1      type, the owner's own
/// 2-3    length of the payload, low byte first
/// 4      header check: type ^ length ^ 0x5A, so any one damaged byte of the header is noticed before the length is believed
/// 5..    payload
/// last 2 check of all bytes before it, low byte first: a remainder that an interpreter has of eight bytes at once
/// </code>
/// An earlier version began a record with 0xF5 and ended it with a CRC-16; such records are read, and moved as they are.
/// </remarks>
public static class LogRecord
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 5;

    /// <summary>Bytes of a record besides its payload.</summary>
    public const int Overhead = HeaderBytes + 2;

    /// <summary>The first byte of a record.</summary>
    public const byte Marker = 0xF6;

    /// <summary>The first byte of a record that an earlier version has written: its check is a CRC-16.</summary>
    private const byte EarlierMarker = 0xF5;

    private const byte HeaderSalt = 0x5A;
    private const int Word = 8; // bytes
    private const uint Prime = 65521; // the largest below 2^16: no error of up to 15 bits beside each other is a multiple of it
    private const uint Factor = 40503; // not 2^n or -2^n modulo the prime, so no byte that is in two words can cancel itself out
    private const uint Start = 0xFFFF;

    /// <summary>Makes a record at 0 of a payload that begins at <see cref="HeaderBytes"/>; gives its length.</summary>
    public static int Seal(byte[] target, byte type, int count)
    {
        target[0] = Marker;
        target[1] = type;
        target[2] = (byte)count;
        target[3] = (byte)(count >> 8);
        target[4] = (byte)(type ^ target[2] ^ target[3] ^ HeaderSalt);
        int end = HeaderBytes + count;
        int check = Check(target, 0, end);
        target[end] = (byte)check;
        target[end + 1] = (byte)(check >> 8);
        return end + 2;
    }

    /// <summary>Whether a byte may begin a record.</summary>
    public static bool IsMarker(byte value) { return value == Marker || value == EarlierMarker; }

    /// <summary>The length that the header at <paramref name="at"/> states for the whole record, or 0 when there is no sound
    /// header.</summary>
    public static int StatedLength(byte[] bytes, int at, int end)
    {
        if (at + HeaderBytes > end || (bytes[at] != Marker && bytes[at] != EarlierMarker)) return 0;
        int header = BitConverter.ToInt32(bytes, at + 1); // but for the marker
        int folded = header ^ header >> 16;
        return ((folded ^ folded >> 8) & 0xFF) == HeaderSalt ? (header >> 8 & 0xFFFF) + Overhead : 0;
    }

    /// <summary>The length of the sound record at <paramref name="at"/>, or 0 when there is none.</summary>
    public static int SoundLength(byte[] bytes, int at, int end)
    {
        int total = StatedLength(bytes, at, end);
        int last = at + total - 2;
        if (total == 0 || last + 2 > end) return 0;
        int check = bytes[at] == Marker ? Check(bytes, at, last) : Crc(bytes, at, last);
        return check == BitConverter.ToUInt16(bytes, last) ? total : 0;
    }

    // the remainder of a polynomial whose coefficients are words of eight bytes; the last word ends with the bytes, wherever it begins
    private static int Check(byte[] bytes, int at, int end)
    {
        ulong prime = Prime;
        ulong factor = Factor;
        ulong sum = Start;
        int last = end - Word;
        if (at > last)
        {
            for (; at < end; at++) sum = (sum * factor + bytes[at]) % prime;
            return (int)sum;
        }

        // 64 bits hold what three words make of a remainder
        for (int triple = last - 2 * Word; at < triple; at += 3 * Word)
        {
            sum = sum * factor + BitConverter.ToUInt64(bytes, at) % prime;
            sum = sum * factor + BitConverter.ToUInt64(bytes, at + Word) % prime;
            sum = (sum * factor + BitConverter.ToUInt64(bytes, at + 2 * Word) % prime) % prime;
        }

        for (; at < last; at += Word) sum = sum * factor + BitConverter.ToUInt64(bytes, at) % prime;
        return (int)((sum * factor + BitConverter.ToUInt64(bytes, last) % prime) % prime);
    }

    // CRC-16 (polynomial 0x1021 reflected, start 0xFFFF) without a table, which would be on the heap for ever for what is rarely met
    private static int Crc(byte[] bytes, int at, int end)
    {
        int crc = 0xFFFF;
        for (; at < end; at++)
        {
            int low = (crc ^ bytes[at]) & 0xFF;
            low = (low ^ low << 4) & 0xFF;
            crc = crc >> 8 ^ low << 8 ^ low << 3 ^ low >> 4;
        }

        return crc;
    }
}
