using System.Buffers.Binary;
using System.Text;

namespace EdgeChat.VirtualBoard;

/// <summary>One MQTT control packet as it is on the wire (OASIS MQTT 3.1.1, chapter 2).</summary>
/// <param name="Time">When it went over the socket, by the PC's clock, UTC.</param>
/// <param name="Sent">True when the board sent it, false when it received it.</param>
/// <param name="Bytes">The whole packet with its fixed header.</param>
public sealed record Packet(DateTime Time, bool Sent, byte[] Bytes)
{
    private static readonly string[] Kinds =
    [
        "reserved", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP",
        "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
    ];

    /// <summary>The packet's name in the standard, in capitals.</summary>
    public string Kind => Bytes.Length == 0 ? Kinds[0] : Kinds[Bytes[0] >> 4];

    /// <summary>Number of bytes on the wire, without TCP and TLS.</summary>
    public int Length => Bytes.Length;

    /// <summary>The topic of a PUBLISH, or null.</summary>
    public string? Topic
    {
        get
        {
            if (Kind != "PUBLISH" || Body.Length < 2) return null;
            int length = BinaryPrimitives.ReadUInt16BigEndian(Body);
            return Body.Length < 2 + length ? null : Encoding.UTF8.GetString(Body.Slice(2, length));
        }
    }

    /// <summary>The payload of a PUBLISH under MQTT 3.1.1, or null.</summary>
    public byte[]? Payload
    {
        get
        {
            if (Topic is null) return null;
            int start = 2 + BinaryPrimitives.ReadUInt16BigEndian(Body) + (QoS > 0 ? 2 : 0);
            return start > Body.Length ? null : Body[start..].ToArray();
        }
    }

    /// <summary>The packet identifier, or null for a packet that has none.</summary>
    public int? PacketId
    {
        get
        {
            ReadOnlySpan<byte> at = Kind switch
            {
                "PUBLISH" when QoS > 0 && Topic is not null => Body[(2 + BinaryPrimitives.ReadUInt16BigEndian(Body))..],
                "PUBACK" or "PUBREC" or "PUBREL" or "PUBCOMP" or "SUBSCRIBE" or "SUBACK" or "UNSUBSCRIBE" or "UNSUBACK" => Body,
                _ => default,
            };
            return at.Length < 2 ? null : BinaryPrimitives.ReadUInt16BigEndian(at);
        }
    }

    /// <summary>Quality of service of a PUBLISH, 0 for others.</summary>
    public int QoS => Kind == "PUBLISH" ? Bytes[0] >> 1 & 3 : 0;

    /// <summary>True when a PUBLISH says that it was sent before.</summary>
    public bool IsDuplicate => Kind == "PUBLISH" && (Bytes[0] & 8) != 0;

    /// <summary>True when a PUBLISH is retained.</summary>
    public bool IsRetained => Kind == "PUBLISH" && (Bytes[0] & 1) != 0;

    // Behind the type and the one to four bytes of the remaining length (section 2.2.3).
    private ReadOnlySpan<byte> Body
    {
        get
        {
            int at = 1;
            while (at < Bytes.Length && at < 5 && (Bytes[at] & 0x80) != 0) at++;
            return at + 1 >= Bytes.Length ? default : Bytes.AsSpan(at + 1);
        }
    }
}
