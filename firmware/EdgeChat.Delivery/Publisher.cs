using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Chooses what goes out next and learns what became of it.</summary>
/// <remarks>
/// Order: the profile, receipts, requests for what is missing, answers to such requests, rosters, questions for what is retained, the
/// outbox (each conversation in the order of its numbers, the conversations in turn), and what is sent again unasked.
/// What was not confirmed comes again after 2 s, 4 s ... 60 s.
/// </remarks>
internal sealed class Publisher
{
    private const int RetryMinMs = 2000;
    private const int RetryMaxMs = 60000;

    private readonly Ledger _ledger;
    private readonly FlightTable _flights;
    private int _suspect; // which publish the connection ended on last, in one number
    private int _deaths;
    private bool _isProfileDenied; // until the next start
    private int _lastConversation;
    private int _retryDelayMs;
    private long _notBeforeMs;

    public Publisher(Ledger ledger)
    {
        _ledger = ledger;
        _flights = new FlightTable(new BodyWriter(ledger.Keeper.Scratch));
    }

    /// <summary>Fills in what to publish next; false when nothing waits.</summary>
    public bool Next(LinkAction into)
    {
        if (_flights.Count == Limits.Flights || _ledger.NowMs < _notBeforeMs) return false;
        return NextProfile(into) || Receipts.Next(_ledger, into, _flights) || GapRepair.Next(_ledger, into, _flights) ||
            Resends.Next(_ledger, into, _flights, true) || Rosters.Next(_ledger, into, _flights) ||
            Retained.Next(_ledger, into, _flights) || NextMessage(into) || Resends.Next(_ledger, into, _flights, false);
    }

    /// <summary>What was given last ended.</summary>
    public void OnPublished(bool isConfirmed)
    {
        if (_flights.Count == 0) return;
        int kind = _flights.KindAt(0);
        int row = _flights.RowAt(0);
        int n = _flights.NumberAt(0);
        int extra = _flights.ExtraAt(0);
        _flights.RemoveAt(0);
        if (isConfirmed)
        {
            _retryDelayMs = 0;
        }
        else
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
            case FlightTable.Profile:
                _ledger.Contacts.OnProfileEnded(isConfirmed);
                break;
            case FlightTable.Again:
            case FlightTable.Notice:
                if (isConfirmed) Resends.OnConfirmed(_ledger, row, n, kind == FlightTable.Again);
                break;
            case FlightTable.Message:
                if (isConfirmed) Outbox.Confirm(_ledger, row, n);
                break;
        }
    }

    /// <summary>The broker may have lost all that it kept: what it is to retain goes out again, and each message that lacks its receipt
    /// when its
    /// recipient is back.</summary>
    public void OnSessionLost()
    {
        _ledger.Contacts.PublishProfile();
        Rosters.PublishAll(_ledger);
        _ledger.Presence.Distrust();
    }

    /// <summary>The connection is gone: what was in flight is unknown, so it is not confirmed. Tells whether the oldest of it is given up,
    /// because the connection ended on it too often.</summary>
    public bool OnOffline(bool isSuspect)
    {
        bool isDeadly = isSuspect && IsDeadly();
        int kind = isDeadly ? _flights.KindAt(0) : 0;
        if (isDeadly && kind == FlightTable.Profile) _isProfileDenied = true;
        if (isDeadly && kind == FlightTable.Message) Outbox.Deny(_ledger, _flights.RowAt(0), _flights.NumberAt(0));
        OnPublished(isDeadly && kind != FlightTable.Profile && kind != FlightTable.Message);
        _retryDelayMs = 0;
        _notBeforeMs = 0;
        return isDeadly;
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

    // the third end of a connection right after the same publish
    private bool IsDeadly()
    {
        if (_flights.Count == 0) return false;
        int kind = _flights.KindAt(0);
        if (kind == FlightTable.Ask) return true; // not worth another end
        int suspect = kind == FlightTable.Message ? (_flights.NumberAt(0) << 8 | _flights.RowAt(0)) * 8 + kind : kind;
        _deaths = suspect == _suspect ? _deaths + 1 : 1;
        _suspect = suspect;
        if (_deaths < Limits.DeadlyTimes) return false;
        _deaths = 0;
        return true;
    }

    private bool NextProfile(LinkAction into)
    {
        if (_isProfileDenied || !_ledger.Contacts.IsProfileDue) return false;
        Body body = _ledger.Body;
        body.Clear();
        body.Name = _ledger.Me.DisplayName;
        body.Capabilities = "vbjw";
        body.Incarnation = _ledger.Me.Incarnation;
        if (_flights.Writer.WriteProfile(body) != BodyError.None) return false;
        _flights.Put(into, Topics.Profile(_ledger.Me.DeviceId), true, FlightTable.Profile, 0, 0, 0);
        return true;
    }

    private bool NextMessage(LinkAction into)
    {
        if (!Lives.MaySend(_ledger)) return false;
        ConversationTable conversations = _ledger.Conversations;
        for (int k = 1; k <= conversations.Capacity; k++)
        {
            int conversation = (_lastConversation + k) % conversations.Capacity;
            if (!conversations.IsUsed(conversation)) continue;
            int entry = Outbox.NextOf(_ledger, conversation);
            if (entry < 0) continue;
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
            _flights.Put(into, topic, false, FlightTable.Message, conversation, _ledger.Messages.N(entry), 0);
            _lastConversation = conversation;
            _ledger.Messages.Set(entry, MessageTable.WasTriedFlag, true);
            return true;
        }

        return false;
    }
}
