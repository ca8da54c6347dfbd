namespace EdgeChat.Core;

/// <summary>One MQTT session of one board: decides when to connect, subscribes, announces the board and paces what is published.</summary>
/// <remarks>No I/O and no clock: the host calls <see cref="Handle"/> and <see cref="OnTime"/>, then drains <see cref="NextAction"/>.
/// Not responsible for what is published; that is its <see cref="ISessionClient"/>.</remarks>
public sealed class Session
{
    /// <summary>Makes a session that has not started.</summary>
    /// <param name="me">Who the board is.</param>
    /// <param name="boot">The boot counter, from flash.</param>
    /// <param name="random">For full jitter of the delay.</param>
    /// <param name="client">What the session carries.</param>
    public Session(Identity me, int boot, IRandomSource random, ISessionClient client)
    {
    }

    /// <summary>Where the session stands.</summary>
    public SessionState State { get { return SessionState.NoNetwork; } }

    /// <summary>Why the session is not online, in words for a person with the cure, or null.</summary>
    public string Problem { get { return null; } }

    /// <summary>When the next try is, in milliseconds since boot, while <see cref="State"/> is waiting or refused.</summary>
    public long NextTryMs { get { return App.Never; } }

    /// <summary>The number of the connection within this boot, from 1.</summary>
    public int ConnectionNumber { get { return 0; } }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="App.Never"/>.</summary>
    public long NextTickMs { get { return App.Never; } }

    /// <summary>Takes what happened to the link.</summary>
    public void Handle(LinkEvent e, long nowMs) { }

    /// <summary>Does what is due.</summary>
    public void OnTime(long nowMs) { }

    /// <summary>The filters have changed: subscribe to the new ones and unsubscribe from the old ones.</summary>
    public void FiltersChanged(long nowMs) { }

    /// <summary>Something may wait to be published.</summary>
    public void Wake(long nowMs) { }

    /// <summary>The clock was set: presence carries the time from now on.</summary>
    public void OnClock(long unixSeconds, long nowMs) { }

    /// <summary>Tries at once instead of waiting: somebody asked for it.</summary>
    public void TryNow(long nowMs) { }

    /// <summary>Ends the session: presence <c>off</c> (or <c>sleep</c> with the seconds until it wakes), then DISCONNECT.</summary>
    public void Stop(int wakeAfterSeconds, long nowMs) { }

    /// <summary>The next thing that the host must do, or null.</summary>
    public LinkAction NextAction() { return null; }
}
