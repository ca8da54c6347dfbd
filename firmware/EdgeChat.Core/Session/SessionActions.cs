namespace EdgeChat.Core;

/// <summary>What the session hands out: actions one at a time, with tickets by which their ends are known. Birth and goodbye have the
/// link for themselves; of the client's publishes several are in flight.</summary>
public sealed partial class Session
{
    // a session that follows another on the same link gives other tickets, so that what still comes of the last one is nobody's
    private const int BootsOfTickets = 0x3FFF;
    private const int TicketBitsOfBoot = 16;

    // what has still to be handed out
    private int _abortTicket;
    private LinkAction _spare;

    // the presence that was handed out and has not ended, and how many publishes of the client have not
    private Flight _flight;
    private int _flightTicket;
    private int _clientFlights;
    private long _publishedMs; // the last of them
    private long _publishByMs = Deadline.Never;

    private int _lastTicket;

    private enum Flight
    {
        None,
        Birth,
        Goodbye,
    }

    /// <summary>The next thing that the host must do, or null.</summary>
    public LinkAction NextAction()
    {
        if (_abortTicket != 0)
        {
            LinkAction abort = Make(LinkActionKind.Abort, _abortTicket);
            _abortTicket = 0;
            return abort;
        }

        if (Has(DisconnectDue))
        {
            Set(DisconnectDue, false);
            return Make(LinkActionKind.Disconnect, NewTicket());
        }

        if (Has(ConnectDue)) return _olderEnds == ForgetDue ? ForgetQueue() : Connect();
        if (!IsConnected) return null;
        if (_subscriptions.IsReady && !Has(Stopping))
        {
            LinkAction subscription = Make(LinkActionKind.Subscribe, NewTicket());
            if (_subscriptions.Fill(subscription, _client.Filters(), _presence.Topic, _nowMs))
            {
                if (_subscriptions.IsWaiting) Expect();
                return subscription;
            }
        }

        if (_flight != Flight.None) return null;
        bool isBirthDue = _presence.IsBirthDue && (IsOnline || !_subscriptions.IsWaiting);
        if (!Has(Stopping) && !isBirthDue) return IsOnline && Has(MayPublish) ? NextOfClient() : null;
        if (_clientFlights > 0) return null;
        return Has(Stopping)
            ? Announce(Flight.Goodbye, _presence.Goodbye(_wakeAfter, _nowMs))
            : Announce(Flight.Birth, _presence.Birth(_nowMs));
    }

    private LinkAction ForgetQueue()
    {
        _olderEnds = 0;
        _presence.CountOn(_client.OnForgotten(_nowMs));
        LinkAction forget = Make(LinkActionKind.Forget, NewTicket());
        forget.Turn = _turn;
        return forget;
    }

    private LinkAction Connect()
    {
        Set(ConnectDue, false);
        _connection = NewTicket();
        _stepByMs = _nowMs + Limits.ConnectTimeoutMs;
        LinkAction connect = Make(LinkActionKind.Connect, _connection);
        connect.Topic = _presence.Topic;
        connect.Body = _presence.NextWill();
        connect.Retain = true;
        connect.Turn = _turn;
        return connect;
    }

    private LinkAction Announce(Flight flight, byte[] body)
    {
        LinkAction publish = Make(LinkActionKind.Publish, NewTicket());
        _flight = flight;
        _flightTicket = publish.Ticket;
        Depart();
        publish.Topic = _presence.Topic;
        publish.Body = body;
        publish.Retain = true;
        return publish;
    }

    // one action is made ahead and kept until the client fills it in, so that asking for nothing allocates nothing
    private LinkAction NextOfClient()
    {
        if (_spare == null) _spare = Make(LinkActionKind.Publish, NewTicket());
        _spare.Retain = false;
        Set(MayPublish, _client.NextPublish(_spare, _nowMs));
        if (!Has(MayPublish)) return null;
        LinkAction publish = _spare;
        _spare = null;
        _clientFlights++;
        _publishedMs = _nowMs;
        Depart();
        return publish;
    }

    // whoever does it answers each; so time counts while there is no answer at all
    private void Depart()
    {
        if (_publishByMs == Deadline.Never) _publishByMs = _nowMs + Limits.PublishTimeoutMs;
        Expect();
    }

    private int NewTicket()
    {
        _lastTicket = _lastTicket == int.MaxValue ? 1 : _lastTicket + 1;
        return _lastTicket;
    }

    private static LinkAction Make(LinkActionKind kind, int ticket)
    {
        var action = new LinkAction();
        action.Kind = kind;
        action.Ticket = ticket;
        return action;
    }
}
