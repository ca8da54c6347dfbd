using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Chooses what goes out next and learns what became of it.</summary>
/// <remarks>
/// Order: what became of a configuration, the profile, receipts, requests for what is missing, answers to such requests, rosters,
/// questions for what is retained, the outbox (each conversation in the order of its numbers, the conversations in turn), and what is sent
/// again unasked.
/// What was not confirmed comes again after 2 s, 4 s ... 60 s.
/// When the broker has ended the connection right after a publish, which may be one that it denies, one is in flight at a time for a
/// while, so that the next end shows which one it is; the third end with it in flight gives it up. The same when one was not confirmed: a
/// slow link carries no more in the time that the library waits.
/// </remarks>
internal sealed class Publisher
{
    private const int RetryMinMs = 2000;
    private const int RetryMaxMs = 60000;

    private readonly Ledger _ledger;
    private readonly FlightTable _flights;
    private const int OneOfMany = -1;

    private int _suspect; // which publish the connection ended on last, in one number
    private int _deaths;
    private int _careful; // for how many more publishes there is one in flight at a time
    private bool _isProfileDenied; // until the next start
    private int _lastConversation;
    private int _retryDelayMs;
    private long _notBeforeMs;

    public Publisher(Ledger ledger)
    {
        _ledger = ledger;
        _flights = new FlightTable(ledger);
    }

    /// <summary>Fills in what to publish next; false when nothing waits.</summary>
    public bool Next(LinkAction into)
    {
        if (_flights.IsFull || (_careful > 0 && _flights.Count > 0) || _ledger.NowMs < _notBeforeMs) return false;
        if (NextProfile(into)) return true;
        if (_ledger.Seals.Count > 0 && !Lives.MaySend(_ledger)) return false; // keys belong to a life
        if (_ledger.Outcome != null && Orders.Next(_ledger, into, _flights)) return true;
        if (Receipts.Next(_ledger, into, _flights) || GapRepair.Next(_ledger, into, _flights) ||
            Resends.Next(_ledger, into, _flights, true) || Rosters.Next(_ledger, into, _flights) ||
            Retained.Next(_ledger, into, _flights) || NextMessage(into) || Resends.Next(_ledger, into, _flights, false)) return true;
        if (_flights.Count == 0) _careful = 0; // all that was in flight has gone out again
        return false;
    }

    /// <summary>The place of the publish with a ticket among those in flight, or -1.</summary>
    public int Find(int ticket) { return _flights.FindTicket(ticket); }

    /// <summary>A publish ended, and the connection has not.</summary>
    public void OnPublished(int place, bool isConfirmed)
    {
        if (!isConfirmed && _careful < Limits.Flights) _careful = Limits.Flights;
        End(place, isConfirmed);
    }

    private void End(int place, bool isConfirmed)
    {
        int kind = _flights.KindAt(place);
        int row = _flights.RowAt(place);
        int n = _flights.NumberAt(place);
        int extra = _flights.ExtraAt(place);
        bool isSuspect = KeyAt(place) == _suspect;
        _flights.RemoveAt(place);
        if (isConfirmed)
        {
            _retryDelayMs = 0;
            if (isSuspect) Acquit();
            else if (_careful > 0) _careful--;
        }
        else if (_ledger.NowMs >= _notBeforeMs)
        {
            _retryDelayMs = _retryDelayMs == 0 ? RetryMinMs : _retryDelayMs * 2;
            if (_retryDelayMs > RetryMaxMs) _retryDelayMs = RetryMaxMs;
            _notBeforeMs = _ledger.NowMs + _retryDelayMs;
            _ledger.DueMs(_notBeforeMs);
        }

        switch (kind)
        {
            case FlightTable.Receipt:
                Receipts.OnPublished(_ledger, row, n, extra, isConfirmed);
                break;
            case FlightTable.Roster:
                Rosters.OnPublished(_ledger, row, extra != 0, isConfirmed);
                break;
            case FlightTable.Ask:
                if (!isConfirmed) Retained.AskAgain(_ledger, row, extra);
                break;
            case FlightTable.Outcome:
                Orders.OnPublished(_ledger, n, isConfirmed);
                break;
            case FlightTable.Profile:
                _ledger.Contacts.OnProfileEnded(isConfirmed);
                break;
            case FlightTable.Again:
                if (isConfirmed) _ledger.Counters.Resent++;
                else _ledger.Again.Add(row, n, n, extra != 0);
                break;
            case FlightTable.Notice:
                if (!isConfirmed) _ledger.Again.Add(row, n, extra, true);
                break;
            case FlightTable.Message:
                // in an earlier life of this board it was another message
                if (isConfirmed && extra == _ledger.Me.Incarnation) Outbox.Confirm(_ledger, row, n);
                break;
        }
    }

    /// <summary>The broker may have lost all that it kept: what it is to retain goes out again, and each message that lacks its receipt
    /// when its recipient is back.</summary>
    public void OnSessionLost()
    {
        _ledger.Contacts.PublishProfile();
        Rosters.PublishAll(_ledger);
        _ledger.Presence.Distrust();
    }

    /// <summary>The connection is gone: what was in flight is unknown, so it is not confirmed. Tells whether something of it is given up,
    /// because the connection ended on it too often.</summary>
    public bool OnOffline(bool isSuspect)
    {
        int deadly = isSuspect ? FindDeadly() : -1;
        if (deadly >= 0) GiveUp(deadly);
        while (_flights.Count > 0) End(0, false);
        _retryDelayMs = 0;
        _notBeforeMs = 0;
        return deadly >= 0;
    }

    /// <summary>Whether a message is on its way to the broker.</summary>
    public bool IsInFlight(int entry)
    {
        return _flights.Find(FlightTable.Message, _ledger.Messages.Conversation(entry), _ledger.Messages.N(entry)) >= 0;
    }

    /// <summary>Keeps the time of the next try in the agenda.</summary>
    public void OnTime()
    {
        if (_ledger.NowMs < _notBeforeMs) _ledger.DueMs(_notBeforeMs);
    }

    // the publish that was in flight at the third end of a connection in a row, or -1
    private int FindDeadly()
    {
        int count = _flights.Count;
        if (count == 0) return -1;
        if (count == 1 && _flights.KindAt(0) == FlightTable.Ask) return 0; // not worth another end
        int place = count - 1;
        while (place >= 0 && KeyAt(place) != _suspect) place--;
        if (place < 0)
        {
            // alone after an end with several, it was one of these
            if (count > 1 || _suspect != OneOfMany || _careful == 0) _deaths = 0;
            _suspect = count > 1 ? OneOfMany : KeyAt(0);
            place = count > 1 ? -1 : 0;
        }

        // what was in flight comes again, among other publishes
        _careful = count * 4 + Limits.Flights;
        return ++_deaths >= Limits.DeadlyTimes ? place : -1;
    }

    private int KeyAt(int place)
    {
        int kind = _flights.KindAt(place);
        return kind == FlightTable.Message ? (_flights.NumberAt(place) << 8 | _flights.RowAt(place)) * 8 + kind : kind;
    }

    private void Acquit()
    {
        _suspect = 0;
        _deaths = 0;
        _careful = 0;
    }

    // what goes with it, if it is no message, is done once it counts as confirmed
    private void GiveUp(int place)
    {
        int kind = _flights.KindAt(place);
        Acquit();
        if (kind == FlightTable.Profile) _isProfileDenied = true;
        else if (kind == FlightTable.Message) Outbox.Deny(_ledger, _flights.RowAt(place), _flights.NumberAt(place));
        else End(place, true);
    }

    private bool NextProfile(LinkAction into)
    {
        if (_isProfileDenied || !_ledger.Contacts.IsProfileDue || _flights.Has(FlightTable.Profile, 0)) return false;
        Body body = _ledger.Body;
        body.Clear();
        body.Name = _ledger.Me.DisplayName;
        body.Capabilities = "vbjwu";
        body.Incarnation = _ledger.Me.Incarnation;
        if (_flights.Writer.WriteProfile(body) != BodyError.None) return false;
        _flights.Put(into, Topics.Profile(_ledger.Me.DeviceId), true, FlightTable.Profile, 0, 0, 0);
        return true;
    }

    private bool NextMessage(LinkAction into)
    {
        if (!Lives.MaySend(_ledger)) return false;
        ConversationTable conversations = _ledger.Conversations;
        int capacity = conversations.Capacity;
        int from = _lastConversation;
        for (int left = capacity; left > 0;)
        {
            int conversation = conversations.UnsentAfter(from, left);
            if (conversation < 0) return false;
            left -= (conversation - from + capacity - 1) % capacity + 1;
            from = conversation;
            if (!conversations.IsUsed(conversation)) continue;
            int entry = Outbox.NextOf(_ledger, conversation, _flights);
            if (entry < 0) continue;
            if (conversations.IsGroup(conversation) && GroupKeys.MustWait(_ledger, conversation))
            {
                TakeBacks.PassOn(_ledger, conversation);
                continue;
            }

            if (!MessageBody.Write(_ledger, entry, _flights.Writer, false))
            {
                // its record is damaged: it is answered as lost when somebody asks for it
                _ledger.Messages.Remove(entry);
                _ledger.Counters.Lost++;
                continue;
            }

            string id = _ledger.Ids.At(conversations.Id(conversation));
            string me = _ledger.Me.DeviceId;
            string topic = conversations.IsGroup(conversation) ? Topics.Group(id, me) : Topics.Inbox(id, me);
            _flights.Put(into, topic, false, FlightTable.Message, conversation, _ledger.Messages.N(entry), _ledger.Me.Incarnation);
            _lastConversation = conversation;
            _ledger.Messages.Set(entry, MessageTable.WasTriedFlag, true);
            return true;
        }

        return false;
    }
}
