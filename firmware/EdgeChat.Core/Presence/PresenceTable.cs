using System;

namespace EdgeChat.Core;

/// <summary>The presence of the contacts, a row of numbers each: a smaller (boot, connection) than seen is ignored, so a late will never
/// overrules a newer birth; but for a birth that comes as it is published, of a device that was gone: that has lost its counter.</summary>
/// <remarks>
/// <para>Of two messages with the same pair the later one counts: a will or goodbye ends the birth of its own connection, and a board that
/// finds its birth replaced by a will publishes it again with the same pair.</para>
/// <para>A presence without <c>b</c> and <c>c</c>, as a plain client writes it, has the pair (-1, -1): it counts as long as the device has
/// never been seen with counters. An unknown state word makes the state unknown, and its pair is remembered.</para>
/// <para>"Last seen" is <c>t</c>, at most the present time; without <c>t</c> it is the time of arrival when that says something: for an
/// <c>on</c>, or when the device was <c>on</c> before. A goodbye or will that the broker has kept for days says nothing about now.</para>
/// </remarks>
public sealed class PresenceTable
{
    private const int NothingSeen = -2;

    // cells of a row
    private const int IdAndState = 0; // number of the id, and the state from bit 16 on
    private const int Boot = 1;
    private const int Connection = 2;
    private const int Birth = 3; // the highest boot whose birth came
    private const int Seen = 4;
    private const int Wakes = 5;
    private const int Cells = 6;

    // of the message that was taken last
    private const int NoBirth = 0;
    private const int LaterBirth = 1;
    private const int FirstBirth = 2;

    private readonly IdTable _ids;
    private int[] _rows; // null as long as nobody is followed
    private int _distrusted; // a bit a place: what was sent to the device may be lost until it has connected again
    private int _birth;
    private int _awaited; // a bit a place: its presence was subscribed to, and nothing has come

    /// <summary>Makes an empty table, which grows up to <see cref="Limits.Contacts"/> devices.</summary>
    /// <param name="ids">Where the ids of the devices are.</param>
    public PresenceTable(IdTable ids)
    {
        _ids = ids;
    }

    /// <summary>How many contacts there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the message taken last was the birth of a later boot than seen before: time to send again what has no
    /// receipt.</summary>
    /// <remarks>The first birth ever seen of a device counts too: this board cannot know what happened before it was there itself. So does
    /// that of its next connection after <see cref="Distrust"/>.</remarks>
    public bool IsNewBoot { get { return _birth != NoBirth; } }

    /// <summary>Whether it was the first birth ever seen of the device, and nothing sent to it before can be lost.</summary>
    public bool IsFirstBirth { get { return _birth == FirstBirth; } }

    /// <summary>The place of a device, or -1.</summary>
    public int Find(string device)
    {
        int id = _ids.Find(device);
        return id < 0 ? -1 : Find(id);
    }

    /// <summary>The place of a device by the number of its id, or -1.</summary>
    public int Find(int id)
    {
        int[] rows = _rows;
        int end = Count * Cells;
        for (int at = IdAndState; at < end; at += Cells)
            if ((rows[at] & 0xFFFF) == id) return at / Cells;
        return -1;
    }

    /// <summary>Adds a device, or finds it; gives its place, or -1 when the table is full or this is no device id.</summary>
    public int Add(string device)
    {
        int id = Topics.IsDeviceId(device) ? _ids.Add(device) : -1;
        if (id < 0) return -1;
        int place = Find(id);
        if (place >= 0 || Count == Limits.Contacts) return place;
        if (_rows == null || Count * Cells == _rows.Length) _rows = Column.Longer(_rows, Limits.ContactStep * Cells);
        place = Count++;
        int at = place * Cells;
        _rows[at + IdAndState] = id; // and PresenceState.Unknown
        _rows[at + Boot] = NothingSeen;
        _rows[at + Connection] = NothingSeen;
        _rows[at + Birth] = -1;
        _rows[at + Seen] = 0;
        _rows[at + Wakes] = 0;
        _distrusted &= ~(1 << place);
        _awaited |= 1 << place;
        return place;
    }

    /// <summary>Forgets a device; the places of others may change.</summary>
    public void Remove(string device)
    {
        int place = Find(device);
        if (place < 0) return;
        int last = --Count;
        if (place != last) Array.Copy(_rows, last * Cells, _rows, place * Cells, Cells);
        _distrusted = Moved(_distrusted, last, place);
        _awaited = Moved(_awaited, last, place);
    }

    /// <summary>The device at a place.</summary>
    public string DeviceAt(int place) { return _ids.At(_rows[place * Cells + IdAndState] & 0xFFFF); }

    /// <summary>Its state.</summary>
    public PresenceState StateAt(int place) { return (PresenceState)(_rows[place * Cells + IdAndState] >> 16); }

    /// <summary>When it was last known to be there, in Unix seconds, or 0.</summary>
    public long LastSeenAt(int place) { return UnixSeconds.Unpack(_rows[place * Cells + Seen]); }

    /// <summary>When a sleeping device wakes, in Unix seconds, or 0 when it did not say.</summary>
    public long WakesAt(int place) { return UnixSeconds.Unpack(_rows[place * Cells + Wakes]); }

    /// <summary>The broker has lost its sessions: what waited there for a device is gone, so its next connection is to it what a boot
    /// is. All presence is subscribed to anew.</summary>
    public void Distrust()
    {
        _distrusted = -1;
        _awaited = Count == 32 ? -1 : (1 << Count) - 1;
    }

    /// <summary>The number of the id of a device whose presence is subscribed to and has not come, or -1.</summary>
    public int NextAwaited()
    {
        if (_awaited == 0) return -1;
        int place = 0;
        while ((_awaited & 1 << place) == 0) place++;
        return _rows[place * Cells + IdAndState] & 0xFFFF;
    }

    /// <summary>Says whether the presence of a device, by the number of its id, is waited for.</summary>
    public void SetAwaited(int id, bool value)
    {
        int place = Find(id);
        if (place < 0) return;
        if (value) _awaited |= 1 << place;
        else _awaited &= ~(1 << place);
    }

    /// <summary>Takes a presence message, which the broker has kept or not; <paramref name="unixNow"/> is 0 while the clock is not set.
    /// Tells whether anything changed.</summary>
    /// <remarks>The presence of a device that is no contact changes nothing. Of one that was followed anew something is still awaited when
    /// only what was known before has come.</remarks>
    public bool Take(string device, Body presence, bool isRetained, long unixNow)
    {
        _birth = NoBirth;
        int place = Find(device);
        if (place < 0) return false;
        int at = place * Cells;
        int order = PresenceBody.Compare(presence.Boot, presence.Connection, _rows[at + Boot], _rows[at + Connection]);
        PresenceState before = StateAt(place);
        PresenceState state = PresenceWords.StateOf(presence.State);
        // not on, but known: off, asleep or lost
        bool isAnew = order < 0 && !isRetained && state == PresenceState.On && before > PresenceState.On && presence.Boot >= 0;
        if (order < 0 && !isAnew) return false;
        _awaited &= ~(1 << place);
        _rows[at + Boot] = presence.Boot;
        _rows[at + Connection] = presence.Connection;
        bool isAwaited = isAnew || (order > 0 && presence.Boot >= 0 && (_distrusted & 1 << place) != 0);
        if (state == PresenceState.On && (isAwaited || presence.Boot > _rows[at + Birth]))
        {
            _birth = _rows[at + Birth] < 0 && !isAwaited ? FirstBirth : LaterBirth;
            _rows[at + Birth] = presence.Boot;
            _distrusted &= ~(1 << place);
        }

        bool saysNow = before == PresenceState.On || state == PresenceState.On;
        long when = TimeOf(presence.Time, state, saysNow, unixNow);
        int seen = when > 0 ? UnixSeconds.Pack(when) : _rows[at + Seen];
        int wakes = state == PresenceState.Sleep && presence.WakeAfter > 0 && when > 0 ? UnixSeconds.Pack(when + presence.WakeAfter) : 0;
        bool isChanged = IsNewBoot || state != before || seen != _rows[at + Seen] || wakes != _rows[at + Wakes];
        _rows[at + IdAndState] = (_rows[at + IdAndState] & 0xFFFF) | (int)state << 16;
        _rows[at + Seen] = seen;
        _rows[at + Wakes] = wakes;
        return isChanged;
    }

    // a will is written when the session begins and sent when it ends: its own time, if it has one, is the wrong end
    private static long TimeOf(long stated, PresenceState state, bool saysNow, long unixNow)
    {
        bool statesMoment = stated > 0 && (state != PresenceState.Lost || !saysNow || unixNow == 0);
        if (!statesMoment) return saysNow ? unixNow : 0;
        return unixNow > 0 && stated > unixNow ? unixNow : stated;
    }

    // the bit of one place is that of another now, whose place is free
    private static int Moved(int bits, int from, int to)
    {
        int rest = bits & ~(1 << to) & ~(1 << from);
        return from == to ? rest : rest | ((bits >> from & 1) << to);
    }
}
