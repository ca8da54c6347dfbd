using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes what comes from the broker to whoever it is for; refuses and counts the rest. Never throws, whatever the bytes are.</summary>
internal sealed class Router
{
    private readonly Ledger _ledger;
    private readonly Inbox _inbox;
    private readonly ReceiptBook _book;
    private readonly Receipts _receipts;
    private readonly Resends _resends;
    private readonly GapRepair _repair;
    private readonly Groups _groups;
    private readonly Rosters _rosters;
    private readonly TopicName _topic = new TopicName();

    public Router(Ledger ledger, Inbox inbox, ReceiptBook book, Receipts receipts, Resends resends, GapRepair repair, Groups groups, Rosters rosters)
    {
        _ledger = ledger;
        _inbox = inbox;
        _book = book;
        _receipts = receipts;
        _resends = resends;
        _repair = repair;
        _groups = groups;
        _rosters = rosters;
    }

    /// <summary>Takes one message.</summary>
    public void Take(string topic, byte[] bytes, bool isRetained, long nowMs)
    {
        if (!Topics.TryParse(topic, _topic))
        {
            _ledger.Counters.BadTopic++;
            return;
        }

        string me = _ledger.Me.DeviceId;
        if (_topic.From == me && _topic.Kind != TopicKind.Inbox) return; // this board's own words come back from a group
        switch (_topic.Kind)
        {
            case TopicKind.Inbox:
                if (_topic.To != me || _topic.From == me) _ledger.Counters.BadTopic++;
                else if (Read(bytes)) TakeDirect(_topic.From, isRetained, nowMs);
                break;
            case TopicKind.Group:
                if (!Memberships.IsFellow(_ledger, _topic.To, _topic.From)) _ledger.Counters.BadTopic++;
                else if (Read(bytes)) TakeMessage(_topic.To, _topic.From, isRetained, nowMs);
                break;
            case TopicKind.Presence:
                if (bytes.Length > 0 && Accept(BodyReader.ReadPresence(bytes, bytes.Length, _ledger.Body))) TakePresence(_topic.From, isRetained, nowMs);
                break;
            case TopicKind.Profile:
                if (bytes.Length > 0 && Accept(BodyReader.ReadProfile(bytes, bytes.Length, _ledger.Body))) TakeProfile(_topic.From);
                break;
            case TopicKind.Roster:
                if (bytes.Length > 0) Accept(_rosters.Take(_topic.To, bytes));
                break;
            default:
                _ledger.Counters.BadTopic++;
                break;
        }
    }

    private bool Read(byte[] bytes)
    {
        return Accept(BodyReader.Read(bytes, bytes.Length, _ledger.Body)) && Accept(BodyReader.CheckSender(_ledger.Body, _topic.From));
    }

    private bool Accept(BodyError error)
    {
        if (error == BodyError.None) return true;
        _ledger.Counters.Refuse(error);
        _ledger.Note(EventKind.BodyRefused, _topic.From, 0, (int)error);
        return false;
    }

    private void TakeDirect(string from, bool isRetained, long nowMs)
    {
        Body body = _ledger.Body;
        switch (body.Type)
        {
            case BodyTypes.Receipt:
            case BodyTypes.Resend:
            case BodyTypes.Lost: TakeService(from, nowMs); break;
            case BodyTypes.Invite:
            case BodyTypes.Leave: TakeControl(from, isRetained, nowMs); break;
            default:
                if (body.Group == null) _inbox.Take(from, false, from, isRetained, nowMs);
                else if (Memberships.IsFellow(_ledger, body.Group, from)) TakeMessage(body.Group, from, isRetained, nowMs);
                else _ledger.Counters.BadTopic++;
                break;
        }
    }

    // what it asks for is done before it counts as received: a power cut between the two makes the sender repeat it
    private void TakeControl(string from, bool isRetained, long nowMs)
    {
        string group = _ledger.Body.Group;
        string name = _ledger.Body.Content;
        bool isInvite = _ledger.Body.Type == BodyTypes.Invite;
        if (!_inbox.IsKnown(from, nowMs))
        {
            if (isInvite) _groups.OnInvite(group, name);
            else _groups.OnLeave(group, from);
        }

        _inbox.Take(from, false, from, isRetained, nowMs);
    }

    // receipts, requests and notices have no place in a group's topic: they concern one member
    private void TakeMessage(string group, string from, bool isRetained, long nowMs)
    {
        switch (_ledger.Body.Type)
        {
            case BodyTypes.Receipt:
            case BodyTypes.Resend:
            case BodyTypes.Lost:
            case BodyTypes.Invite:
            case BodyTypes.Leave: _ledger.Counters.BadTopic++; break;
            default: _inbox.Take(group, true, from, isRetained, nowMs); break;
        }
    }

    private void TakeService(string from, long nowMs)
    {
        Body body = _ledger.Body;
        int peer = _ledger.Ids.Find(from);
        int conversation = body.Group == null ? _ledger.Conversations.Find(peer, false) : _ledger.Conversations.Find(_ledger.Ids.Find(body.Group), true);
        if (peer < 0 || conversation < 0) return;
        if (body.Group != null && !Memberships.IsFellow(_ledger, body.Group, from)) return;
        if (body.Type == BodyTypes.Receipt)
        {
            _book.Take(conversation, peer, nowMs);
            return;
        }

        int row = _ledger.Streams.Take(conversation, peer);
        if (row < 0) return;
        if (body.Type == BodyTypes.Resend)
        {
            if (body.StreamIncarnation == _ledger.Me.Incarnation) _resends.Ask(row, body.From, body.To, nowMs);
        }
        else if (body.Incarnation == _ledger.Streams[row, StreamField.Incarnation])
        {
            LostRanges.Take(_ledger, row, body.From, body.To, body.Withdrawn != 0, nowMs);
        }
    }

    private void TakePresence(string device, bool isRetained, long nowMs)
    {
        if (!_ledger.Presence.Take(device, _ledger.Body, _ledger.Clock.UnixAt(nowMs))) return;
        _ledger.Revision++;
        int place = _ledger.Presence.Find(device);
        if (place >= 0) _ledger.Note(EventKind.Presence, device, 0, (int)_ledger.Presence.StateAt(place));
        int peer = _ledger.Ids.Find(device);
        if (place < 0 || peer < 0 || _ledger.Presence.StateAt(place) != PresenceState.On) return;
        // what follows upon the first message to a device is the birth that the broker keeps of it: the message came after it
        _resends.OnPresence(peer, _ledger.Presence.IsNewBoot, isRetained && _ledger.Presence.IsFirstBirth, nowMs);
        _repair.OnPresence(peer, nowMs);
        // a birth that the broker kept is news to this board alone
        if (_ledger.Presence.IsNewBoot && !isRetained) _receipts.OnNewBoot(peer, nowMs);
    }

    private void TakeProfile(string device)
    {
        int peer = _ledger.Ids.Find(device);
        if (peer >= 0) _ledger.Contacts.TakeName(peer, _ledger.Body.Name);
    }
}
