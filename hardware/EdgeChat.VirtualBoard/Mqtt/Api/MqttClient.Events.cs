using System.Collections;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

// The events, and the properties that only MQTT 5 uses.
public partial class MqttClient
{
    /// <summary>Signature that the listing has; the event has <see cref="IMqttClient"/>'s.</summary>
    public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

    /// <summary>Signature that the listing has; the event has <see cref="IMqttClient"/>'s.</summary>
    public delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

    /// <summary>Signature that the listing has; the event has <see cref="IMqttClient"/>'s.</summary>
    public delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

    /// <summary>Signature that the listing has; the event has <see cref="IMqttClient"/>'s.</summary>
    public delegate void MqttMsgUnsubscribedEventHandler(object sender, MqttMsgUnsubscribedEventArgs e);

    /// <summary>Signature that the listing has; the event has <see cref="IMqttClient"/>'s.</summary>
    public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

    /// <summary>CONNACK came.</summary>
    public delegate void ConnectionOpenedEventHandler(object sender, ConnectionOpenedEventArgs e);

    /// <summary>DISCONNECT came.</summary>
    public delegate void ConnectionClosedRequestEventHandler(object sender, ConnectionClosedRequestEventArgs e);

    /// <summary>AUTH came.</summary>
    public delegate void MqttMsgAuthenticationEventHandler(object sender, MqttMsgAuthenticationEventArgs e);

    /// <summary>A message came; the broker has its PUBACK already. Dispatch thread.</summary>
    public event IMqttClient.MqttMsgPublishEventHandler? MqttMsgPublishReceived;

    /// <summary>A message was confirmed, or three attempts were not answered. Dispatch thread.</summary>
    public event IMqttClient.MqttMsgPublishedEventHandler? MqttMsgPublished;

    /// <summary>SUBACK came. Dispatch thread.</summary>
    public event IMqttClient.MqttMsgSubscribedEventHandler? MqttMsgSubscribed;

    /// <summary>UNSUBACK came. Dispatch thread.</summary>
    public event IMqttClient.MqttMsgUnsubscribedEventHandler? MqttMsgUnsubscribed;

    /// <summary>CONNACK came, accepted or refused; <see cref="Connect(string)"/> returns after it. Receive thread.</summary>
    public event ConnectionOpenedEventHandler? ConnectionOpened;

    /// <summary>The connection was lost or disconnected, and is closed. Connecting again from here works. Dispatch thread.</summary>
    public event IMqttClient.ConnectionClosedEventHandler? ConnectionClosed;

    /// <summary>The broker sent DISCONNECT, which it does not in MQTT 3.1.1. Receive thread.</summary>
    public event ConnectionClosedRequestEventHandler? ConnectionClosedRequest;

    /// <summary>Of MQTT 5: never raised here.</summary>
    public event MqttMsgAuthenticationEventHandler Authentication
    {
        add
        {
        }
        remove
        {
        }
    }

    /// <summary>Of MQTT 5.</summary>
    public string? AuthenticationMethod { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public byte[]? AuthenticationData { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public uint SessionExpiryInterval { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public bool RequestProblemInformation { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public bool RequestResponseInformation { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public ushort ReceiveMaximum { get; set; } = ushort.MaxValue;

    /// <summary>Of MQTT 5.</summary>
    public ushort TopicAliasMaximum { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public uint WillDelayInterval { get; set; }

    /// <summary>Of MQTT 5.</summary>
    public ArrayList UserProperties { get; } = [];

    /// <summary>Of MQTT 5.</summary>
    public uint MaximumPacketSize { get; set; }

    /// <summary>Of MQTT 5: true makes <see cref="Connect(string)"/> throw a <see cref="NotSupportedException"/> here.</summary>
    public bool IsAuthenticationFlow { get; set; }
}
