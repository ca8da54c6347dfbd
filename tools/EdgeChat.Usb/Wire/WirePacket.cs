using System.Buffers.Binary;
using EdgeChat.Bundle;

namespace EdgeChat.Usb.Wire;

/// <summary>A packet of the Wire Protocol.</summary>
/// <param name="Command">What it is about.</param>
/// <param name="Flags">Of <see cref="WireFlags"/>.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="ReplyTo">The number of the request that it answers.</param>
/// <param name="Payload">The content.</param>
public sealed record WirePacket(WireCommand Command, uint Flags, ushort Sequence, ushort ReplyTo, byte[] Payload)
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 32;

    /// <summary>Most bytes of payload that a board takes.</summary>
    public const int MostToBoard = 1024;

    /// <summary>What a packet begins with.</summary>
    public static ReadOnlySpan<byte> Marker => "NFPKTV1\0"u8;

    /// <summary>True for the answer to a request.</summary>
    public bool IsReply => (Flags & WireFlags.Reply) != 0;

    /// <summary>True when the request is refused.</summary>
    public bool IsRefusal => (Flags & WireFlags.Nack) != 0;

    /// <summary>The bytes on the line.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[HeaderBytes + Payload.Length];
        Marker.CopyTo(bytes);
        Span<byte> header = bytes.AsSpan(0, HeaderBytes);
        if (Payload.Length > 0) BinaryPrimitives.WriteUInt32LittleEndian(header[12..], Crc32.Of(Payload));
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], (uint)Command);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], Sequence);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], ReplyTo);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], Flags);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], Payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32.Of(header));
        Payload.CopyTo(bytes, HeaderBytes);
        return bytes;
    }

    /// <summary>The header's packet without its payload, and the payload's length and CRC; false when the header is damaged.</summary>
    internal static bool TryReadHeader(ReadOnlySpan<byte> header, out WirePacket packet, out int length, out uint crc)
    {
        Span<byte> copy = stackalloc byte[HeaderBytes];
        header[..HeaderBytes].CopyTo(copy);
        copy.Slice(8, 4).Clear();
        length = BinaryPrimitives.ReadInt32LittleEndian(header[28..]);
        crc = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        packet = new WirePacket(
            (WireCommand)BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[24..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[20..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[22..]),
            []);
        return BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Crc32.Of(copy) && length >= 0;
    }
}

/// <summary>Bits of a packet's flags.</summary>
public static class WireFlags
{
    /// <summary>No answer is wanted; a board sets it in all that it sends.</summary>
    public const uint NonCritical = 0x0001;

    /// <summary>An answer.</summary>
    public const uint Reply = 0x0002;

    /// <summary>A packet came whose header is damaged.</summary>
    public const uint BadHeader = 0x0004;

    /// <summary>A packet came whose payload is damaged.</summary>
    public const uint BadPayload = 0x0008;

    /// <summary>Copied from the request to its answer.</summary>
    public const uint NoCaching = 0x2000;

    /// <summary>Refused.</summary>
    public const uint Nack = 0x4000;

    /// <summary>Done.</summary>
    public const uint Ack = 0x8000;
}
