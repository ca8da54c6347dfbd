namespace EdgeChat.Core;

/// <summary>Where the session stands, as a person understands it.</summary>
public enum SessionState
{
    /// <summary>There is no network.</summary>
    NoNetwork,

    /// <summary>Waiting before the next try.</summary>
    Waiting,

    /// <summary>A connection is being opened.</summary>
    Connecting,

    /// <summary>Connected; subscribing and telling that it is there.</summary>
    Greeting,

    /// <summary>Messages flow.</summary>
    Online,

    /// <summary>Messages flow, but the broker denies the board something that it needs; <see cref="Session.Problem"/> says what.</summary>
    Degraded,

    /// <summary>The broker refuses this board, or another device uses its id; tries go on at the longest delay.</summary>
    Refused,

    /// <summary>Ended cleanly.</summary>
    Stopped,
}
