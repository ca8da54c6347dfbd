using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>What an in-flight message does next.</summary>
internal enum InFlightStep
{
    /// <summary>To be sent, or, when received, to be acknowledged and delivered.</summary>
    Queued,

    /// <summary>Waits for PUBACK, SUBACK or UNSUBACK.</summary>
    AwaitsAck,

    /// <summary>QoS 2 out: waits for PUBREC.</summary>
    AwaitsPubrec,

    /// <summary>QoS 2 in: waits for PUBREL.</summary>
    AwaitsPubrel,

    /// <summary>QoS 2 out: waits for PUBCOMP.</summary>
    AwaitsPubcomp,

    /// <summary>QoS 2 out: PUBREL has to be sent again.</summary>
    ResendsPubrel,
}

/// <summary>A message on its way, out or in.</summary>
internal sealed class InFlight(Packet packet, bool isReceived)
{
    public Packet Packet { get; } = packet;

    public bool IsReceived { get; } = isReceived;

    public InFlightStep Step { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was sent last, in milliseconds since the PC started.</summary>
    public long SentMs { get; set; }

    public bool IsPublish(ushort id, bool isReceived) =>
        Packet.Type == MqttMessageType.Publish && Packet.Id == id && IsReceived == isReceived;
}
