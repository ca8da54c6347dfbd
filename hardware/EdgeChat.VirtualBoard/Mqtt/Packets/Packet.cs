using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>One MQTT 3.1.1 packet, out or in, with what the client needs of it. Which fields count depends on the type.</summary>
internal sealed class Packet(MqttMessageType type, ushort id = 0)
{
    /// <summary>PINGRESP has no content: one object serves all, so that an idle connection allocates nothing.</summary>
    public static readonly Packet PingResponse = new(MqttMessageType.PingResponse);

    public MqttMessageType Type { get; } = type;

    public ushort Id { get; } = id;

    // PUBLISH
    public string Topic { get; init; } = string.Empty;

    public byte[]? Payload { get; init; }

    public MqttQoSLevel Qos { get; init; }

    public bool Retain { get; init; }

    public bool Dup { get; set; }

    // SUBSCRIBE and UNSUBSCRIBE; SUBACK has what was granted
    public string[] Topics { get; init; } = [];

    public MqttQoSLevel[] QosLevels { get; init; } = [];

    // CONNACK
    public bool SessionPresent { get; init; }

    public byte ReturnCode { get; init; }

    /// <summary>Whether this received packet answers a sent one of the given type and identifier.</summary>
    public bool Answers(Packet sent) => Id == sent.Id && sent.Type == Type switch
    {
        MqttMessageType.PublishAck => MqttMessageType.Publish,
        MqttMessageType.SubscribeAck => MqttMessageType.Subscribe,
        MqttMessageType.UnsubscribeAck => MqttMessageType.Unsubscribe,
        _ => 0,
    };
}
