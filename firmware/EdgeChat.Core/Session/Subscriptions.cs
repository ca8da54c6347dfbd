using System;

namespace EdgeChat.Core;

/// <summary>Which topic filters are wanted and which the broker has granted: subscribes to the difference and unsubscribes from the
/// rest.</summary>
/// <remarks>
/// <para>With each connection the own presence and profile and all rosters are subscribed to again, session present or not.</para>
/// <para>Of a SUBACK with refusals only the first is taken as said: a broker may refuse all that comes after it in the same packet, so
/// the others are asked for again. What was refused is asked for again at the next connection, and after
/// <see cref="Limits.RightsAgainMs"/>.</para>
/// <para>A broker may also end the connection instead of refusing. When it has done so <see cref="Limits.DeadlyTimes"/> times, filters are
/// asked for one at a time, and that which ends the connection is left out.</para>
/// <para>Gentle, it waits after CONNACK for what a session present brings, and after each filter for what the broker keeps there: so
/// little comes at once, and it shows on what a connection ends.</para>
/// </remarks>
internal sealed class Subscriptions
{
    private const int Gentle = 1 << 16; // beside the deaths
    private readonly string _inbox;
    private string[] _wanted; // null for none, as the others
    private string[] _granted;
    private string[] _refused;
    private string[] _asked;
    private string[] _stale;
    private int _looked; // where the filter was that had the last topic
    private int _ticket;
    private int _deaths; // connections that ended on a SUBSCRIBE
    private bool _isDue;
    private bool _isReadAnew; // what is retained

    /// <summary>Makes the subscriptions of a device.</summary>
    public Subscriptions(string device)
    {
        _inbox = Topics.Inbox(device, "");
    }

    /// <summary>Whether there may be something to do, and no SUBACK to wait for first.</summary>
    public bool IsReady { get { return _isDue && _asked == null; } }

    /// <summary>Whether a SUBACK is to come, or what it brings.</summary>
    public bool IsWaiting { get { return _asked != null; } }

    /// <summary>Whether it waits for what comes unasked, after a SUBACK or, <see cref="IsSettlingFirst"/>, after CONNACK.</summary>
    public bool IsSettling { get { return _asked != null && _ticket == 0; } }

    /// <summary>Whether it waits for what the broker has kept for a session, before it asks for anything.</summary>
    public bool IsSettlingFirst { get { return IsSettling && _asked.Length == 0; } }

    /// <summary>Whether it asks for little and waits for what that brings.</summary>
    public bool IsGentle { get { return _deaths >= Gentle; } }

    /// <summary>The filters that the broker refuses, in the order in which they are wanted; null when none.</summary>
    public string[] Refused { get { return _refused; } }

    /// <summary>Whether the broker has granted nothing at all.</summary>
    public bool IsNothingGranted { get { return _granted == null; } }

    /// <summary>Until when the SUBACK must have come, when it is settled, or when to ask again for what was refused;
    /// <see cref="Deadline.Never"/> for none of them.</summary>
    public long ByMs { get; private set; } = Deadline.Never;

    /// <summary>Connected; without a session present nothing is granted any more.</summary>
    public void Connected(bool isSessionPresent, long nowMs)
    {
        if (!isSessionPresent) _granted = null;
        _isReadAnew = true;
        if (!IsCareful) _refused = null;
        _stale = null;
        _isDue = true;
        if (IsGentle && isSessionPresent) Settle(new string[0], nowMs);
    }

    /// <summary>Asks for one filter at a time from now on.</summary>
    public void BeGentle()
    {
        _deaths = Gentle;
    }

    /// <summary>What was asked for has brought what it brings.</summary>
    public void Settled(long nowMs)
    {
        _asked = null;
        ByMs = _refused == null ? Deadline.Never : nowMs + Limits.RightsAgainMs;
    }

    /// <summary>Asks again for what was refused.</summary>
    public void AskAgain()
    {
        _refused = null;
        _isDue = true;
        ByMs = Deadline.Never;
    }

    /// <summary>What is wanted may have changed.</summary>
    public void Changed()
    {
        _isDue = true;
    }

    /// <summary>The other side ends the connection. Tells whether it was for a filter that is left out from now on.</summary>
    public bool OnClosed()
    {
        if (_asked == null || _asked.Length == 0) return false;
        if (!IsCareful)
        {
            _deaths++;
            return false;
        }

        _refused = Join(_refused, _asked);
        return true;
    }

    /// <summary>The connection is gone.</summary>
    public void Leave()
    {
        _isDue = false;
        _asked = null;
        _ticket = 0;
        ByMs = Deadline.Never;
    }

    /// <summary>Makes an action into the next UNSUBSCRIBE or SUBSCRIBE; false when the broker has all that is wanted: the filters, and
    /// the own presence, which lies under <paramref name="own"/>.</summary>
    public bool Fill(LinkAction action, string[] filters, string own, long nowMs)
    {
        Want(filters, own);
        action.Topics = TakeSurplus();
        action.Kind = LinkActionKind.Unsubscribe;
        if (action.Topics != null) return true;
        ReadAnew(own);
        _isDue = false;
        _refused = Without(_refused, Without(_refused, _wanted)); // what is not wanted any more is not refused either
        ByMs = _refused == null ? Deadline.Never : nowMs + Limits.RightsAgainMs;
        string[] missing = Without(_wanted, _granted);
        missing = Without(missing, _refused);
        if (missing == null) return false;
        _asked = IsCareful ? new string[] { missing[0] } : missing;
        _ticket = action.Ticket;
        ByMs = nowMs + Limits.SubscribeTimeoutMs;
        action.Topics = _asked;
        action.Kind = LinkActionKind.Subscribe;
        return true;
    }

    /// <summary>Whether a SUBACK belongs to the SUBSCRIBE that waits for one.</summary>
    public bool IsAnswer(int ticket)
    {
        return _ticket != 0 && ticket == _ticket;
    }

    /// <summary>Takes the SUBACK.</summary>
    public void Take(byte[] codes, long nowMs)
    {
        string refused = null;
        string[] asked = _asked;
        string[] granted = Column.Strings(asked.Length);
        int count = 0;
        for (int i = 0; i < asked.Length; i++)
        {
            if (codes == null || (i < codes.Length && codes[i] <= 2)) granted[count++] = asked[i]; // 0x80: failure, section 3.9.3
            else if (refused == null) refused = asked[i];
        }

        _granted = Join(_granted, Cut(granted, count));
        if (refused != null) _refused = Join(_refused, new string[] { refused });
        if (refused != null || IsCareful) _isDue = true;
        else _deaths = 0;
        _ticket = 0;
        if (IsGentle) Settle(asked, nowMs);
        else Settled(nowMs);
    }

    /// <summary>Looks at the topic of a message: when no wanted filter has it, a subscription of an earlier life must be ended.</summary>
    public void Look(string topic)
    {
        if (_isDue || topic == null || topic.StartsWith(_inbox)) return;
        // what is retained comes in the order of the filters
        int place = _wanted == null ? -1 : Find(_wanted, topic, _looked);
        if (place >= 0) _looked = place;
        if (place >= 0) return;
        string parent = topic.Substring(0, topic.LastIndexOf('/') + 1);
        if (parent.Length == 0 || (_wanted != null && Find(_wanted, parent + "+", 0) >= 0)) return;
        _stale = new string[] { topic, parent + "+" };
        _isDue = true;
    }

    private bool IsCareful { get { return _deaths >= Limits.DeadlyTimes; } }

    private void Settle(string[] asked, long nowMs)
    {
        _asked = asked;
        ByMs = nowMs + Limits.SettleMs;
    }

    // a broker gives what it keeps with each SUBSCRIBE (section 3.8.4): so it shows what it has lost, though it has the session, and who
    // else has written there
    private void ReadAnew(string own)
    {
        if (!_isReadAnew) return;
        _isReadAnew = false;
        if (_granted == null) return;
        string[] left = Column.Strings(_granted.Length);
        int count = 0;
        for (int i = 0; i < _granted.Length; i++)
            if (_granted[i] != own && !Topics.IsKept(_granted[i], own)) left[count++] = _granted[i];
        _granted = Cut(left, count);
    }

    private void Want(string[] filters, string own)
    {
        string[] wanted = Column.Strings(filters.Length + 1);
        Array.Copy(filters, wanted, filters.Length);
        wanted[filters.Length] = own;
        _wanted = wanted;
    }

    // what the broker sends and nobody wants, or null; it counts as gone from now on
    private string[] TakeSurplus()
    {
        string[] surplus = Without(_granted, _wanted);
        _granted = Without(_granted, surplus);
        string[] stale = Without(_stale, _wanted);
        _stale = null;
        return surplus == null ? stale : stale == null ? surplus : Join(surplus, stale);
    }

    // what of the first is not in the second, or null when nothing is left
    private static string[] Without(string[] all, string[] taken)
    {
        if (all == null || taken == null) return all;
        string[] left = Column.Strings(all.Length);
        int count = 0;
        for (int i = 0; i < all.Length; i++)
            if (Find(taken, all[i], i) < 0) left[count++] = all[i];
        return Cut(left, count);
    }

    // lists mostly agree, so it is looked for from a place on
    private static int Find(string[] list, string filter, int place)
    {
        for (int i = place; i < list.Length; i++)
            if (list[i] == filter) return i;
        if (place > list.Length) place = list.Length;
        for (int i = 0; i < place; i++)
            if (list[i] == filter) return i;
        return -1;
    }

    private static string[] Cut(string[] list, int count)
    {
        if (count == 0) return null;
        if (count == list.Length) return list;
        string[] cut = Column.Strings(count);
        Array.Copy(list, cut, count);
        return cut;
    }

    private static string[] Join(string[] first, string[] second)
    {
        if (first == null || second == null) return first ?? second;
        string[] both = Column.Strings(first.Length + second.Length);
        Array.Copy(first, both, first.Length);
        Array.Copy(second, 0, both, first.Length, second.Length);
        return both;
    }
}
