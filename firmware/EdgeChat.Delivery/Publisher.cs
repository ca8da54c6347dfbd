using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Chooses what goes out next and learns what became of it; one thing at a time.</summary>
/// <remarks>
/// Order: the profile, receipts, requests for what is missing, answers to such requests, rosters, the outbox (each conversation in the order of
/// its numbers, the conversations in turn), and what is sent again unasked.
/// What was not confirmed comes again after 2 s, 4 s ... 60 s.
/// </remarks>
internal sealed class Publisher
{
    private const int RetryMinMs = 2000;
    private const int RetryMaxMs = 60000;

    private const byte Nothing = 0;
    private const byte Profile = 1;
    private const byte Receipt = 2;
    private const byte Request = 3;
    private const byte Again = 4;
    private const byte Message = 5;
    private const byte Roster = 6;

    private readonly Ledger _ledger;
    private readonly BodyWriter _writer;
    private readonly MessageBody _bodies;
    private readonly Receipts _receipts;
    private readonly GapRepair _repair;
    private readonly Resends _resends;
    private readonly Outbox _outbox;
    private readonly Rosters _rosters;
    private byte _inFlight;
    private int _conversation;
    private int _n;
    private int _lastConversation;
    private int _retryDelayMs;
    private long _notBeforeMs;

    public Publisher(Ledger ledger, BodyWriter writer, MessageBody bodies, Receipts receipts, GapRepair repair, Resends resends, Outbox outbox, Rosters rosters)
    {
        _ledger = ledger;
        _writer = writer;
        _bodies = bodies;
        _receipts = receipts;
        _repair = repair;
        _resends = resends;
        _outbox = outbox;
        _rosters = rosters;
    }

    /// <summary>Fills in what to publish next; false when nothing waits.</summary>
    public bool Next(LinkAction into, long nowMs)
    {
        if (_inFlight != Nothing || nowMs < _notBeforeMs) return false;
        into.Retain = false;
        _inFlight = Choose(into, nowMs);
        if (_inFlight == Nothing) return false;
        into.Body = _writer.ToArray();
        return true;
    }

    /// <summary>What was given last ended.</summary>
    public void OnPublished(bool isConfirmed, long nowMs)
    {
        byte what = _inFlight;
        _inFlight = Nothing;
        if (what == Nothing) return;
        if (isConfirmed)
        {
            _retryDelayMs = 0;
        }
        else
        {
            _retryDelayMs = _retryDelayMs == 0 ? RetryMinMs : _retryDelayMs * 2;
            if (_retryDelayMs > RetryMaxMs) _retryDelayMs = RetryMaxMs;
            _notBeforeMs = nowMs + _retryDelayMs;
            _ledger.Agenda.AtMs(_notBeforeMs);
        }

        switch (what)
        {
            case Profile:
                if (isConfirmed) _ledger.Contacts.TakePublished(_ledger.Me.DisplayName);
                break;
            case Receipt: _receipts.OnPublished(isConfirmed, nowMs); break;
            case Again: _resends.OnPublished(isConfirmed); break;
            case Message:
                if (isConfirmed) _outbox.Confirm(_conversation, _n, _resends, nowMs);
                break;
            case Roster: _rosters.OnPublished(isConfirmed); break;
        }
    }

    /// <summary>The broker may have lost all that it kept: what it is to retain goes out again, and each message that lacks its receipt when its
    /// recipient is back.</summary>
    public void OnSessionLost()
    {
        _ledger.Contacts.ForgetPublished();
        _rosters.PublishAll();
        _ledger.Presence.Distrust();
    }

    /// <summary>The connection is gone: what was in flight is unknown, so it is not confirmed.</summary>
    public void OnOffline(long nowMs)
    {
        OnPublished(false, nowMs);
        _retryDelayMs = 0;
        _notBeforeMs = 0;
    }

    /// <summary>Whether a message is on its way to the broker.</summary>
    public bool IsInFlight(int entry)
    {
        return _inFlight == Message && _ledger.Messages.Conversation[entry] == _conversation && _ledger.Messages.N[entry] == _n;
    }

    /// <summary>Keeps the time of the next try in the agenda.</summary>
    public void OnTime(long nowMs)
    {
        if (nowMs < _notBeforeMs) _ledger.Agenda.AtMs(_notBeforeMs);
    }

    private byte Choose(LinkAction into, long nowMs)
    {
        if (WriteProfile(into)) return Profile;
        if (_receipts.Next(into, _writer, nowMs)) return Receipt;
        if (_repair.Next(into, _writer, nowMs)) return Request;
        if (_resends.Next(into, _writer, true)) return Again;
        if (_rosters.Next(into, _writer)) return Roster;
        if (WriteMessage(into)) return Message;
        return _resends.Next(into, _writer, false) ? Again : Nothing;
    }

    private bool WriteProfile(LinkAction into)
    {
        string name = _ledger.Me.DisplayName;
        if (name == null || name == "" || name == _ledger.Contacts.PublishedName) return false;
        Body body = _ledger.Body;
        body.Clear();
        body.Name = name;
        body.Capabilities = "vbjw";
        body.Incarnation = _ledger.Me.Incarnation;
        if (_writer.WriteProfile(body) != BodyError.None) return false;
        into.Topic = Topics.Profile(_ledger.Me.DeviceId);
        into.Retain = true;
        return true;
    }

    private bool WriteMessage(LinkAction into)
    {
        for (int k = 1; k <= _ledger.Conversations.Capacity; k++)
        {
            int conversation = (_lastConversation + k) % _ledger.Conversations.Capacity;
            if (_ledger.Conversations.Id[conversation] < 0) continue;
            int entry = _outbox.NextOf(conversation);
            if (entry < 0) continue;
            if (!_bodies.Write(entry, _writer, false))
            {
                // its record is damaged: it is answered as lost when somebody asks for it
                _ledger.Messages.Remove(entry);
                _ledger.Counters.Lost++;
                continue;
            }

            _lastConversation = conversation;
            _conversation = conversation;
            _n = _ledger.Messages.N[entry];
            _ledger.Messages.Set(entry, MessageTable.WasTriedFlag, true);
            string id = _ledger.Ids.At(_ledger.Conversations.Id[conversation]);
            bool isGroup = _ledger.Conversations.Has(conversation, ConversationTable.IsGroupFlag);
            into.Topic = isGroup ? Topics.Group(id, _ledger.Me.DeviceId) : Topics.Inbox(id, _ledger.Me.DeviceId);
            return true;
        }

        return false;
    }
}
