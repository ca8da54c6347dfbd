using MQTTnet;

namespace EdgeChat.Tool.Chat;

/// <summary>How a peer proves who it is; never printed.</summary>
/// <param name="DeviceId">Device id, which is the MQTT client id and the user name too.</param>
/// <param name="Password">The secret, or null when the broker asks for none.</param>
/// <param name="Tls">TLS, verified, or null for a connection in the clear.</param>
public sealed record PeerAccess(string DeviceId, string? Password, MqttClientTlsOptions? Tls)
{
    /// <inheritdoc/>
    public override string ToString() => DeviceId;
}
