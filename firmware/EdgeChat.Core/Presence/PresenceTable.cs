using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>The presence of the contacts, in packed arrays: a smaller (boot, connection) than seen is ignored, so a late will never overrules a newer birth.</summary>
/// <remarks>
/// <para>Of two messages with the same pair the later one counts: a will or goodbye ends the birth of its own connection, and a board that finds
/// its birth replaced by a will publishes it again with the same pair.</para>
/// <para>A presence without <c>b</c> and <c>c</c>, as a plain client writes it, has the pair (-1, -1): it counts as long as the device has never
/// been seen with counters. An unknown state word makes the state unknown, and its pair is remembered.</para>
/// <para>"Last seen" is <c>t</c>, at most the present time; without <c>t</c> it is the time of arrival when that says something: for an
/// <c>on</c>, or when the device was <c>on</c> before. A goodbye or will that the broker has kept for days says nothing about now.</para>
/// </remarks>
public sealed class PresenceTable
{
    private const int IdBytes = Topics.MaxIdLength;
    private const int NothingSeen = -2;
    private const int Step = 8;

    private byte[] _ids = new byte[0]; // filled up with 0
    private byte[] _states = new byte[0];
    private int[] _boots = new int[0];
    private int[] _connections = new int[0];
    private int[] _births = new int[0]; // the highest boot whose birth came
    private long[] _seen = new long[0];
    private long[] _wakes = new long[0];
    private int _distrusted; // a bit a place: what was sent to the device may be lost until it has connected again

    /// <summary>Makes an empty table, which grows up to <see cref="Limits.Contacts"/> devices.</summary>
    public PresenceTable()
    {
    }

    /// <summary>How many contacts there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the message taken last was the birth of a later boot than seen before: time to send again what has no receipt.</summary>
    /// <remarks>The first birth ever seen of a device counts too: this board cannot know what happened before it was there itself. So does that of
    /// its next connection after <see cref="Distrust"/>.</remarks>
    public bool IsNewBoot { get; private set; }

    /// <summary>Whether it was the first birth ever seen of the device, and nothing sent to it before can be lost.</summary>
    public bool IsFirstBirth { get; private set; }

    /// <summary>The place of a device, or -1.</summary>
    public int Find(string device)
    {
        return Topics.IsDeviceId(device) ? Find(Encoding.UTF8.GetBytes(device)) : -1;
    }

    /// <summary>Adds a device, or finds it; gives its place, or -1 when the table is full or this is no device id.</summary>
    public int Add(string device)
    {
        if (!Topics.IsDeviceId(device)) return -1;
        byte[] id = Encoding.UTF8.GetBytes(device);
        int place = Find(id);
        if (place >= 0 || Count == Limits.Contacts) return place;
        if (Count == _states.Length) Grow();
        place = Count++;
        Array.Clear(_ids, place * IdBytes, IdBytes);
        Array.Copy(id, 0, _ids, place * IdBytes, id.Length);
        _states[place] = (byte)PresenceState.Unknown;
        _boots[place] = NothingSeen;
        _connections[place] = NothingSeen;
        _births[place] = -1;
        _distrusted &= ~(1 << place);
        _seen[place] = 0;
        _wakes[place] = 0;
        return place;
    }

    /// <summary>Forgets a device; the places of others may change.</summary>
    public void Remove(string device)
    {
        int place = Find(device);
        if (place < 0) return;
        int last = --Count;
        if (place == last) return;
        Array.Copy(_ids, last * IdBytes, _ids, place * IdBytes, IdBytes);
        _states[place] = _states[last];
        _boots[place] = _boots[last];
        _connections[place] = _connections[last];
        _births[place] = _births[last];
        _distrusted = (_distrusted & ~(1 << place)) | ((_distrusted >> last & 1) << place);
        _seen[place] = _seen[last];
        _wakes[place] = _wakes[last];
    }

    /// <summary>The device at a place.</summary>
    public string DeviceAt(int place)
    {
        int start = place * IdBytes;
        int count = 0;
        while (count < IdBytes && _ids[start + count] != 0) count++;
        return Encoding.UTF8.GetString(_ids, start, count);
    }

    /// <summary>Its state.</summary>
    public PresenceState StateAt(int place) { return (PresenceState)_states[place]; }

    /// <summary>When it was last known to be there, in Unix seconds, or 0.</summary>
    public long LastSeenAt(int place) { return _seen[place]; }

    /// <summary>When a sleeping device wakes, in Unix seconds, or 0 when it did not say.</summary>
    public long WakesAt(int place) { return _wakes[place]; }

    /// <summary>The broker has lost its sessions: what waited there for a device is gone, so its next connection is to it what a boot is.</summary>
    public void Distrust() { _distrusted = -1; }

    /// <summary>Takes a presence message; <paramref name="unixNow"/> is 0 while the clock is not set. Tells whether anything changed.</summary>
    /// <remarks>The presence of a device that is no contact changes nothing.</remarks>
    public bool Take(string device, Body presence, long unixNow)
    {
        IsNewBoot = false;
        IsFirstBirth = false;
        int place = Find(device);
        if (place < 0) return false;
        int order = PresenceBody.Compare(presence.Boot, presence.Connection, _boots[place], _connections[place]);
        if (order < 0) return false;
        _boots[place] = presence.Boot;
        _connections[place] = presence.Connection;
        PresenceState before = StateAt(place);
        PresenceState state = StateOf(presence.State);
        bool isAwaited = order > 0 && presence.Boot >= 0 && (_distrusted & 1 << place) != 0;
        if (state == PresenceState.On && (isAwaited || presence.Boot > _births[place]))
        {
            IsFirstBirth = _births[place] < 0 && !isAwaited;
            _births[place] = presence.Boot;
            _distrusted &= ~(1 << place);
            IsNewBoot = true;
        }

        bool saysNow = before == PresenceState.On || state == PresenceState.On;
        long when = TimeOf(presence.Time, state, saysNow, unixNow);
        long seen = when > 0 ? when : _seen[place];
        long wakes = state == PresenceState.Sleep && presence.WakeAfter > 0 && when > 0 ? when + presence.WakeAfter : 0;
        bool isChanged = IsNewBoot || state != before || seen != _seen[place] || wakes != _wakes[place];
        _states[place] = (byte)state;
        _seen[place] = seen;
        _wakes[place] = wakes;
        return isChanged;
    }

    // a will is written when the session begins and sent when it ends: its own time, if it has one, is the wrong end
    private static long TimeOf(long stated, PresenceState state, bool saysNow, long unixNow)
    {
        bool statesMoment = stated > 0 && (state != PresenceState.Lost || !saysNow || unixNow == 0);
        if (!statesMoment) return saysNow ? unixNow : 0;
        return unixNow > 0 && stated > unixNow ? unixNow : stated;
    }

    private static PresenceState StateOf(string word)
    {
        switch (word)
        {
            case PresenceWords.On: return PresenceState.On;
            case PresenceWords.Off: return PresenceState.Off;
            case PresenceWords.Sleep: return PresenceState.Sleep;
            case PresenceWords.Lost: return PresenceState.Lost;
            default: return PresenceState.Unknown;
        }
    }

    private void Grow()
    {
        _ids = Column.Longer(_ids, Step * IdBytes);
        _states = Column.Longer(_states, Step);
        _boots = Column.Longer(_boots, Step);
        _connections = Column.Longer(_connections, Step);
        _births = Column.Longer(_births, Step);
        _seen = Column.Longer(_seen, Step);
        _wakes = Column.Longer(_wakes, Step);
    }

    private int Find(byte[] id)
    {
        for (int place = 0; place < Count; place++)
        {
            int at = place * IdBytes;
            int i = 0;
            while (i < id.Length && _ids[at + i] == id[i]) i++;
            if (i == id.Length && (i == IdBytes || _ids[at + i] == 0)) return place;
        }

        return -1;
    }
}
