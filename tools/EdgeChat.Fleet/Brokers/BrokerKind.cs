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

/// <summary>How clients prove to a broker who they are.</summary>
public enum BrokerAuthentication
{
    /// <summary>By a password.</summary>
    Password,

    /// <summary>By a certificate, and the key that belongs to it.</summary>
    Certificate,
}
