using System.Buffers.Binary;
using System.Text;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>Writes packets of MQTT 3.1.1 as bytes. Refuses what the real client refuses, with its error codes.</summary>
internal static class PacketWriter
{
    /// <summary>PINGREQ (OASIS MQTT 3.1.1, 3.12).</summary>
    public static readonly byte[] PingRequest = [0xC0, 0];

    /// <summary>DISCONNECT (3.14).</summary>
    public static readonly byte[] Disconnect = [0xE0, 0];

    private const int LongestTopic = ushort.MaxValue;

    /// <summary>CONNECT (3.1).</summary>
    /// <exception cref="MqttClientException"><see cref="MqttClientErrorCode.WillWrong"/>: a will without topic or text, or either without
    /// the flag.</exception>
    public static byte[] Connect(ConnectRequest request)
    {
        Will will = request.Will;
        bool isComplete = !string.IsNullOrEmpty(will.Topic) && !string.IsNullOrEmpty(will.Message);
        if (will.Flag ? !isComplete : will.Retain)
            throw new MqttClientException(MqttClientErrorCode.WillWrong);
        if (will.Qos is < MqttQoSLevel.AtMostOnce or > MqttQoSLevel.ExactlyOnce)
            throw new MqttClientException(MqttClientErrorCode.WillWrong);
        int flags = (request.CleanSession ? 0x02 : 0)
            | (will.Flag ? 0x04 : 0)
            | ((int)will.Qos << 3)
            | (will.Retain ? 0x20 : 0)
            | (string.IsNullOrEmpty(request.Password) ? 0 : 0x40)
            | (string.IsNullOrEmpty(request.UserName) ? 0 : 0x80);
        var body = new Body();
        body.Text("MQTT");
        body.Byte(4);
        body.Byte((byte)flags);
        body.Number(request.KeepAliveSeconds);
        body.Text(request.ClientId);
        if (will.Flag)
        {
            body.Text(will.Topic!);
            body.Text(will.Message!);
        }
        if (!string.IsNullOrEmpty(request.UserName))
            body.Text(request.UserName);
        if (!string.IsNullOrEmpty(request.Password))
            body.Text(request.Password);
        return body.Packet(0x10);
    }

    /// <summary>PUBLISH (3.3), SUBSCRIBE (3.8), UNSUBSCRIBE (3.10) or one of the four acknowledgements of PUBLISH (3.4 to 3.7).</summary>
    /// <exception cref="MqttClientException">The packet cannot be written.</exception>
    public static byte[] Write(Packet packet) => packet.Type switch
    {
        MqttMessageType.Publish => Publish(packet),
        MqttMessageType.Subscribe => Subscribe(packet),
        MqttMessageType.Unsubscribe => Unsubscribe(packet),
        MqttMessageType.PublishRelease => [0x62, 2, (byte)(packet.Id >> 8), (byte)packet.Id],
        _ => [(byte)((int)packet.Type << 4), 2, (byte)(packet.Id >> 8), (byte)packet.Id],
    };

    private static byte[] Publish(Packet packet)
    {
        if (packet.Topic.AsSpan().IndexOfAny('#', '+') >= 0)
            throw new MqttClientException(MqttClientErrorCode.TopicWildcard);
        CheckLength(packet.Topic);
        if (packet.Qos > MqttQoSLevel.ExactlyOnce)
            throw new MqttClientException(MqttClientErrorCode.QosNotAllowed);
        var body = new Body();
        body.Text(packet.Topic);
        if (packet.Qos != MqttQoSLevel.AtMostOnce)
            body.Number(packet.Id);
        if (packet.Payload != null)
            body.Bytes(packet.Payload);
        return body.Packet((byte)(0x30 | (packet.Dup ? 0x08 : 0) | ((int)packet.Qos << 1) | (packet.Retain ? 1 : 0)));
    }

    private static byte[] Subscribe(Packet packet)
    {
        if (packet.Topics is not { Length: > 0 })
            throw new MqttClientException(MqttClientErrorCode.TopicsEmpty);
        if (packet.QosLevels is not { Length: > 0 })
            throw new MqttClientException(MqttClientErrorCode.QosLevelsEmpty);
        if (packet.Topics.Length != packet.QosLevels.Length)
            throw new MqttClientException(MqttClientErrorCode.TopicsQosLevelsNotMatch);
        var body = new Body();
        body.Number(packet.Id);
        for (int i = 0; i < packet.Topics.Length; i++)
        {
            CheckLength(packet.Topics[i]);
            body.Text(packet.Topics[i]);
            body.Byte((byte)packet.QosLevels[i]);
        }
        return body.Packet(0x82);
    }

    private static byte[] Unsubscribe(Packet packet)
    {
        if (packet.Topics is not { Length: > 0 })
            throw new MqttClientException(MqttClientErrorCode.TopicsEmpty);
        var body = new Body();
        body.Number(packet.Id);
        foreach (string topic in packet.Topics)
        {
            CheckLength(topic);
            body.Text(topic);
        }
        return body.Packet(0xA2);
    }

    private static void CheckLength(string topic)
    {
        if (topic.Length is < 1 or > LongestTopic)
            throw new MqttClientException(MqttClientErrorCode.TopicLength);
    }

    /// <summary>Collects what follows the fixed header.</summary>
    private sealed class Body
    {
        private readonly MemoryStream _bytes = new();

        public void Byte(byte value) => _bytes.WriteByte(value);

        public void Number(ushort value)
        {
            Span<byte> two = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(two, value);
            _bytes.Write(two);
        }

        public void Text(string text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            Number((ushort)utf8.Length);
            _bytes.Write(utf8);
        }

        public void Bytes(byte[] bytes) => _bytes.Write(bytes);

        /// <summary>The whole packet: first byte, length in groups of seven bits (2.2.3), body.</summary>
        public byte[] Packet(byte first)
        {
            Span<byte> header = stackalloc byte[5];
            header[0] = first;
            int size = 1;
            uint rest = (uint)_bytes.Length;
            do
            {
                header[size++] = (byte)((rest & 0x7F) | (rest > 0x7F ? 0x80u : 0));
                rest >>= 7;
            }
            while (rest > 0);
            byte[] packet = new byte[size + _bytes.Length];
            header[..size].CopyTo(packet);
            _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length).CopyTo(packet.AsSpan(size));
            return packet;
        }
    }
}
