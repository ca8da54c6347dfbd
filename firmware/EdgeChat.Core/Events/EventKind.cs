namespace EdgeChat.Core;

/// <summary>What an entry of the <see cref="EventLog"/> tells; the comment says what its text, number and detail are.</summary>
public enum EventKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The board started; number: boot counter.</summary>
    Boot,

    /// <summary>There is an address.</summary>
    NetworkUp,

    /// <summary>The network is gone; text: why.</summary>
    NetworkDown,

    /// <summary>The broker accepted the connection; detail 1: it had kept the session.</summary>
    Connected,

    /// <summary>The broker refused the connection; number: the CONNACK return code.</summary>
    Refused,

    /// <summary>No connection; text: why.</summary>
    ConnectFailed,

    /// <summary>The connection is gone.</summary>
    Closed,

    /// <summary>The session changed; detail: its <see cref="SessionState"/>.</summary>
    Session,

    /// <summary>A publish was not confirmed and will be tried again.</summary>
    NotConfirmed,

    /// <summary>The clock was set.</summary>
    ClockSet,

    /// <summary>A message came; text: the conversation, number: its handle.</summary>
    Arrived,

    /// <summary>A tick changed; text: the conversation, number: the message's handle, detail: its <c>Tick</c>.</summary>
    Ticked,

    /// <summary>A contact came or went; text: the device, detail: its <see cref="PresenceState"/>.</summary>
    Presence,

    /// <summary>A body was refused; text: the sender, detail: its <see cref="BodyError"/>.</summary>
    BodyRefused,

    /// <summary>The flash refused a record.</summary>
    FlashFailed,

    /// <summary>A stranger invites to a group; text: the conversation.</summary>
    Invited,

    /// <summary>A key in the configuration says nothing to this board, so it is probably misspelt; text: file and key.</summary>
    UnreadKey,
}
