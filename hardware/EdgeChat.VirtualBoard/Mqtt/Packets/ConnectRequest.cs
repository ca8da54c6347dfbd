using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>What a CONNECT says (OASIS MQTT 3.1.1, 3.1).</summary>
internal sealed record ConnectRequest(string ClientId, string? UserName, string? Password, Will Will, bool CleanSession,
    ushort KeepAliveSeconds);

/// <summary>The message that the broker publishes when the connection breaks; without <see cref="Flag"/> there is none.</summary>
internal sealed record Will(bool Flag, string? Topic, string? Message, MqttQoSLevel Qos, bool Retain);
