namespace EdgeChat.Core;

/// <summary>What can happen to the link.</summary>
public enum LinkEventKind
{
    /// <summary>There is an address: a connection can be tried.</summary>
    NetworkUp,

    /// <summary>Wi-Fi is gone; <see cref="LinkEvent.Reason"/> says why, in words for the screen.</summary>
    NetworkDown,

    /// <summary>CONNACK 0; <see cref="LinkEvent.Flag"/> is session present (OASIS MQTT 3.1.1, section 3.2.2.2).</summary>
    Connected,

    /// <summary>CONNACK with <see cref="LinkEvent.Code"/> 1-5 (section 3.2.2.3).</summary>
    Refused,

    /// <summary>No connection or no CONNACK; <see cref="LinkEvent.Reason"/> in words. <see cref="LinkEvent.Flag"/>: TLS 1.2 came about,
    /// and ended before CONNACK.</summary>
    ConnectFailed,

    /// <summary>The connection is gone; <see cref="LinkEvent.Flag"/>: it was one of TLS 1.2.</summary>
    Closed,

    /// <summary>A publish ended: <see cref="LinkEvent.Flag"/> true is PUBACK, false is "not confirmed", which is not "lost".</summary>
    Published,

    /// <summary>SUBACK; <see cref="LinkEvent.Granted"/> has a QoS, or 128 for refused, a filter.</summary>
    Subscribed,

    /// <summary>A PUBLISH came in; <see cref="LinkEvent.Flag"/> is its retain flag.</summary>
    Received,
}

/// <summary>One thing that happened to the link; made by the host, taken by the core.</summary>
public sealed class LinkEvent
{
    /// <summary>What happened.</summary>
    public LinkEventKind Kind;

    /// <summary>The <see cref="LinkAction.Ticket"/> that this answers, or 0.</summary>
    /// <remarks><see cref="LinkEventKind.Connected"/>, <see cref="LinkEventKind.Refused"/>, <see cref="LinkEventKind.ConnectFailed"/> and
    /// <see cref="LinkEventKind.Closed"/> carry the ticket of the <see cref="LinkActionKind.Connect"/> that opened the connection, however
    /// late they come, so that the end of an old connection is not taken for the end of the next. 0 stands for the present
    /// connection.</remarks>
    public int Ticket;

    /// <summary>A yes or no whose meaning the kind gives.</summary>
    public bool Flag;

    /// <summary>The CONNACK return code; of <see cref="LinkEventKind.Connected"/> the place of the address that answered, from 0.</summary>
    public int Code;

    /// <summary>Why, in words for a person.</summary>
    public string Reason;

    /// <summary>The topic of what was received.</summary>
    public string Topic;

    /// <summary>The payload of what was received.</summary>
    public byte[] Body;

    /// <summary>Granted QoS a filter.</summary>
    public byte[] Granted;

    /// <summary>The one behind it while both wait in a queue; of the queue alone.</summary>
    public LinkEvent Next;
}
