namespace EdgeChat.Fleet;

/// <summary>The brokers that a configuration can be written for.</summary>
public enum BrokerKind
{
    /// <summary>Eclipse Mosquitto, 2.0 or later.</summary>
    Mosquitto,

    /// <summary>NATS, 2.9 or later.</summary>
    Nats,

    /// <summary>RabbitMQ, 3.10 or later.</summary>
    RabbitMq,
}
