namespace EdgeChat.Core;

/// <summary>What the session asks of its link.</summary>
public enum LinkActionKind
{
    /// <summary>Open the MQTT connection, clean session off, with <see cref="LinkAction.Topic"/> and <see cref="LinkAction.Body"/> as
    /// retained QoS 1 will.</summary>
    Connect,

    /// <summary>Publish <see cref="LinkAction.Body"/> to <see cref="LinkAction.Topic"/> with QoS 1 and report under
    /// <see cref="LinkAction.Ticket"/>.</summary>
    Publish,

    /// <summary>Subscribe to <see cref="LinkAction.Topics"/>, all with QoS 1, and report under <see cref="LinkAction.Ticket"/>.</summary>
    Subscribe,

    /// <summary>Unsubscribe from <see cref="LinkAction.Topics"/>.</summary>
    Unsubscribe,

    /// <summary>Connect with a clean session and leave again, so that the broker forgets what it keeps for this board; a Connect
    /// follows, and nothing is reported.</summary>
    Forget,

    /// <summary>Send DISCONNECT and close.</summary>
    Disconnect,

    /// <summary>Drop the connection without DISCONNECT, so that the broker sends the will.</summary>
    Abort,
}

/// <summary>One thing that the host must do with its MQTT client.</summary>
public sealed class LinkAction
{
    /// <summary>What to do.</summary>
    public LinkActionKind Kind;

    /// <summary>The core's number for this action; the matching <see cref="LinkEvent"/> carries it back.</summary>
    public int Ticket;

    /// <summary>The topic to publish to; for <see cref="LinkActionKind.Connect"/> the will's.</summary>
    public string Topic;

    /// <summary>The payload (never null); for <see cref="LinkActionKind.Connect"/> the will's.</summary>
    public byte[] Body;

    /// <summary>The topic filters of a subscription.</summary>
    public string[] Topics;

    /// <summary>Of <see cref="LinkActionKind.Connect"/> and <see cref="LinkActionKind.Forget"/>: how many tries failed since the last
    /// session that worked. A link that knows several addresses takes the first one for 0, and the next after each.</summary>
    public int Turn;

    /// <summary>Whether the broker keeps the message for later subscribers.</summary>
    public bool Retain;

    /// <summary>The one behind it while both wait in a queue; of the queue alone.</summary>
    public LinkAction Next;
}
