namespace EdgeChat.Tool.Broker;

/// <summary>A packet that the embedded broker received or sent.</summary>
/// <param name="ClientId">The client at the other end.</param>
/// <param name="IsFromClient">True when the client sent it.</param>
/// <param name="Kind">The packet type by its name in the specification, for example <c>PUBLISH</c>.</param>
/// <param name="Topic">The topic of a PUBLISH, or the filters of a SUBSCRIBE with a space between them; else null.</param>
public sealed record BrokerPacket(string ClientId, bool IsFromClient, string Kind, string? Topic);
