namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A message came.</summary>
public class MqttMsgPublishEventArgs(string topic, byte[] message, bool dupFlag, MqttQoSLevel qosLevel, bool retain) : EventArgs
{
    /// <summary>Where to it was published.</summary>
    public string Topic { get; } = topic;

    /// <summary>The payload.</summary>
    public byte[] Message { get; } = message;

    /// <summary>The broker sent it before.</summary>
    public bool DupFlag { get; } = dupFlag;

    /// <summary>With which quality of service it came.</summary>
    public MqttQoSLevel QosLevel { get; } = qosLevel;

    /// <summary>It was stored by the broker.</summary>
    public bool Retain { get; } = retain;
}

/// <summary>A message was confirmed by the broker, or was not within the attempts.</summary>
public class MqttMsgPublishedEventArgs(ushort messageId, bool isPublished) : EventArgs
{
    /// <summary>A confirmed message.</summary>
    public MqttMsgPublishedEventArgs(ushort messageId)
        : this(messageId, true)
    {
    }

    /// <summary>What <see cref="MqttClient.Publish(string, byte[])"/> returned.</summary>
    public ushort MessageId { get; set; } = messageId;

    /// <summary>False: no answer came; the broker may have the message nevertheless.</summary>
    public bool IsPublished { get; set; } = isPublished;
}

/// <summary>A client asks a broker to subscribe; of use to brokers only.</summary>
public class MqttMsgSubscribeEventArgs(ushort messageId, string[] topics, MqttQoSLevel[] qosLevels) : EventArgs
{
    /// <summary>The packet identifier.</summary>
    public ushort MessageId { get; } = messageId;

    /// <summary>The filters.</summary>
    public string[] Topics { get; } = topics;

    /// <summary>The asked quality of service of each filter.</summary>
    public MqttQoSLevel[] QoSLevels { get; } = qosLevels;
}

/// <summary>The broker answered a subscription.</summary>
public class MqttMsgSubscribedEventArgs(ushort messageId, MqttQoSLevel[] grantedQosLevels) : EventArgs
{
    /// <summary>What <see cref="MqttClient.Subscribe"/> returned.</summary>
    public ushort MessageId { get; } = messageId;

    /// <summary>For each filter the granted quality of service, or <see cref="MqttQoSLevel.GrantedFailure"/>.</summary>
    public MqttQoSLevel[] GrantedQoSLevels { get; } = grantedQosLevels;
}

/// <summary>A client asks a broker to unsubscribe; of use to brokers only.</summary>
public class MqttMsgUnsubscribeEventArgs(ushort messageId, string[] topics) : EventArgs
{
    /// <summary>The packet identifier.</summary>
    public ushort MessageId { get; } = messageId;

    /// <summary>The filters.</summary>
    public string[] Topics { get; } = topics;
}

/// <summary>The broker confirmed that it dropped subscriptions.</summary>
public class MqttMsgUnsubscribedEventArgs(ushort messageId) : EventArgs
{
    /// <summary>What <see cref="MqttClient.Unsubscribe"/> returned.</summary>
    public ushort MessageId { get; } = messageId;
}

/// <summary>CONNACK came, accepted or refused.</summary>
public class ConnectionOpenedEventArgs(MqttMsgConnack connact) : EventArgs
{
    /// <summary>The packet.</summary>
    public MqttMsgConnack Message { get; } = connact;
}

/// <summary>The broker sent a DISCONNECT.</summary>
public class ConnectionClosedRequestEventArgs(MqttMsgDisconnect disconnect) : EventArgs
{
    /// <summary>The packet.</summary>
    public MqttMsgDisconnect Message { get; } = disconnect;
}

/// <summary>A step of an MQTT 5 authentication; never raised by the stand-in, which speaks 3.1.1.</summary>
public class MqttMsgAuthenticationEventArgs(MqttMsgAuthentication authentication) : EventArgs
{
    /// <summary>The packet.</summary>
    public MqttMsgAuthentication Message { get; } = authentication;
}
