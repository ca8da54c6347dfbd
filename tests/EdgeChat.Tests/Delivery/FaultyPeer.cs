using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Tests.Delivery;

/// <summary>An engine with its flash on a <see cref="FaultyNetwork"/>; it may lose its power whenever it writes.</summary>
internal sealed class FaultyPeer(FaultyNetwork network, string id) : IRandomSource
{
    private long _bootMs;
    private bool _hasNetwork = true;
    private bool _isConnected;
    private int _connection;
    private int _pendingTicket;
    private bool _pendingIsConfirmed;
    private long _pendingMs = Deadline.Never;
    private (string Topic, byte[] Body)? _will;

    public string Id { get; } = id;

    public Identity Me { get; } = new() { DeviceId = id };

    public CutFlash Flash { get; } = new();

    /// <summary>Whether its clock is set when it starts.</summary>
    public bool HasClock { get; init; } = true;

    /// <summary>Null while the power is off.</summary>
    public Engine? Engine { get; private set; }

    /// <summary>What the broker keeps for it: filters and messages, as long as it keeps the session.</summary>
    public HashSet<string> Filters { get; } = [];

    public List<(string Topic, byte[] Body, bool IsRetained)> Queue { get; } = [];

    public bool HasSession { get; set; }

    /// <summary>Milliseconds since its boot.</summary>
    public long NowMs => network.NowMs - _bootMs;

    /// <summary>When something is due, in the network's time.</summary>
    public long NextMs => Engine == null ? Deadline.Never : Math.Min(_pendingMs, Engine.NextTickMs == Deadline.Never ? Deadline.Never : Engine.NextTickMs + _bootMs);

    public int Next(int bound) => network.Random(bound);

    public void PowerOn()
    {
        if (Engine != null) return;
        Flash.PowerOn();
        _bootMs = network.NowMs - 1000;
        Engine = new Engine(Me, Flash, this);
        Engine.Start(NowMs);
        if (HasClock) SetClock(0);
        if (_hasNetwork) Try(e => e.OnLink(new LinkEvent { Kind = LinkEventKind.NetworkUp }, NowMs));
    }

    /// <summary>Cuts the power.</summary>
    public void PowerOff()
    {
        Engine = null;
        Drop();
    }

    /// <summary>The clock is set, and is wrong by so many seconds.</summary>
    public void SetClock(long wrongBy) => Try(e => e.OnClock(FaultyNetwork.Epoch + network.NowMs / 1000 + wrongBy, NowMs));

    public void SetNetwork(bool isThere)
    {
        if (_hasNetwork == isThere) return;
        _hasNetwork = isThere;
        if (!isThere) Drop();
        Try(e => e.OnLink(new LinkEvent { Kind = isThere ? LinkEventKind.NetworkUp : LinkEventKind.NetworkDown }, NowMs));
    }

    /// <summary>The connection breaks; the network is there still.</summary>
    public void Disconnect()
    {
        if (!_isConnected) return;
        Drop();
        Try(e => e.OnLink(new LinkEvent { Kind = LinkEventKind.Closed, Ticket = _connection }, NowMs));
    }

    /// <summary>Calls the engine; false when the power went meanwhile, or was off.</summary>
    public bool Try(Action<Engine> call)
    {
        if (Engine == null) return false;
        try
        {
            call(Engine);
            Engine.Wake(NowMs);
            return true;
        }
        catch (PowerLostException)
        {
            PowerOff();
            return false;
        }
    }

    /// <summary>Does one thing; false when there is nothing to do.</summary>
    public bool Turn()
    {
        if (Engine == null) return false;
        if (network.NowMs >= _pendingMs)
        {
            _pendingMs = Deadline.Never;
            Try(e => e.OnLink(new LinkEvent { Kind = LinkEventKind.Published, Ticket = _pendingTicket, Flag = _pendingIsConfirmed }, NowMs));
            return true;
        }

        LinkAction? action = null;
        if (!Try(e => action = e.NextLinkAction())) return true;
        if (action != null)
        {
            Execute(action);
            return true;
        }

        if (_isConnected && Queue.Count > 0)
        {
            (string topic, byte[] body, bool isRetained) = network.TakeFrom(Queue);
            Try(e => e.OnLink(new LinkEvent { Kind = LinkEventKind.Received, Topic = topic, Body = body, Flag = isRetained }, NowMs));
            return true;
        }

        if (Engine.NextTickMs > NowMs) return false;
        Try(e => e.OnTime(NowMs));
        return true;
    }

    private void Execute(LinkAction action)
    {
        switch (action.Kind)
        {
            case LinkActionKind.Connect:
                _connection = action.Ticket;
                _will = (action.Topic, action.Body);
                _isConnected = true;
                Try(e => e.OnLink(new LinkEvent { Kind = LinkEventKind.Connected, Ticket = action.Ticket, Flag = HasSession }, NowMs));
                HasSession = true;
                break;
            case LinkActionKind.Subscribe:
                network.Subscribe(this, action.Topics);
                Try(e => e.OnLink(new LinkEvent { Kind = LinkEventKind.Subscribed, Ticket = action.Ticket, Granted = new byte[action.Topics.Length] }, NowMs));
                break;
            case LinkActionKind.Unsubscribe:
                network.Unsubscribe(this, action.Topics);
                break;
            case LinkActionKind.Publish:
                network.Listener?.Invoke(action.Topic, action.Body);
                (bool arrives, _pendingIsConfirmed, long delay) = network.Fate();
                if (arrives) network.Publish(action.Topic, action.Body, action.Retain);
                _pendingTicket = action.Ticket;
                _pendingMs = network.NowMs + delay;
                break;
            case LinkActionKind.Disconnect:
                _will = null;
                Drop();
                break;
            case LinkActionKind.Abort:
                Drop();
                break;
        }
    }

    private void Drop()
    {
        _pendingMs = Deadline.Never;
        if (!_isConnected) return;
        _isConnected = false;
        if (_will is var (topic, body)) network.Publish(topic, body, true);
        _will = null;
    }
}
