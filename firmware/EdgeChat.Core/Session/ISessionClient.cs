namespace EdgeChat.Core;

/// <summary>What a session carries: it asks here for what to subscribe to and what to publish next, and tells what came of it.</summary>
/// <remarks>The session hands out one publish after the other, without waiting for their ends, until it is told that nothing waits. So
/// whoever implements this owns the order and the priority of what waits, and how much is in flight.</remarks>
public interface ISessionClient
{
    /// <summary>The topic filters of this board besides its own presence, at this moment.</summary>
    string[] Filters();

    /// <summary>Fills in topic, body and retain flag of what to publish next; false when nothing waits, or when as much is in flight as may
    /// be. The ticket is that which <see cref="OnPublished"/> will name.</summary>
    bool NextPublish(LinkAction into, long nowMs);

    /// <summary>A publish ended: confirmed by PUBACK, or not confirmed, which is not "lost". They end in any order.</summary>
    /// <returns>Whether there was one of that ticket in flight.</returns>
    bool OnPublished(int ticket, bool isConfirmed, long nowMs);

    /// <summary>Connected, and nothing has come yet. Unless the broker has kept this board's session, it may have lost all else too: what
    /// waits for others, and what is retained.</summary>
    void OnConnected(bool isSessionPresent, long nowMs);

    /// <summary>What waits for this board at the broker is dropped there. To those who have sent it that is what a start of this board is:
    /// they send it again. So it counts as one.</summary>
    /// <returns>The boot counter from now on.</returns>
    int OnForgotten(long nowMs);

    /// <summary>Subscribed and announced: messages flow from now on.</summary>
    void OnOnline(long nowMs);

    /// <summary>The connection is gone; what became of the publishes that have not ended is unknown.</summary>
    /// <param name="isSuspect">Whether the other side has ended it right after the last of these: so a broker may deny one (OASIS MQTT
    /// 3.1.1, section 3.3.5).</param>
    /// <param name="nowMs">Milliseconds since boot.</param>
    /// <returns>Whether a publish is given up for it, so that it is worth while to connect again soon.</returns>
    bool OnOffline(bool isSuspect, long nowMs);

    /// <summary>What the broker keeps as this board's presence came, or the birth came back; the session takes it too.</summary>
    void OnOwnPresence(byte[] body, bool isRetained, long nowMs);

    /// <summary>A message came in on one of the filters.</summary>
    void OnReceived(string topic, byte[] body, bool isRetained, long nowMs);
}
