using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Messenger and session as one: what a board without screen, buttons and console still is, and what a peer on a PC is.</summary>
/// <remarks>No I/O and no clock. The host calls one of the <c>On...</c> methods for each event, <see cref="Wake"/> after it has changed
/// something in <see cref="Messenger"/>, or <see cref="OnTime"/> when <see cref="NextTickMs"/> has come, then drains
/// <see cref="NextLinkAction"/>.</remarks>
public sealed class Engine
{
    /// <summary>Makes an engine that has not read its flash.</summary>
    /// <param name="me">Who the device is.</param>
    /// <param name="flash">Where it keeps everything.</param>
    public Engine(Identity me, IFlash flash)
    {
        Messenger = new Messenger(me, flash);
    }

    /// <summary>Conversations and their messages.</summary>
    public Messenger Messenger { get; }

    /// <summary>The MQTT session; null before the end of <see cref="Start"/>, which finds the boot counter that it needs.</summary>
    public Session Session { get; private set; }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs
    {
        get
        {
            long messenger = Messenger.NextTickMs;
            long session = Session.NextTickMs;
            return messenger < session ? messenger : session;
        }
    }

    /// <summary>Reads the flash and counts this boot. Throws <see cref="FlashException"/> when the flash cannot be read.</summary>
    /// <param name="random">Randomness for back-off.</param>
    /// <param name="nowMs">Milliseconds since boot.</param>
    public void Start(IRandomSource random, long nowMs)
    {
        while (!Load(random, nowMs)) { }
    }

    /// <summary>The same a part at a time, for a host that has a display to draw meanwhile: true when that was the last.</summary>
    public bool Load(IRandomSource random, long nowMs)
    {
        if (!Messenger.Load(nowMs)) return false;
        Session = new Session(Messenger.Me, Messenger.Boot, random, Messenger);
        return true;
    }

    /// <summary>Takes what happened to the link.</summary>
    public void OnLink(LinkEvent e, long nowMs)
    {
        Session.Handle(e, nowMs);
        Wake(nowMs);
    }

    /// <summary>The clock was set: <paramref name="unixSeconds"/> is the time at <paramref name="nowMs"/>.</summary>
    public void OnClock(long unixSeconds, long nowMs)
    {
        Messenger.OnClock(unixSeconds, nowMs);
        Session.OnClock(unixSeconds, nowMs);
        Wake(nowMs);
    }

    /// <summary>Does what is due.</summary>
    public void OnTime(long nowMs)
    {
        if (nowMs >= Messenger.NextTickMs) Messenger.OnTime(nowMs);
        if (nowMs >= Session.NextTickMs) Session.OnTime(nowMs);
        Wake(nowMs);
    }

    /// <summary>Any event may have given the messenger something to say or somebody to follow.</summary>
    public void Wake(long nowMs)
    {
        if (Messenger.TakeFiltersChanged()) Session.FiltersChanged(nowMs);
        if (Messenger.TakePresenceAsked()) Session.AnnounceAgain();
        Session.Wake(nowMs);
    }

    /// <summary>Ends the session cleanly: presence <c>off</c>, or <c>sleep</c> when <paramref name="wakeAfterSeconds"/> is above 0, then
    /// DISCONNECT.
    /// The host drains actions until <see cref="LinkActionKind.Disconnect"/> came.</summary>
    public void Stop(int wakeAfterSeconds, long nowMs) { Session.Stop(wakeAfterSeconds, nowMs); }

    /// <summary>The next thing to do with the MQTT client, or null.</summary>
    public LinkAction NextLinkAction() { return Session.NextAction(); }
}
