namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>What is wrong with a request or a packet.</summary>
public enum MqttClientErrorCode
{
    /// <summary>The will has no topic or text, or there is one without the will flag.</summary>
    WillWrong = 1,

    /// <summary>The keep-alive period is out of range.</summary>
    KeepAliveWrong = 2,

    /// <summary>A topic to publish to has a wildcard.</summary>
    TopicWildcard = 3,

    /// <summary>A topic is empty or longer than 65535.</summary>
    TopicLength = 4,

    /// <summary>A quality of service above 2.</summary>
    QosNotAllowed = 5,

    /// <summary>No topics to subscribe to or to unsubscribe from.</summary>
    TopicsEmpty = 6,

    /// <summary>No qualities of service to subscribe with.</summary>
    QosLevelsEmpty = 7,

    /// <summary>Not as many topics as qualities of service.</summary>
    TopicsQosLevelsNotMatch = 8,

    /// <summary>The broker sent a packet that only a client may send.</summary>
    WrongBrokerMessage = 9,

    /// <summary>A packet identifier of zero.</summary>
    WrongMessageId = 10,

    /// <summary>There are <see cref="MqttSettings.InflightQueueSize"/> messages in flight.</summary>
    InflightQueueFull = 11,

    /// <summary>Reserved bits of a fixed header are wrong.</summary>
    InvalidFlagBits = 12,

    /// <summary>The reserved bit of the connect flags is set.</summary>
    InvalidConnectFlags = 13,

    /// <summary>An empty client identifier without a clean session.</summary>
    InvalidClientId = 14,

    /// <summary>The protocol name of a CONNECT is wrong.</summary>
    InvalidProtocolName = 15,
}

/// <summary>A request that cannot be a packet, or a packet that no broker may send.</summary>
public class MqttClientException : Exception
{
    /// <summary>With its reason.</summary>
    public MqttClientException(MqttClientErrorCode errorCode)
        : base("MQTT client: " + errorCode)
        => ErrorCode = errorCode;

    /// <summary>The reason.</summary>
    public MqttClientErrorCode ErrorCode { get; set; }
}

/// <summary>The connection broke, or an answer did not come.</summary>
public class MqttCommunicationException : Exception
{
    /// <summary>No answer.</summary>
    public MqttCommunicationException()
    {
    }

    /// <summary>Because of another exception.</summary>
    public MqttCommunicationException(Exception e)
        : base(string.Empty, e)
    {
    }
}

/// <summary>The TCP or TLS connection could not be made.</summary>
public class MqttConnectionException : Exception
{
    /// <summary>With what was tried and why it failed.</summary>
    public MqttConnectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Listed with the others; the real client throws it nowhere.</summary>
public class MqttTimeoutException : Exception
{
    /// <summary>With no more to say.</summary>
    public MqttTimeoutException()
    {
    }
}
