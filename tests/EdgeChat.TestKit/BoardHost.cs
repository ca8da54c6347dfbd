using System.Collections;
using EdgeChat.Core;

namespace EdgeChat.TestKit;

/// <summary>The host of a board's core in virtual time: gives it power, network and clock, and does what it asks for.</summary>
/// <remarks>Whatever the core is, its power may go while it writes to <see cref="Flash"/>; it is off then until
/// <see cref="SwitchOn"/>.</remarks>
public abstract class BoardHost
{
    private const long BootMs = 1000;
    private const string PresencePrefix = "ec1/p/";
    private long _bornMs;
    private int _connection;
    private string _willTopic;
    private byte[] _will;
    private readonly ArrayList _flights = new ArrayList();
    private readonly JoinedRecord _record = new JoinedRecord();

    /// <summary>Makes the host of a board, without power as yet.</summary>
    protected BoardHost(VirtualBroker broker, string id)
    {
        Broker = broker;
        Me = new Identity { DeviceId = id, Operator = VirtualBroker.Operator };
        Dice = Dice.Least();
        broker.Add(this);
    }

    /// <summary>The broker, and with it the time.</summary>
    public VirtualBroker Broker { get; }

    /// <summary>What the broker keeps for this board.</summary>
    public BrokerSession AtBroker { get; } = new BrokerSession();

    /// <summary>Who it is.</summary>
    public Identity Me { get; protected set; }

    /// <summary>The board's id.</summary>
    public string Id { get { return Me.DeviceId; } }

    /// <summary>Its files.</summary>
    public MemoryFlash Flash { get; set; } = new MemoryFlash();

    /// <summary>What it waits for at random; always the least unless a test says otherwise.</summary>
    public Dice Dice { get; set; }

    /// <summary>Whether its clock is set when it starts.</summary>
    public bool HasClock { get; set; } = true;

    /// <summary>Whether the power is on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether there is a network.</summary>
    public bool HasNetwork { get; private set; }

    /// <summary>Whether there is a connection to the broker.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>How many of the next publishes, births aside, do not reach the broker.</summary>
    public int LosePublishes { get; set; }

    /// <summary>How many of the next publishes, births aside, reach the broker and their PUBACK does not come back.</summary>
    public int LosePubacks { get; set; }

    /// <summary>Whether the PUBACKs of publishes, births aside, wait until <see cref="Confirm()"/>.</summary>
    public bool HoldsPubacks { get; set; }

    /// <summary>How long a PUBACK takes, in milliseconds.</summary>
    public int PubackMs { get; set; }

    /// <summary>The most publishes that waited for their PUBACKs at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>Whether the broker takes connections and says nothing to them.</summary>
    public bool HoldsConnacks { get; set; }

    /// <summary>How many of the next messages of inbox and groups the library confirms and the firmware never sees.</summary>
    public int LoseDeliveries { get; set; }

    /// <summary>Whether a publish waits for its PUBACK.</summary>
    public bool IsWaitingForPuback { get { return _flights.Count > 0; } }

    /// <summary>Milliseconds since boot.</summary>
    public long NowMs { get { return Broker.NowMs - _bornMs; } }

    /// <summary>When something is due, in the broker's time.</summary>
    public long NextMs
    {
        get
        {
            if (!IsOn) return Deadline.Never;
            long next = NextTickMs;
            if (next != Deadline.Never) next += _bornMs;
            if (_record.DueMs < next) next = _record.DueMs;
            for (int i = 0; i < _flights.Count; i++)
                if (FlightAt(i).DueMs < next) next = FlightAt(i).DueMs;
            return next;
        }
    }

    /// <summary>When the core wants to be called, in milliseconds since boot.</summary>
    protected abstract long NextTickMs { get; }

    /// <summary>Gives power: the core starts from its files, the clock is set when it has one, the network is there when it was.</summary>
    public void SwitchOn()
    {
        if (IsOn) return;
        Flash.PowerOn();
        _bornMs = Broker.NowMs - BootMs;
        IsOn = true;
        try
        {
            Start(NowMs);
        }
        catch (PowerCutException)
        {
            SwitchOff();
            return;
        }

        if (HasClock) SetClock(0);
        if (HasNetwork) Tell(new LinkEvent { Kind = LinkEventKind.NetworkUp });
    }

    /// <summary>Takes the power away; the broker sends the will.</summary>
    public void SwitchOff()
    {
        IsOn = false;
        Halt();
        Drop(true);
    }

    /// <summary>Sets the clock, wrong by so many seconds.</summary>
    public void SetClock(long wrongBySeconds)
    {
        if (!IsOn) return;
        try
        {
            OnClock(Broker.UnixSeconds + wrongBySeconds, NowMs);
        }
        catch (PowerCutException)
        {
            SwitchOff();
        }
    }

    /// <summary>The network is there.</summary>
    public void JoinNetwork()
    {
        if (HasNetwork) return;
        HasNetwork = true;
        Tell(new LinkEvent { Kind = LinkEventKind.NetworkUp });
    }

    /// <summary>The network is gone, for a reason in words or null; the broker sends the will.</summary>
    public void LeaveNetwork(string reason)
    {
        if (!HasNetwork) return;
        HasNetwork = false;
        Drop(true);
        Tell(new LinkEvent { Kind = LinkEventKind.NetworkDown, Reason = reason });
    }

    /// <summary>The connection breaks, the network is there still; the broker sends the will.</summary>
    public void Disconnect() { Break(true); }

    /// <summary>The PUBACK of the publish that waits for it longest comes.</summary>
    public void Confirm() { Confirm(0); }

    /// <summary>The PUBACK of one of the publishes that wait comes; they are numbered from the oldest on.</summary>
    public void Confirm(int place)
    {
        BoardFlight flight = FlightAt(place);
        _flights.RemoveAt(place);
        Tell(new LinkEvent { Kind = LinkEventKind.Published, Ticket = flight.Ticket, Flag = flight.IsConfirmed });
    }

    /// <summary>Tells the core what happened to its link; false when the power went meanwhile, or was off.</summary>
    public bool Tell(LinkEvent e)
    {
        if (!IsOn) return false;
        try
        {
            OnLink(e, NowMs);
            return true;
        }
        catch (PowerCutException)
        {
            SwitchOff();
            return false;
        }
    }

    /// <summary>Does one thing; false when there is nothing to do.</summary>
    internal bool Turn()
    {
        if (!IsOn) return false;
        try
        {
            return DoOne();
        }
        catch (PowerCutException)
        {
            SwitchOff();
            return true;
        }
    }

    /// <summary>The broker has lost this connection, and its will with it.</summary>
    internal void Lose() { Break(false); }

    /// <summary>Makes the core from its files.</summary>
    protected abstract void Start(long nowMs);

    /// <summary>The power is gone: the core is no more.</summary>
    protected abstract void Halt();

    /// <summary>Tells the core what happened to its link.</summary>
    protected abstract void OnLink(LinkEvent e, long nowMs);

    /// <summary>Tells the core the time of day.</summary>
    protected abstract void OnClock(long unixSeconds, long nowMs);

    /// <summary>Lets the core do what is due.</summary>
    protected abstract void OnTime(long nowMs);

    /// <summary>What the core asks for next, or null.</summary>
    protected abstract LinkAction NextLinkAction();

    /// <summary>Does one more thing that this kind of core asks its host for; false when there is none.</summary>
    protected virtual bool DoRequest() { return false; }

    // what the broker has sent before a PUBACK comes before it: what is retained, for one
    private bool DoOne()
    {
        LinkAction action = NextLinkAction();
        if (action != null)
        {
            Do(action);
            return true;
        }

        if (DoRequest()) return true;
        if (IsConnected && AtBroker.Waiting > 0 && (Broker.LongestRecord == 0 || HasCome()))
        {
            if (IsConnected) Receive();
            return true;
        }

        for (int i = 0; i < _flights.Count; i++)
        {
            if (Broker.NowMs < FlightAt(i).DueMs) continue;
            Confirm(i);
            return true;
        }

        if (NextTickMs > NowMs) return false;
        OnTime(NowMs);
        return true;
    }

    // whether the next message is there, or the connection has ended on it
    private bool HasCome()
    {
        if (!_record.TakeOne(AtBroker, Broker.NowMs)) return false;
        if (_record.Bytes > Broker.LongestRecord) Break(true);
        return true;
    }

    private void Do(LinkAction action)
    {
        switch (action.Kind)
        {
            case LinkActionKind.Connect:
                Connect(action);
                break;
            case LinkActionKind.Subscribe:
                Broker.Subscribe(AtBroker, action.Topics);
                byte[] granted = new byte[action.Topics.Length];
                for (int i = 0; i < granted.Length; i++) granted[i] = 1;
                Tell(new LinkEvent { Kind = LinkEventKind.Subscribed, Ticket = action.Ticket, Granted = granted });
                break;
            case LinkActionKind.Unsubscribe:
                for (int i = 0; i < action.Topics.Length; i++) Broker.Unsubscribe(AtBroker, action.Topics[i]);
                break;
            case LinkActionKind.Publish:
                Publish(action);
                break;
            case LinkActionKind.Forget:
                Broker.EndSession(this);
                break;
            case LinkActionKind.Disconnect:
                Drop(false);
                break;
            case LinkActionKind.Abort:
                Drop(true);
                break;
        }
    }

    private void Connect(LinkAction action)
    {
        if (HoldsConnacks) return;
        if (AtBroker.RefusesWith > 0)
        {
            Tell(new LinkEvent { Kind = LinkEventKind.Refused, Ticket = action.Ticket, Code = AtBroker.RefusesWith });
            return;
        }

        _connection = action.Ticket;
        _willTopic = action.Topic;
        _will = action.Body;
        IsConnected = true;
        bool isPresent = AtBroker.IsPresent;
        AtBroker.IsPresent = true;
        Tell(new LinkEvent { Kind = LinkEventKind.Connected, Ticket = action.Ticket, Flag = isPresent });
    }

    private void Publish(LinkAction action)
    {
        if (action.Topic == Broker.Denied)
        {
            Break(true);
            return;
        }

        bool isBirth = action.Topic.StartsWith(PresencePrefix);
        int fate = Broker.Faults.Fate(Broker.Dice);
        long delay = Broker.Faults.DelayMs(Broker.Dice);
        long due = HoldsPubacks && !isBirth ? Deadline.Never : Broker.NowMs + PubackMs + delay;
        if (LosePublishes > 0 && !isBirth)
        {
            LosePublishes--;
            fate = 0;
        }

        if (LosePubacks > 0 && !isBirth)
        {
            LosePubacks--;
            if (fate > 1) fate = 1;
        }

        _flights.Add(new BoardFlight { Ticket = action.Ticket, IsConfirmed = fate > 1, DueMs = due });
        if (_flights.Count > MostInFlight) MostInFlight = _flights.Count;
        if (fate > 0) Broker.Publish(action.Topic, action.Body, action.Retain, this);
    }

    private BoardFlight FlightAt(int place) { return (BoardFlight)_flights[place]; }

    private void Receive()
    {
        BrokerMessage message = AtBroker.Take(Broker.Faults.MixesTopics ? Broker.Dice : null);
        if (LoseDeliveries > 0 && (message.Topic.StartsWith("ec1/i") || message.Topic.StartsWith("ec1/g")))
        {
            LoseDeliveries--;
            return;
        }

        Tell(new LinkEvent { Kind = LinkEventKind.Received, Topic = message.Topic, Body = message.Body, Flag = message.IsRetained });
    }

    private void Break(bool sendsWill)
    {
        if (!IsConnected) return;
        Drop(sendsWill);
        Tell(new LinkEvent { Kind = LinkEventKind.Closed, Ticket = _connection, Flag = Broker.LongestRecord > 0 });
    }

    private void Drop(bool sendsWill)
    {
        _flights.Clear();
        _record.Clear();
        if (!IsConnected) return;
        IsConnected = false;
        if (sendsWill) Broker.Publish(_willTopic, _will, true, null);
    }
}
