namespace EdgeChat.Core;

/// <summary>The presence of this board: writes will, birth and goodbye, and notices when the broker keeps something else than the birth.</summary>
internal sealed class OwnPresence
{
    private int _boot;
    private long _clockOffsetMs;
    private bool _hasClock;
    private bool _isKnown; // the broker has the birth: by its PUBACK, or because it came back to us

    public OwnPresence(string device, int boot)
    {
        Topic = Topics.Presence(device);
        _boot = boot;
    }

    /// <summary>Where it is published.</summary>
    public string Topic { get; }

    /// <summary>The number of the connection within this boot.</summary>
    public int Connection { get; private set; }

    /// <summary>Whether the birth is to be published.</summary>
    public bool IsBirthDue { get; private set; }

    /// <summary>When a birth without PUBACK is due again, or <see cref="Deadline.Never"/>.</summary>
    public long AgainMs { get; private set; } = Deadline.Never;

    /// <summary>The clock was set.</summary>
    public void OnClock(long unixSeconds, long nowMs)
    {
        _clockOffsetMs = unixSeconds * 1000 - nowMs;
        _hasClock = unixSeconds > 0;
    }

    /// <summary>Begins a connection; gives its will.</summary>
    public byte[] NextWill()
    {
        Connection++;
        return PresenceBody.Write(PresenceWords.Lost, _boot, Connection, 0, 0);
    }

    /// <summary>The birth is due: connected, or the wait for its PUBACK was in vain.</summary>
    public void Expect()
    {
        IsBirthDue = true;
        AgainMs = Deadline.Never;
        _isKnown = false;
    }

    /// <summary>The connection is gone: nothing is due.</summary>
    public void Leave()
    {
        IsBirthDue = false;
        AgainMs = Deadline.Never;
    }

    /// <summary>The birth, to be published now.</summary>
    public byte[] Birth(long nowMs)
    {
        IsBirthDue = false;
        _isKnown = false;
        return PresenceBody.Write(PresenceWords.On, _boot, Connection, 0, TimeAt(nowMs));
    }

    /// <summary>The goodbye, to be published now; with 0 seconds it is for good.</summary>
    public byte[] Goodbye(int wakeAfter, long nowMs)
    {
        return PresenceBody.Write(wakeAfter > 0 ? PresenceWords.Sleep : PresenceWords.Off, _boot, Connection, wakeAfter, TimeAt(nowMs));
    }

    /// <summary>The publish of the birth has ended.</summary>
    public void OnBirthEnded(bool isConfirmed, long nowMs)
    {
        if (isConfirmed) _isKnown = true;
        if (!_isKnown) AgainMs = nowMs + Limits.BirthRetryMs;
    }

    /// <summary>Takes what came on the own topic; true when the broker knows a later start of this board, so that the connection must begin again.</summary>
    /// <remarks>What came before our birth is replaced by it. What comes after it, a late will most likely, stands there for all who
    /// start later: the birth is due again, once for each such message.</remarks>
    public bool Take(byte[] bytes)
    {
        var seen = new Body();
        bool isSound = bytes != null && BodyReader.ReadPresence(bytes, bytes.Length, seen) == BodyError.None;
        int order = isSound ? PresenceBody.Compare(seen.Boot, seen.Connection, _boot, Connection) : -1;
        if (order > 0 && seen.Boot < int.MaxValue)
        {
            // our counter was lost: readers ignore us, and would ignore the will that was given at connecting
            _boot = seen.Boot + 1;
            return true;
        }

        if (order == 0 && seen.State == PresenceWords.On)
        {
            _isKnown = true;
            AgainMs = Deadline.Never;
        }
        else if (_isKnown)
        {
            Expect();
        }

        return false;
    }

    private long TimeAt(long nowMs)
    {
        return _hasClock ? (nowMs + _clockOffsetMs) / 1000 : 0;
    }
}
