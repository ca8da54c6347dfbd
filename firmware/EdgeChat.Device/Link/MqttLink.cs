using System;
using System.Threading;
using EdgeChat.Core;
using EdgeChat.Drivers;

namespace EdgeChat.Device;

/// <summary>Does the core's link actions, one after another, on a thread of its own, and puts what happens into the board's
/// queue.</summary>
/// <remarks>
/// <para>Each Connect is answered by exactly one of Connected, Refused and ConnectFailed. After Connected comes exactly one
/// Closed: when the broker or the network ended the connection, after Disconnect, and after Abort. A Connect that an Abort or a
/// Disconnect overtakes is answered by ConnectFailed. All of them carry the ticket of the Connect. Closed is reported once the client has
/// let go of its socket, so there are never two.</para>
/// <para>Publish and Subscribe without a connection are dropped: Closed, which the core gets, means that all that was in flight is
/// gone.</para>
/// </remarks>
public sealed class MqttLink
{
    private const int Capacity = 16;
    private const string Shortage = "out of memory";

    private readonly DeviceConfig _config;
    private readonly EventRing _events;
    private readonly AutoResetEvent _wake = new AutoResetEvent(false); // also the lock of everything here
    private MqttConnection _connection;
    private MqttConnection _lost;
    private LinkAction _oldest; // what waits to be done hangs on one another
    private bool _isBusy;
    private bool _isOlderTls; // the broker has only 1.2: its longest record is 4 KB for a board, so 1.3 is tried first
    private bool _isEnded;
    private int _proven = -1;       // the place of the address that was connected last
    private HandshakeMarks _marks; // with TLS, before any was
    private LinkAction _unanswered; // the Connect that is being done

    /// <summary>Makes a link that does nothing before <see cref="Start"/>.</summary>
    public MqttLink(DeviceConfig config, EventRing events)
    {
        _config = config;
        _events = events;
    }

    /// <summary>Whether <see cref="Execute"/> takes another action; the queue is woken when it does again.</summary>
    public bool HasRoom { get { lock (_wake) return Count() < Capacity; } }

    /// <summary>Whether there is no connection, none is being opened and nothing waits.</summary>
    public bool IsIdle { get { lock (_wake) return _oldest == null && !_isBusy && _connection == null; } }

    /// <summary>The broker's address at a place among all.</summary>
    public string AddressAt(int place) { return _config.AddressAt(place); }

    /// <summary>Starts the thread.</summary>
    public void Start() { new Thread(Run).Start(); }

    /// <summary>Takes an action to do; never waits. Only while <see cref="HasRoom"/>.</summary>
    public void Execute(LinkAction action)
    {
        lock (_wake)
        {
            LinkAction last = _oldest;
            while (last != null && last.Next != null) last = last.Next;
            if (last == null) _oldest = action;
            else last.Next = action;
        }

        _wake.Set();
    }

    /// <summary>Ends the thread after what it is doing; a connection that is still there is dropped, so that the broker sends the
    /// will.</summary>
    public void End()
    {
        lock (_wake) _isEnded = true;
        _wake.Set();
    }

    /// <summary>Puts an event into the board's queue, waiting for a slot; not from the library's receive thread.</summary>
    public void Report(LinkEvent e) { _events.Add(BoardEvent.Link, 0, 0, e); }

    /// <summary>The library has closed a connection.</summary>
    public void OnLost(MqttConnection connection)
    {
        lock (_wake) _lost = connection;
        _wake.Set();
    }

    // whatever finds the heap too short costs the connection: the core makes a new one, and what was in flight goes out again
    private void Run()
    {
        bool isShort = false;
        while (!_isEnded)
        {
            try
            {
                if (isShort) GiveUp();
                isShort = false;
                Turn();
            }
            catch (OutOfMemoryException)
            {
                if (isShort) _wake.WaitOne(Limits.ShortOnceMs, false);
                isShort = true;
            }
        }

        if (_connection != null) _connection.Drop();
    }

    private void GiveUp()
    {
        Close(false, Shortage);
        if (_unanswered == null) return;
        Report(new LinkEvent { Kind = LinkEventKind.ConnectFailed, Ticket = _unanswered.Ticket, Reason = Shortage });
        _unanswered = null;
    }

    private void Turn()
    {
        LinkAction action = null;
        bool isLost;
        bool wasFull = false;
        lock (_wake)
        {
            // the loss first: what waits was meant for the connection that is gone
            isLost = _lost != null && _lost == _connection;
            _lost = null;
            if (!isLost && _oldest != null)
            {
                wasFull = Count() == Capacity;
                action = _oldest;
                _oldest = action.Next;
                action.Next = null;
            }

            _isBusy = isLost || action != null;
        }

        if (wasFull) _events.Wake();
        if (isLost) Close(false, "the connection was lost");
        else if (action != null) Do(action);
        else _wake.WaitOne();
    }

    private int Count()
    {
        int count = 0;
        for (LinkAction next = _oldest; next != null; next = next.Next) count++;
        return count;
    }

    private void Do(LinkAction action)
    {
        switch (action.Kind)
        {
            case LinkActionKind.Connect:
                Connect(action);
                break;
            case LinkActionKind.Forget:
                Forget(action);
                break;
            case LinkActionKind.Publish:
                if (_connection != null) ReportIf(_connection.Publish(action));
                break;
            case LinkActionKind.Subscribe:
                if (_connection != null) ReportIf(_connection.Subscribe(action));
                break;
            case LinkActionKind.Unsubscribe:
                if (_connection != null) _connection.Unsubscribe(action);
                break;
            case LinkActionKind.Disconnect:
                Close(true, "disconnected");
                break;
            case LinkActionKind.Abort:
                Close(false, "given up");
                break;
        }
    }

    private void Connect(LinkAction action)
    {
        _unanswered = action;
        Close(false, "replaced");
        string address = null; // that may stand still in the handshake
        if (_config.Ca != null && _config.PlaceAt(action.Turn) != _proven)
        {
            address = _config.AddressAt(action.Turn);
            if (_marks == null) _marks = new HandshakeMarks();
            if (_marks.Passes(address))
            {
                _unanswered = null;
                Report(new LinkEvent { Kind = LinkEventKind.ConnectFailed, Ticket = action.Ticket, Reason = TlsWords.Unended(address) });
                return;
            }

            _marks.Begin(address);
        }

        var connection = new MqttConnection(this, _config);
        try
        {
            LinkEvent result = connection.Open(action, _isOlderTls);
            if (connection.MayNeedOtherTls)
            {
                connection.Drop();
                connection = new MqttConnection(this, _config);
                result = connection.Open(action, !_isOlderTls);
                if (!connection.MayNeedOtherTls) _isOlderTls = !_isOlderTls;
            }

            if (result.Kind == LinkEventKind.Connected && !IsOvertaken())
            {
                _proven = _config.PlaceAt(action.Turn);
                lock (_wake) _connection = connection;
                _unanswered = null;
                Report(result);
                connection.Announce();
                return;
            }

            if (result.Kind == LinkEventKind.Connected)
                result = new LinkEvent { Kind = LinkEventKind.ConnectFailed, Ticket = action.Ticket, Reason = "given up" };
            connection.Drop();
            _unanswered = null;
            Report(result);
        }
        catch (OutOfMemoryException)
        {
            connection.Drop();
            throw;
        }
        finally
        {
            if (address != null) _marks.End(address);
        }
    }

    private void Forget(LinkAction action)
    {
        var connection = new MqttConnection(this, _config);
        try
        {
            if (connection.Open(action, _isOlderTls).Kind == LinkEventKind.Connected) connection.Disconnect();
        }
        finally
        {
            connection.Drop();
        }
    }

    private bool IsOvertaken()
    {
        lock (_wake)
        {
            for (LinkAction next = _oldest; next != null; next = next.Next)
                if (next.Kind == LinkActionKind.Abort || next.Kind == LinkActionKind.Disconnect) return true;

            return false;
        }
    }

    private void Close(bool isClean, string reason)
    {
        MqttConnection connection = _connection;
        if (connection == null) return;
        var closed = new LinkEvent { Kind = LinkEventKind.Closed, Ticket = connection.Ticket, Flag = _isOlderTls, Reason = reason };
        if (isClean) connection.Disconnect();
        else connection.Drop();
        lock (_wake) _connection = null;
        Report(closed);
    }

    private void ReportIf(LinkEvent e)
    {
        if (e != null) Report(e);
    }
}
