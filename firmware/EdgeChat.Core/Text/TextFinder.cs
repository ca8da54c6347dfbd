using System;

namespace EdgeChat.Core;

/// <summary>Finds a text in others. Capital and small letters of Latin, Greek and Cyrillic count as the same.</summary>
public sealed class TextFinder
{
    private const uint Ones = 0x01010101; // in each byte of a word

    private readonly byte[] _wanted; // in small letters
    private readonly byte _capitalLead; // what the first byte may be when the first letter is a capital, of more than one byte

    /// <summary>Makes one for a part of a buffer, at least a byte of UTF-8.</summary>
    public TextFinder(byte[] text, int start, int count)
    {
        _wanted = new byte[count];
        for (int at = 0; at < count;)
        {
            int decoded = Utf8.Decode(text, start + at, start + count);
            int length = decoded & 7;
            if (length == 1) _wanted[at] = Small(text[start + at]);
            else Utf8.Encode(Small(decoded >> 3), _wanted, at);
            at += length;
        }

        byte lead = _wanted[0];
        // the letters that have their capitals 64 code points before, or in the row before: l with dot, pi to omega, er to ya
        _capitalLead = lead == 0xC5 || lead == 0xCF || lead == 0xD1 ? (byte)(lead - 1) : lead;
    }

    /// <summary>Where the text stands first in the first <paramref name="count"/> bytes of another, or -1.</summary>
    public int PlaceIn(byte[] text, int count)
    {
        byte first = _wanted[0];
        int last = count - _wanted.Length;
        if (first >= 0x80)
        {
            for (int at = 0; at <= last; at++)
                if ((text[at] == first || text[at] == _capitalLead) && IsAt(text, at, 0, count)) return at;
            return -1;
        }

        uint capitals = first >= 'a' && first <= 'z' ? 32 * Ones : 0;
        uint four = first * Ones;
        for (int at = 0; at <= last; at++)
        {
            // four bytes at once: one of them is 0 when it may be the first one that is wanted
            while (at + 3 <= last)
            {
                uint other = (BitConverter.ToUInt32(text, at) | capitals) ^ four;
                if ((other - Ones & ~other & 128 * Ones) != 0) break;
                at += 4;
            }

            if (at <= last && Small(text[at]) == first && IsAt(text, at, 1, count)) return at;
        }

        return -1;
    }

    // whether from a byte of it on it stands at a place
    private bool IsAt(byte[] text, int at, int from, int end)
    {
        byte[] wanted = _wanted;
        for (int i = from; i < wanted.Length;)
        {
            byte has = text[at + i];
            if (has < 0x80)
            {
                if (Small(has) != wanted[i]) return false;
                i++;
                continue;
            }

            int decoded = Utf8.Decode(text, at + i, end);
            int length = decoded & 7;
            if (length == 1 ? has != wanted[i] : (Small(decoded >> 3) << 3 | length) != Utf8.Decode(wanted, i, wanted.Length)) return false;
            i += length;
        }

        return true;
    }

    private static byte Small(byte c) { return c >= 'A' && c <= 'Z' ? (byte)(c + 32) : c; }

    // of code points that have two bytes: so have their small letters (Unicode, CaseFolding.txt)
    private static int Small(int code)
    {
        if (code >= 0xC0 && code <= 0xDE) return code == 0xD7 ? code : code + 32;
        if (code >= 0x100 && code <= 0x137 || code >= 0x14A && code <= 0x177) return code | 1;
        if (code >= 0x139 && code <= 0x148 || code >= 0x179 && code <= 0x17E) return code + (code & 1);
        if (code >= 0x391 && code <= 0x3A9 || code >= 0x410 && code <= 0x42F) return code + 32;
        return code >= 0x400 && code <= 0x40F ? code + 80 : code;
    }
}
