using System;

namespace EdgeChat.Delivery;

/// <summary>Packs the payload of one flash record: bytes, numbers of 7 bits a byte (low ones first), ids and texts with their length.</summary>
internal sealed class RecordWriter
{
    /// <summary>The longest payload: a message with a reply and the longest content.</summary>
    public const int MaxBytes = 1280;

    private const byte IsGroupBit = 0x80;

    /// <summary>Where the payload is, from 0.</summary>
    public readonly byte[] Bytes = new byte[MaxBytes];

    /// <summary>Its length.</summary>
    public int Length;

    public void PutByte(int value) { Bytes[Length++] = (byte)value; }

    public void PutInt(int value)
    {
        while (value > 0x7F || value < 0)
        {
            Bytes[Length++] = (byte)(0x80 | (value & 0x7F));
            value = (value >> 7) & 0x01FFFFFF;
        }

        Bytes[Length++] = (byte)value;
    }

    public void PutId(IdTable ids, int number, bool isGroup)
    {
        Bytes[Length++] = (byte)(ids.LengthAt(number) | (isGroup ? IsGroupBit : 0));
        Length = ids.Copy(number, Bytes, Length);
    }

    public void PutText(byte[] text, int start, int count)
    {
        PutInt(count);
        PutRest(text, start, count);
    }

    /// <summary>Puts bytes whose length is what is left of the record.</summary>
    public void PutRest(byte[] text, int start, int count)
    {
        Array.Copy(text, start, Bytes, Length, count);
        Length += count;
    }
}
