namespace EdgeChat.Core;

/// <summary>One MQTT session of one board: decides when to connect, subscribes, announces the board and paces what is published.</summary>
/// <remarks>
/// <para>No I/O and no clock: the host calls <see cref="Handle"/> and <see cref="OnTime"/>, then drains <see cref="NextAction"/>.
/// Not responsible for what is published; that is its <see cref="ISessionClient"/>. All transitions are in this
/// file and, where they end a connection, in SessionEnds.cs; what is handed out in SessionActions.cs; whether the link lives and the
/// board has its rights in SessionHealth.cs.</para>
/// <code>
/// in state      on                                   goes to      and
/// NoNetwork     NetworkUp                            Waiting      for what is left of the delay, often nothing
/// Waiting,      the time has come, TryNow            Connecting   Connect, will "lost" with the pair of boot and connection
///  Refused      NetworkDown                          NoNetwork
/// Connecting    Connected                            Greeting     Subscribe, but for what a session present has already
///               Refused 1, 2, 4, 5                   Refused      longest delay
///               Refused 4, 5 soon after a success    Waiting      next delay
///               ConnectFailed, Refused 3, Closed     Waiting      next delay
///               no answer                            Waiting      Abort, next delay
/// Greeting      Subscribed                           Greeting     Publish the birth "on"
///               Published (birth)                    Online       client.OnOnline
/// Online,       Published                            same         client.OnPublished; the next one
///  Degraded     a right is denied, or given at last  the other
/// Greeting,     Closed                               Waiting      client.OnOffline when it was online; next delay
///  Online,      no SUBACK, no word on a publish,     Waiting      Abort, same
///  Degraded      nothing heard
///               Closed on the birth, the third time  Refused      longest delay
///               Closed soon under TLS 1.2, twice     Waiting      shortest delay; gentle from then on
///               Closed on what has waited, gentle    Waiting      next delay; Forget before the next Connect, which counts a boot
///               own presence replaced on the broker  same         the birth again
///               a later start of this id shows       Refused      Abort, longest delay; Waiting when it can be from before this start
///               Stop                                 same         Publish "off" or "sleep", 2 s for its PUBACK, Disconnect
/// connected     NetworkDown                          NoNetwork    Abort; client.OnOffline when it was online
/// any           Stop when not connected              Stopped      Disconnect
/// </code>
/// <para>The delay begins again at its shortest after <see cref="Limits.BackoffResetMs"/> online, so a connection that is ended right after
/// CONNACK counts as a failure. Events carry the ticket of their action; what belongs to an earlier connection changes nothing.</para>
/// <para>Goodbye without PUBACK: the connection is aborted before the Disconnect, so that the broker sends the will. "Lost" may then
/// stand where "off" would be nicer, but never "on" for a board that is gone.</para>
/// </remarks>
public sealed partial class Session
{
    private readonly Identity _me;
    private readonly OwnPresence _presence;
    private readonly IRandomSource _random;
    private readonly ISessionClient _client;
    private readonly Subscriptions _subscriptions;
    private long _nowMs;

    // yes or no, in one field: each would take 12 bytes of the heap
    private const int HasNetwork = 1;
    private const int Stopping = 2;
    private const int ConnectDue = 4;
    private const int DisconnectDue = 8;
    private const int MayPublish = 16;
    private const int Asking = 32;
    private int _flags;

    // the present connection: the ticket of its Connect, or 0
    private int _connection;
    private long _onlineSinceMs;

    // tries that failed since a session has worked, and which address was connected last: each has sessions of its own
    private const int TurnMask = 0xFFFF;
    private int _turn;
    private int _address;
    private int _failures; // one after another, for the delay

    private int _wakeAfter;

    private long _nextTryMs;
    private long _stepByMs = Deadline.Never; // of a connect or a stop

    /// <summary>Makes a session that has not started.</summary>
    /// <param name="me">Who the board is.</param>
    /// <param name="boot">The boot counter, from flash.</param>
    /// <param name="random">For full jitter of the delay.</param>
    /// <param name="client">What the session carries.</param>
    public Session(Identity me, int boot, IRandomSource random, ISessionClient client)
    {
        _me = me;
        _presence = new OwnPresence(me, boot);
        _random = random;
        _client = client;
        _subscriptions = new Subscriptions(me.DeviceId);
        _lastTicket = (boot & BootsOfTickets) << TicketBitsOfBoot;
    }

    /// <summary>Where the session stands.</summary>
    public SessionState State { get; private set; }

    /// <summary>Whether messages flow.</summary>
    public bool IsOnline { get { return State == SessionState.Online || State == SessionState.Degraded; } }

    /// <summary>Whether messages flow, and the broker was seen to give this board what it has sent.</summary>
    public bool IsProved { get { return IsOnline && _presence.IsHeard; } }

    /// <summary>Why the session is not online, or online but not whole, in words for a person with the cure, or null.</summary>
    public string Problem { get; private set; }

    /// <summary>When the next try is, in milliseconds since boot, while <see cref="State"/> is waiting or refused.</summary>
    public long NextTryMs { get { return IsWaiting ? _nextTryMs : Deadline.Never; } }

    /// <summary>The number of the connection within this boot, from 1.</summary>
    public int ConnectionNumber { get { return _presence.Connection; } }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs
    {
        get
        {
            if (IsWaiting) return _nextTryMs;
            long next = _stepByMs;
            if (_subscriptions.ByMs < next) next = _subscriptions.ByMs;
            if (_publishByMs < next) next = _publishByMs;
            if (_aliveByMs < next) next = _aliveByMs;
            return _presence.DueMs < next ? _presence.DueMs : next;
        }
    }

    private bool Has(int flag) { return (_flags & flag) != 0; }

    private void Set(int flag, bool value) { _flags = value ? _flags | flag : _flags & ~flag; }

    private bool IsWaiting { get { return State == SessionState.Waiting || State == SessionState.Refused; } }

    private bool IsConnected { get { return State == SessionState.Greeting || IsOnline; } }

    /// <summary>Takes what happened to the link.</summary>
    public void Handle(LinkEvent e, long nowMs)
    {
        if (_me.DeviceId == null) return; // there is nobody to be on the broker
        Wake(nowMs);
        switch (e.Kind)
        {
            case LinkEventKind.NetworkUp:
                OnNetworkUp();
                break;
            case LinkEventKind.NetworkDown:
                OnNetworkDown(e.Reason ?? Problems.NoNetwork);
                break;
            case LinkEventKind.Connected:
                if (State == SessionState.Connecting && IsOfConnection(e)) OnConnected(e.Flag && e.Code == _address, e.Code);
                break;
            case LinkEventKind.Refused:
                if (IsOfConnection(e)) OnRefused(e.Code);
                break;
            case LinkEventKind.ConnectFailed:
                if (IsOfConnection(e)) OnConnectFailed(e);
                break;
            case LinkEventKind.Closed:
                if (IsOfConnection(e)) OnClosed(e);
                break;
            case LinkEventKind.Subscribed:
                if (_subscriptions.IsAnswer(e.Ticket)) OnSubscribed(e.Granted);
                break;
            case LinkEventKind.Published:
                OnPublished(e.Ticket, e.Flag);
                break;
            case LinkEventKind.Received:
                OnReceived(e);
                break;
        }
    }

    /// <summary>Does what is due.</summary>
    public void OnTime(long nowMs)
    {
        Wake(nowMs);
        if (IsWaiting)
        {
            if (nowMs >= _nextTryMs) BeginConnect();
        }
        else if (nowMs >= _stepByMs)
        {
            if (Has(Stopping)) Finish(false);
            else End(true, Problems.NoConnect);
        }
        else if (nowMs >= _subscriptions.ByMs)
        {
            if (_subscriptions.IsSettling) _subscriptions.Settled(nowMs);
            else if (_subscriptions.IsWaiting) End(true, Problems.NoSuback);
            else _subscriptions.AskAgain();
        }
        else if (nowMs >= _publishByMs)
        {
            End(true, Problems.NoAnswer);
        }
        else if (nowMs >= _aliveByMs)
        {
            OnSilence();
        }
        else if (nowMs >= _presence.DueMs)
        {
            _presence.OnTime(nowMs);
            Judge();
        }
    }

    /// <summary>The filters have changed: subscribe to the new ones and unsubscribe from the old ones.</summary>
    public void FiltersChanged(long nowMs)
    {
        Wake(nowMs);
        if (IsConnected) _subscriptions.Changed();
    }

    /// <summary>Something may wait to be published.</summary>
    public void Wake(long nowMs)
    {
        _nowMs = nowMs;
        Set(MayPublish, true);
    }

    /// <summary>The clock was set: presence carries the time from now on.</summary>
    public void OnClock(long unixSeconds, long nowMs)
    {
        _presence.OnClock(unixSeconds, nowMs);
    }

    /// <summary>Somebody lacks the presence of this board: the birth is published once more.</summary>
    public void AnnounceAgain()
    {
        if (IsConnected && !Has(Stopping)) _presence.Expect();
    }

    /// <summary>Tries at once instead of waiting: somebody asked for it.</summary>
    public void TryNow(long nowMs)
    {
        Wake(nowMs);
        if (IsWaiting) BeginConnect();
    }

    /// <summary>Ends the session: presence <c>off</c> (or <c>sleep</c> with the seconds until it wakes), then DISCONNECT.</summary>
    public void Stop(int wakeAfterSeconds, long nowMs)
    {
        Wake(nowMs);
        if (State == SessionState.Stopped || Has(Stopping)) return;
        if (!IsConnected)
        {
            Finish(true);
            return;
        }

        Set(Stopping, true);
        _wakeAfter = wakeAfterSeconds;
        _stepByMs = nowMs + Limits.StopTimeoutMs;
    }

    private void OnNetworkUp()
    {
        if (Has(HasNetwork) || State == SessionState.Stopped) return;
        Set(HasNetwork, true);
        Problem = null;
        State = SessionState.Waiting;
        if (_nowMs >= _nextTryMs) BeginConnect();
    }

    private void OnNetworkDown(string why)
    {
        if (State == SessionState.Stopped) return;
        Set(HasNetwork, false);
        Set(ConnectDue, false);
        if (_connection != 0)
        {
            End(true, why);
            return;
        }

        State = SessionState.NoNetwork;
        Problem = why;
    }

    private void BeginConnect()
    {
        State = SessionState.Connecting;
        Set(ConnectDue, true);
    }

    // what another address has of this board is from another time: subscriptions and what others find retained
    private void OnConnected(bool isSessionPresent, int address)
    {
        _address = address;
        State = SessionState.Greeting;
        Problem = null;
        _stepByMs = Deadline.Never;
        _notYetTries = Limits.NotYetTries;
        Hear();
        _client.OnConnected(isSessionPresent, _nowMs);
        _subscriptions.Connected(isSessionPresent, _nowMs);
        _presence.Expect();
    }

    private void OnSubscribed(byte[] codes)
    {
        Hear();
        _subscriptions.Take(codes, _nowMs);
        Judge();
    }

    private void OnPublished(int ticket, bool isConfirmed)
    {
        Flight ended = _flight;
        bool isOwn = ended != Flight.None && ticket == _flightTicket;
        if (!isOwn && (_clientFlights == 0 || !_client.OnPublished(ticket, isConfirmed, _nowMs))) return;
        if (isOwn) _flight = Flight.None;
        else _clientFlights--;
        _publishByMs = _clientFlights == 0 ? Deadline.Never : _nowMs + Limits.PublishTimeoutMs;
        if (isConfirmed) Hear();
        if (_clientFlights > 0) Expect();
        if (!isOwn) return;
        if (ended == Flight.Goodbye) Finish(isConfirmed);
        else OnBirth(isConfirmed);
    }

    // a slow link may confirm no publish in time, yet carry them all: a birth without PUBACK must not keep the board from being online
    private void OnBirth(bool isConfirmed)
    {
        _presence.OnBirthEnded(isConfirmed, _nowMs);
        _birthDeaths = 0;
        if (IsOnline || Has(Stopping)) return;
        State = SessionState.Online;
        Judge();
        _onlineSinceMs = _nowMs;
        _client.OnOnline(_nowMs);
    }

    // whatever the state: the library has confirmed it to the broker already, so it would be lost here
    private void OnReceived(LinkEvent e)
    {
        if (IsConnected) Hear();
        if (e.Topic == _presence.Topic)
        {
            if (IsConnected) _client.OnOwnPresence(e.Body, e.Flag, _nowMs);
            if (IsConnected && !Has(Stopping)) OnOwnPresence(e.Body);
            return;
        }

        if (IsConnected) _subscriptions.Look(e.Topic);
        _client.OnReceived(e.Topic, e.Body, e.Flag, _nowMs);
    }

    private bool IsOfConnection(LinkEvent e)
    {
        return _connection != 0 && (e.Ticket == _connection || e.Ticket == 0);
    }
}
