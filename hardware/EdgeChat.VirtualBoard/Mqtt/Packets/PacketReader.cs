using System.Buffers.Binary;
using System.Text;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>Reads packets of MQTT 3.1.1 from a stream of bytes, as carefully and as carelessly as the real client does.</summary>
/// <remarks>A packet that the end of the stream cuts short is not refused: what is missing of it reads as zeros. So a message may arrive
/// with a damaged end when a connection breaks inside it.</remarks>
/// <param name="read">Fills the whole buffer and returns true; at the end of the stream fills what there is and returns false.</param>
/// <param name="seen">Is shown each packet's bytes.</param>
internal sealed class PacketReader(Func<byte[], int, int, bool> read, Action<byte[]> seen)
{
    private static readonly byte[] PingResponseBytes = [0xD0, 0];

    // one connection has one reading thread: the fixed header needs no new buffer
    private readonly byte[] _header = new byte[5];

    /// <summary>Waits for one packet; null at the end of the stream.</summary>
    /// <exception cref="MqttClientException">Not a packet for a client, or its reserved bits are wrong. Only the first byte was read
    /// then.</exception>
    public Packet? Read()
    {
        if (!read(_header, 0, 1))
            return null;
        var type = (MqttMessageType)(_header[0] >> 4);
        CheckFirstByte(type, _header[0] & 0x0F);
        if (!ReadLength(out int headerSize, out int length))
            return null;
        if (type == MqttMessageType.PingResponse)
        {
            seen(PingResponseBytes);
            return Packet.PingResponse;
        }
        byte[] packet = new byte[headerSize + length];
        _header.AsSpan(0, headerSize).CopyTo(packet);
        read(packet, headerSize, length);
        seen(packet);
        return Parse(type, packet, headerSize);
    }

    // OASIS MQTT 3.1.1, 2.2.2: reserved flag bits; a client that receives others must close the connection
    private static void CheckFirstByte(MqttMessageType type, int flags)
    {
        switch (type)
        {
            case MqttMessageType.Publish:
                return;
            case MqttMessageType.ConnectAck or MqttMessageType.PublishAck or MqttMessageType.PublishReceived
                or MqttMessageType.PublishComplete or MqttMessageType.SubscribeAck or MqttMessageType.UnsubscribeAck
                or MqttMessageType.PingResponse or MqttMessageType.Disconnect:
                if (flags != 0)
                    throw new MqttClientException(MqttClientErrorCode.InvalidFlagBits);
                return;
            case MqttMessageType.PublishRelease:
                if (flags != 2)
                    throw new MqttClientException(MqttClientErrorCode.InvalidFlagBits);
                return;
            default:
                throw new MqttClientException(MqttClientErrorCode.WrongBrokerMessage);
        }
    }

    private bool ReadLength(out int headerSize, out int length)
    {
        headerSize = 1;
        length = 0;
        int shift = 0;
        do
        {
            if (headerSize == _header.Length)
                throw new InvalidDataException("MQTT: the length of a packet has more than four bytes");
            if (!read(_header, headerSize, 1))
                return false;
            length |= (_header[headerSize] & 0x7F) << shift;
            shift += 7;
        }
        while ((_header[headerSize++] & 0x80) != 0);
        return true;
    }

    private static Packet Parse(MqttMessageType type, byte[] packet, int start)
    {
        ReadOnlySpan<byte> body = packet.AsSpan(start);
        switch (type)
        {
            case MqttMessageType.ConnectAck:
                return new Packet(type) { SessionPresent = (body[0] & 1) != 0, ReturnCode = body[1] };
            case MqttMessageType.Disconnect:
                return new Packet(type);
            case MqttMessageType.SubscribeAck:
                var granted = new MqttQoSLevel[body.Length - 2];
                for (int i = 0; i < granted.Length; i++)
                    granted[i] = (MqttQoSLevel)body[2 + i];
                return new Packet(type, BinaryPrimitives.ReadUInt16BigEndian(body)) { QosLevels = granted };
            case MqttMessageType.Publish:
                return Publish(packet[0], body);
            default:
                return new Packet(type, BinaryPrimitives.ReadUInt16BigEndian(body));
        }
    }

    private static Packet Publish(byte first, ReadOnlySpan<byte> body)
    {
        int topicLength = BinaryPrimitives.ReadUInt16BigEndian(body);
        string topic = Encoding.UTF8.GetString(body.Slice(2, topicLength));
        ReadOnlySpan<byte> rest = body[(2 + topicLength)..];
        var qos = (MqttQoSLevel)((first >> 1) & 3);
        if (qos > MqttQoSLevel.ExactlyOnce)
            throw new MqttClientException(MqttClientErrorCode.QosNotAllowed);
        ushort id = 0;
        if (qos != MqttQoSLevel.AtMostOnce)
        {
            id = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[2..];
        }
        return new Packet(MqttMessageType.Publish, id)
        {
            Topic = topic,
            Payload = rest.ToArray(),
            Qos = qos,
            Dup = (first & 0x08) != 0,
            Retain = (first & 0x01) != 0,
        };
    }
}
