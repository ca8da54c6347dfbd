using System;

namespace EdgeChat.Core;

/// <summary>Packs the payload of one flash record: bytes, numbers of 7 bits a byte (low ones first), ids and texts with their
/// length.</summary>
/// <remarks>It packs where the log takes the payload from (<see cref="FlashLog.Bytes"/>), so nothing must be read from the log between
/// <see cref="Begin"/> and the append, and a content that lies there itself must be copied first.</remarks>
public sealed class RecordWriter
{
    private const byte IsGroupBit = 0x80;

    private readonly byte[] _bytes;
    private int _end;

    /// <summary>Makes a writer that packs into a buffer.</summary>
    public RecordWriter(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>The length of the payload.</summary>
    public int Length { get { return _end - LogRecord.HeaderBytes; } }

    /// <summary>The bytes that the record takes on flash.</summary>
    public int RecordLength { get { return Length + LogRecord.Overhead; } }

    /// <summary>Begins an empty payload.</summary>
    public RecordWriter Begin()
    {
        _end = LogRecord.HeaderBytes;
        return this;
    }

    /// <summary>Puts a byte.</summary>
    public void PutByte(int value) { _bytes[_end++] = (byte)value; }

    /// <summary>Puts a number.</summary>
    public void PutInt(int value)
    {
        while ((uint)value > 0x7F)
        {
            _bytes[_end++] = (byte)(0x80 | (value & 0x7F));
            value = (value >> 7) & 0x01FFFFFF;
        }

        _bytes[_end++] = (byte)value;
    }

    /// <summary>Puts a number that is hardly ever small: four bytes, low ones first.</summary>
    public void PutFour(int value)
    {
        byte[] bytes = _bytes;
        int at = _end;
        bytes[at] = (byte)value;
        bytes[at + 1] = (byte)(value >> 8);
        bytes[at + 2] = (byte)(value >> 16);
        bytes[at + 3] = (byte)(value >> 24);
        _end = at + 4;
    }

    /// <summary>Puts an id, and whether it is that of a group.</summary>
    public void PutId(IdTable ids, int number, bool isGroup)
    {
        _bytes[_end++] = (byte)(ids.LengthAt(number) | (isGroup ? IsGroupBit : 0));
        _end = ids.Copy(number, _bytes, _end);
    }

    /// <summary>Puts a text.</summary>
    public void PutText(byte[] text, int start, int count)
    {
        PutInt(count);
        PutRest(text, start, count);
    }

    /// <summary>Puts bytes whose length is what is left of the record.</summary>
    public void PutRest(byte[] text, int start, int count)
    {
        Array.Copy(text, start, _bytes, _end, count);
        _end += count;
    }
}
