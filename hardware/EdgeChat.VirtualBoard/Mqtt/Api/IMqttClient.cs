using System.Collections;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>What a client can do, for those who bring their own.</summary>
public interface IMqttClient
{
    /// <summary>A message came.</summary>
    delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

    /// <summary>A message was confirmed, or not.</summary>
    delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

    /// <summary>A subscription was answered.</summary>
    delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

    /// <summary>A subscription is gone.</summary>
    delegate void MqttMsgUnsubscribedEventHandler(object sender, MqttMsgUnsubscribedEventArgs e);

    /// <summary>The connection is gone.</summary>
    delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

    /// <inheritdoc cref="MqttClient.MqttMsgPublishReceived"/>
    event MqttMsgPublishEventHandler MqttMsgPublishReceived;

    /// <inheritdoc cref="MqttClient.MqttMsgPublished"/>
    event MqttMsgPublishedEventHandler MqttMsgPublished;

    /// <inheritdoc cref="MqttClient.MqttMsgSubscribed"/>
    event MqttMsgSubscribedEventHandler MqttMsgSubscribed;

    /// <inheritdoc cref="MqttClient.MqttMsgUnsubscribed"/>
    event MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;

    /// <inheritdoc cref="MqttClient.ConnectionClosed"/>
    event ConnectionClosedEventHandler ConnectionClosed;

    /// <inheritdoc cref="MqttClient.IsConnected"/>
    bool IsConnected { get; }

    /// <inheritdoc cref="MqttClient.Init(string, int, bool, byte[], byte[], MqttSslProtocols)"/>
    void Init(string brokerHostName, int brokerPort, bool secure, byte[]? caCert, byte[]? clientCert, MqttSslProtocols sslProtocol);

    /// <inheritdoc cref="MqttClient.Connect(string, string, string, bool, MqttQoSLevel, bool, string, string, bool, ushort)"/>
    MqttReasonCode Connect(string clientId, string? username, string? password, bool willRetain, MqttQoSLevel willQosLevel, bool willFlag,
        string? willTopic, string? willMessage, bool cleanSession, ushort keepAlivePeriod);

    /// <inheritdoc cref="MqttClient.Disconnect"/>
    void Disconnect();

    /// <inheritdoc cref="MqttClient.Subscribe"/>
    ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels);

    /// <inheritdoc cref="MqttClient.Unsubscribe"/>
    ushort Unsubscribe(string[] topics);

    /// <inheritdoc cref="MqttClient.Publish(string, byte[], string, ArrayList, MqttQoSLevel, bool)"/>
    ushort Publish(string topic, byte[]? message, string? contentType, ArrayList? userProperties, MqttQoSLevel qosLevel, bool retain);

    /// <inheritdoc cref="MqttClient.Publish(string, byte[])"/>
    ushort Publish(string topic, byte[]? message, string? contentType);

    /// <inheritdoc cref="MqttClient.Publish(string, byte[])"/>
    ushort Publish(string topic, byte[]? message);

    /// <inheritdoc cref="MqttClient.Close"/>
    void Close();
}
