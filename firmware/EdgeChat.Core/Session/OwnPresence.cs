namespace EdgeChat.Core;

/// <summary>The presence of this board: writes will, birth and goodbye, and notices when the broker keeps something else than the birth,
/// or nothing.</summary>
internal sealed class OwnPresence
{
    // what proves that the broker has the birth; the last one is for the whole life of the object
    private const int Confirmed = 1;
    private const int CameBack = 2;
    private const int OnceCameBack = 4;
    private const int IsDue = 8; // the birth
    private const int IsMissed = 16; // it was confirmed, and did not come back

    private const long NoClock = long.MinValue;

    private readonly Identity _me;
    private int _boot;
    private long _clockOffsetMs = NoClock;
    private int _flags;

    public OwnPresence(Identity me, int boot)
    {
        _me = me;
        Topic = Topics.Presence(me.DeviceId);
        _boot = boot;
    }

    /// <summary>Where it is published.</summary>
    public string Topic { get; }

    /// <summary>The number of the connection within this boot.</summary>
    public int Connection { get; private set; }

    /// <summary>Whether the birth is to be published.</summary>
    public bool IsBirthDue { get { return (_flags & IsDue) != 0; } }

    /// <summary>When <see cref="OnTime"/> must be called, or <see cref="Deadline.Never"/>.</summary>
    public long DueMs { get; private set; } = Deadline.Never;

    /// <summary>Whether the broker has confirmed the birth and did not give it back: it has dropped it, or keeps it from us.</summary>
    public bool IsUnheard { get { return (_flags & IsMissed) != 0; } }

    /// <summary>Whether the birth of this connection came back: the broker takes from this board, and gives to it.</summary>
    public bool IsHeard { get { return (_flags & CameBack) != 0; } }

    /// <summary>Whether what <see cref="Take"/> found was written by another device: this one had announced itself before.</summary>
    public bool IsContested { get { return (_flags & OnceCameBack) != 0; } }

    /// <summary>The clock was set.</summary>
    public void OnClock(long unixSeconds, long nowMs)
    {
        _clockOffsetMs = unixSeconds > 0 ? unixSeconds * 1000 - nowMs : NoClock;
    }

    /// <summary>The board counts a boot: from now on it is at least this one, and above those that the broker knows.</summary>
    public void CountOn(int boot) { _boot = boot > _boot ? boot : _boot + 1; }

    /// <summary>Begins a connection; gives its will.</summary>
    public byte[] NextWill()
    {
        Connection++;
        return PresenceBody.Write(PresenceWords.Lost, _me.Incarnation, _boot, Connection, 0, 0);
    }

    /// <summary>The birth is due.</summary>
    public void Expect()
    {
        _flags = (_flags & (OnceCameBack | IsMissed)) | IsDue;
        DueMs = Deadline.Never;
    }

    /// <summary>The connection is gone: nothing is due.</summary>
    public void Leave()
    {
        _flags &= ~(IsDue | IsMissed);
        DueMs = Deadline.Never;
    }

    /// <summary>The wait for what proves the birth was in vain.</summary>
    public void OnTime(long nowMs)
    {
        if ((_flags & Confirmed) == 0 || IsUnheard)
        {
            Expect();
            return;
        }

        _flags |= IsMissed;
        DueMs = nowMs + Limits.RightsAgainMs;
    }

    /// <summary>The birth, to be published now.</summary>
    public byte[] Birth(long nowMs)
    {
        _flags &= OnceCameBack | IsMissed;
        return PresenceBody.Write(PresenceWords.On, _me.Incarnation, _boot, Connection, 0, TimeAt(nowMs));
    }

    /// <summary>The goodbye, to be published now; with 0 seconds it is for good.</summary>
    public byte[] Goodbye(int wakeAfter, long nowMs)
    {
        string state = wakeAfter > 0 ? PresenceWords.Sleep : PresenceWords.Off;
        return PresenceBody.Write(state, _me.Incarnation, _boot, Connection, wakeAfter, TimeAt(nowMs));
    }

    /// <summary>The publish of the birth has ended.</summary>
    public void OnBirthEnded(bool isConfirmed, long nowMs)
    {
        if (isConfirmed) _flags |= Confirmed;
        if ((_flags & CameBack) != 0) return;
        DueMs = nowMs + (!isConfirmed ? Limits.BirthRetryMs : IsUnheard ? Limits.RightsAgainMs : Limits.BirthEchoMs);
    }

    /// <summary>Takes what came on the own topic; true when the broker knows a later start of this board, so that the connection must begin
    /// again.</summary>
    /// <remarks>What came before our birth is replaced by it. What comes after it, a late will most likely, stands there for all who
    /// start later: the birth is due again, once for each such message.</remarks>
    public bool Take(byte[] bytes)
    {
        var seen = new Body();
        bool isSound = bytes != null && BodyReader.ReadPresence(bytes, bytes.Length, seen) == BodyError.None;
        int order = isSound ? PresenceBody.Compare(seen.Boot, seen.Connection, _boot, Connection) : -1;
        if (order > 0 && seen.Boot < int.MaxValue - 1)
        {
            // our counter was lost: readers ignore us, and would ignore the will that was given at connecting; int.MaxValue nobody reads
            _boot = seen.Boot + 1;
            return true;
        }

        if (order == 0 && seen.State == PresenceWords.On)
        {
            _flags = (_flags | CameBack | OnceCameBack) & ~IsMissed;
            DueMs = Deadline.Never;
        }
        else if ((_flags & (Confirmed | CameBack)) != 0)
        {
            Expect();
        }

        return false;
    }

    private long TimeAt(long nowMs)
    {
        return _clockOffsetMs != NoClock ? (nowMs + _clockOffsetMs) / 1000 : 0;
    }
}
