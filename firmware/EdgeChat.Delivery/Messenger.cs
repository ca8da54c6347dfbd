using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Conversations, their messages and ticks: what the screens and the console show and do.</summary>
/// <remarks>Conversations and messages are named by handles, small ints into packed tables, valid until the next call that changes
/// something (<see cref="Revision"/> tells). No I/O but <see cref="IFlash"/>, no clock: time is handed in, and set in the ledger once a
/// call. The facade over small classes, of which most keep nothing themselves: <see cref="Router"/> and <see cref="Inbox"/>,
/// <see cref="Outbox"/>, <see cref="Receipts"/>, <see cref="ReceiptBook"/>, <see cref="GapRepair"/>, <see cref="Resends"/>,
/// <see cref="Publisher"/>, <see cref="Keeper"/>, over the tables in <see cref="Ledger"/>. When the heap is too short, a call is refused as
/// if a table were full.</remarks>
public sealed partial class Messenger : ISessionClient
{
    private const int RetryMs = 1000;

    private readonly Ledger _ledger;
    private readonly Publisher _publisher;

    /// <summary>Makes a messenger that has not read its flash.</summary>
    public Messenger(Identity me, IFlash flash)
    {
        _ledger = new Ledger(me, flash);
        _publisher = new Publisher(_ledger);
    }

    /// <summary>Reads some of the flash, as much as a key that is pressed meanwhile may wait for, and counts this boot in the end; true
    /// then, and nothing else may be asked for before. Throws <see cref="FlashException"/> when the flash cannot be read.</summary>
    public bool Load(long nowMs)
    {
        _ledger.NowMs = nowMs;
        if (!_ledger.Keeper.Load()) return false;
        _ledger.Boot++;
        if (!_ledger.Keeper.TryAppendBoot(_ledger.IsLifeKnown)) throw new FlashException(_ledger.Keeper.Refusal, null);
        _ledger.Contacts.Start();
        Seals.Start(_ledger);
        Receipts.Start(_ledger);
        Resends.Start(_ledger);
        return true;
    }

    /// <summary>How much of the flash <see cref="Load"/> has read so far, in percent.</summary>
    public int LoadedPercent { get { return _ledger.Keeper.LoadedPercent; } }

    /// <summary>Tells a log what happens from now on: arrivals, ticks, presence, refusals.</summary>
    public void TellTo(EventLog log) { _ledger.Events = log; }

    /// <summary>Who the board is.</summary>
    internal Identity Me { get { return _ledger.Me; } }

    /// <summary>How often this board has started, this time included; <see cref="OnForgotten"/> counts too.</summary>
    public int Boot { get { return _ledger.Boot; } }

    /// <summary>Changes with everything that a screen could show.</summary>
    public int Revision { get { return _ledger.Revision; } }

    /// <summary>Changes when the messages that stand on a screen may look different, ticks aside, or are others: not when one is added at
    /// the end of a conversation.</summary>
    public int Shape { get { return _ledger.Messages.Shape; } }

    /// <summary>The conversation of the newest message that arrived since this was asked last, or -1.</summary>
    public int TakeArrival()
    {
        int arrival = _ledger.Arrival;
        _ledger.Arrival = -1;
        return arrival;
    }

    /// <summary>Unix seconds at <paramref name="nowMs"/>, or 0 while the clock is not set.</summary>
    public long UnixAt(long nowMs) { return _ledger.UnixAt(nowMs); }

    /// <summary>The clock was set.</summary>
    public void OnClock(long unixSeconds, long nowMs)
    {
        _ledger.NowMs = nowMs;
        long before = _ledger.UnixAtBoot;
        _ledger.UnixAtBoot = unixSeconds - nowMs / 1000;
        try
        {
            if (before == 0 || before > _ledger.UnixAtBoot) Outbox.OnClock(_ledger);
        }
        catch (OutOfMemoryException)
        {
            // what was given up by a wrong clock waits for the next time that it is set
        }

        _ledger.DueMs(nowMs);
        _ledger.Revision++;
    }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs { get { return _ledger.NextMs; } }

    /// <summary>Does what is due: receipts, holes, resends, expiry.</summary>
    public void OnTime(long nowMs)
    {
        _ledger.NowMs = nowMs;
        if (nowMs < _ledger.NextMs) return;
        _ledger.NextMs = Deadline.Never;
        try
        {
            _ledger.Keeper.OnTime();
            MarkSchedule.OnTime(_ledger);
            Lives.OnTime(_ledger);
            Retained.OnTime(_ledger);
            Receipts.OnTime(_ledger);
            GapRepair.OnTime(_ledger);
            Resends.OnTime(_ledger);
            Outbox.OnTime(_ledger);
            _publisher.OnTime();
            Seals.OnTime(_ledger);
        }
        catch (OutOfMemoryException)
        {
            _ledger.DueMs(nowMs + RetryMs);
        }
    }

    /// <summary>The presence of the contacts.</summary>
    public PresenceTable Presence { get { return _ledger.Presence; } }

    /// <summary>What was counted, for <c>status</c>.</summary>
    public Counters Counters { get { return _ledger.Counters; } }

    /// <summary>Whether <see cref="ISessionClient.Filters"/> gives other filters than when this was asked last.</summary>
    public bool TakeFiltersChanged()
    {
        bool changed = _ledger.FiltersChanged;
        _ledger.FiltersChanged = false;
        return changed;
    }

    /// <summary>Whether somebody who lacks this board's presence has asked for it since this was asked last.</summary>
    public bool TakePresenceAsked() { return Retained.TakePresenceAsked(_ledger); }

    /// <summary>The configuration that the operator has sent since this was asked last, or null.</summary>
    public Order TakeOrder()
    {
        Order order = _ledger.Order;
        _ledger.Order = null;
        return order;
    }

    /// <summary>What becomes of a configuration, which the operator is told until the broker has confirmed it; null before
    /// <see cref="Report"/>.</summary>
    public Order Outcome { get { return _ledger.Outcome; } }

    /// <summary>Tells the operator what became of a configuration.</summary>
    public void Report(Order outcome) { _ledger.Outcome = outcome; }

    // ---- what the session asks and tells

    /// <inheritdoc/>
    public string[] Filters()
    {
        string[] filters = Column.Strings(FilterList.Put(_ledger, null));
        FilterList.Put(_ledger, filters);
        return filters;
    }

    /// <inheritdoc/>
    public bool NextPublish(LinkAction into, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            return _publisher.Next(into);
        }
        catch (OutOfMemoryException)
        {
            _ledger.DueMs(nowMs + RetryMs);
            return false;
        }
        catch (FlashException)
        {
            // the number of a sealed message must be on flash before it goes out
            _ledger.DueMs(nowMs + RetryMs);
            return false;
        }
    }

    /// <inheritdoc/>
    public bool OnPublished(int ticket, bool isConfirmed, long nowMs)
    {
        _ledger.NowMs = nowMs;
        int place = _publisher.Find(ticket);
        if (place < 0) return false;
        try
        {
            _publisher.OnPublished(place, isConfirmed);
        }
        catch (OutOfMemoryException)
        {
            // what was confirmed is done again: a duplicate, and no harm
        }

        return true;
    }

    /// <inheritdoc/>
    public void OnConnected(bool isSessionPresent, long nowMs)
    {
        _ledger.NowMs = nowMs;
        if (!isSessionPresent) _publisher.OnSessionLost();
        Retained.OnConnected(_ledger);
    }

    /// <inheritdoc/>
    public int OnForgotten(long nowMs)
    {
        _ledger.NowMs = nowMs;
        _ledger.Boot++;
        try
        {
            _ledger.Keeper.TryAppendBoot(_ledger.IsLifeKnown);
        }
        catch (OutOfMemoryException)
        {
            // the presence that the broker keeps tells it at the next start
        }

        return _ledger.Boot;
    }

    /// <inheritdoc/>
    public void OnOnline(long nowMs)
    {
        _ledger.NowMs = nowMs;
        Lives.OnOnline(_ledger);
        Retained.OnOnline(_ledger);
        GroupKeys.SealWhatCanBe(_ledger);
    }

    /// <inheritdoc/>
    public void OnOwnPresence(byte[] body, bool isRetained, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            Lives.OnOwnPresence(_ledger, body, isRetained);
        }
        catch (OutOfMemoryException)
        {
            // the wait for it ends in a while
        }
    }

    /// <inheritdoc/>
    public bool OnOffline(bool isSuspect, long nowMs)
    {
        _ledger.NowMs = nowMs;
        _ledger.RetainedByMs = Deadline.Never;
        return _publisher.OnOffline(isSuspect);
    }

    /// <inheritdoc/>
    public void OnReceived(string topic, byte[] body, bool isRetained, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            Router.Take(_ledger, topic, body, isRetained);
        }
        catch (OutOfMemoryException)
        {
            _ledger.Counters.NoRoom++;
        }
        catch (FlashException)
        {
            // the key of a group is there: its sender repeats the message
            _ledger.Counters.NoRoom++;
        }

        _ledger.Body.Content = null; // it is kept on flash, and would lie in the heap until the next one comes
    }
}
