namespace EdgeChat.TestKit;

/// <summary>A message on its way from the broker to one client.</summary>
public sealed class BrokerMessage
{
    /// <summary>Its topic.</summary>
    public string Topic;

    /// <summary>Its payload.</summary>
    public byte[] Body;

    /// <summary>Whether it was retained before the client subscribed.</summary>
    public bool IsRetained;

    // the fixed header, the length and the packet's identifier take 7 at most
    internal int Bytes { get { return 7 + Topic.Length + Body.Length; } }
}
