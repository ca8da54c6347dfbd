using System.Collections;

namespace nanoFramework.M2Mqtt.Messages;

/// <summary>What every packet has that reaches an event.</summary>
public abstract class MqttMsgBase
{
    /// <summary>For the packets below.</summary>
    protected MqttMsgBase()
    {
    }

    /// <summary>The packet's type.</summary>
    public MqttMessageType Type { get; set; }

    /// <summary>Sent before.</summary>
    public bool DupFlag { get; set; }

    /// <summary>Quality of service.</summary>
    public MqttQoSLevel QosLevel { get; set; }

    /// <summary>To be stored, or stored, by the broker.</summary>
    public bool Retain { get; set; }

    /// <summary>The packet identifier.</summary>
    public ushort MessageId { get; set; }

    /// <summary>Of MQTT 5: empty.</summary>
    public ArrayList UserProperties { get; } = [];

    /// <summary>Of MQTT 5.</summary>
    public uint MaximumPacketSize { get; set; }

    /// <summary>The packet's bytes.</summary>
    /// <exception cref="NotSupportedException">The stand-in speaks MQTT 3.1.1 only.</exception>
    public abstract byte[] GetBytes(MqttProtocolVersion protocolVersion);

    private protected static void Require311(MqttProtocolVersion version)
    {
        if (version != MqttProtocolVersion.Version_3_1_1)
            throw new NotSupportedException(MqttClient.Only311(version));
    }
}

/// <summary>CONNACK. What is not in MQTT 3.1.1 keeps its default.</summary>
public class MqttMsgConnack : MqttMsgBase
{
    /// <summary>An accepted one.</summary>
    public MqttMsgConnack() => Type = MqttMessageType.ConnectAck;

    /// <summary>The broker still has the session of this client id.</summary>
    public bool SessionPresent { get; set; }

    /// <summary>Success, or why the broker refuses.</summary>
    public MqttReasonCode ReturnCode { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public uint SessionExpiryInterval { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public ushort ReceiveMaximum { get; set; } = ushort.MaxValue;

    /// <summary>Of MQTT 5.</summary>
    public bool MaximumQoS { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public bool RetainAvailable { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public string? AssignedClientIdentifier { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public ushort TopicAliasMaximum { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public string? Reason { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public bool WildcardSubscriptionAvailable { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public bool SubscriptionIdentifiersAvailable { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public bool SharedSubscriptionAvailable { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public ushort ServerKeepAlive { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public string? ResponseInformation { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public string? ServerReference { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public string? AuthenticationMethod { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public byte[]? AuthenticationData { get; set; }

    /// <inheritdoc/>
    public override byte[] GetBytes(MqttProtocolVersion protocolVersion)
    {
        Require311(protocolVersion);
        return [0x20, 2, (byte)(SessionPresent ? 1 : 0), (byte)ReturnCode]; // OASIS MQTT 3.1.1, 3.2
    }
}

/// <summary>DISCONNECT.</summary>
public class MqttMsgDisconnect : MqttMsgBase
{
    /// <summary>A normal one.</summary>
    public MqttMsgDisconnect() => Type = MqttMessageType.Disconnect;

    /// <summary>Of MQTT 5.</summary>
    public uint SessionExpiryInterval { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public string? Reason { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public string? ServerReference { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public MqttReasonCode ResonCode { get; set; }

    /// <inheritdoc/>
    public override byte[] GetBytes(MqttProtocolVersion protocolVersion)
    {
        Require311(protocolVersion);
        return [0xE0, 0]; // OASIS MQTT 3.1.1, 3.14
    }
}

/// <summary>AUTH, which only MQTT 5 has.</summary>
public class MqttMsgAuthentication : MqttMsgBase
{
    /// <summary>An empty one.</summary>
    public MqttMsgAuthentication() => Type = MqttMessageType.Authentication;

    /// <summary>The method's name.</summary>
    public string? AuthenticationMethod { get; set; }

    /// <summary>What the method exchanges.</summary>
    public byte[]? AuthenticationData { get; set; }

    /// <summary>For people.</summary>
    public string? Reason { get; set; }

    /// <summary>Which step it is.</summary>
    public MqttReasonCode ReasonCode { get; set; }

    /// <inheritdoc/>
    public override byte[] GetBytes(MqttProtocolVersion protocolVersion)
        => throw new NotSupportedException("AUTH is a packet of MQTT 5; the stand-in speaks MQTT 3.1.1 only");
}

/// <summary>A pair of MQTT 5.</summary>
public class UserProperty(string name, string value)
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = name;

    /// <summary>Its value.</summary>
    public string Value { get; set; } = value;
}
