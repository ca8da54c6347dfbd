using System.Collections;
using System.Text;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>A session of the board "alice" in its 41st boot, with a scripted host, client and dice; time moves only when told.</summary>
/// <remarks>Actions come as text, with ' for ". What must hold in every trace is checked with each action and callback: one connection at a
/// time, publishes only while connected and presence alone, the will with the number of its connection, online and offline in
/// turn.</remarks>
internal sealed class SessionUnderTest : ISessionClient, IRandomSource
{
    public const int Boot = 41;
    public const string Own = "ec1/p/alice";
    private readonly ArrayList _waiting = new ArrayList();
    private int _open;
    private bool _isConnected;
    private readonly ArrayList _flights = new ArrayList(); // of the client
    private bool _isInFlight; // presence
    private bool _isOnline;
    private bool _isSessionPresent;
    private bool _isDone;
    private int _connects;
    private int _boot = Boot;

    public SessionUnderTest()
    {
        var me = new Identity();
        me.DeviceId = "alice";
        Session = new Session(me, Boot, this, this);
    }

    public Session Session { get; }

    public long Now { get; private set; }

    /// <summary>What the client offers to subscribe to.</summary>
    public string[] FilterList { get; set; } = { "ec1/i/alice/+" };

    /// <summary>What the client was told, since <see cref="TakeTold"/>.</summary>
    public string Told { get; private set; } = "";

    /// <summary>What the dice say; as much as the bound allows while this is below 0.</summary>
    public int Dice { get; set; } = -1;

    /// <summary>The bounds that the dice were thrown with, last one.</summary>
    public int LastBound { get; private set; }

    public int ConnectTicket { get; private set; }

    /// <summary>Tries that failed before the last Connect.</summary>
    public int Turn { get; private set; }

    public int PublishTicket { get; private set; }

    public int SubscribeTicket { get; private set; }

    /// <summary>Whether the client gives a publish up on which the connection ended.</summary>
    public bool GivesUp { get; set; }

    /// <summary>How often the client was asked for something to publish.</summary>
    public int Asked { get; private set; }

    /// <summary>Goes online, first connection; the client has been told and nothing is left to do.</summary>
    public SessionUnderTest Online()
    {
        Up();
        NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':1} retained");
        Connected(false);
        NextIs("subscribe ec1/i/alice/+ ec1/p/alice");
        Suback(1, 1);
        NextIs("publish ec1/p/alice {'s':'on','b':41,'c':1} retained");
        Published(true);
        Receives(Own, "{'s':'on','b':41,'c':1}");
        NextIs("");
        Assert.AreEqual("online new; ", TakeTold());
        return this;
    }

    /// <summary>Goes on to the birth, all filters granted.</summary>
    public SessionUnderTest Greeted()
    {
        Up();
        Next();
        Connected(false);
        Next();
        Suback(1, 1);
        Assert.Contains("'s':'on'", Next());
        return this;
    }

    /// <summary>The connection breaks and the time to try again comes.</summary>
    public SessionUnderTest Again()
    {
        Closed();
        At(Session.NextTickMs);
        return this;
    }

    public void Up() { Happens(LinkEventKind.NetworkUp, 0, false, 0, null); }

    public void Down(string reason) { Happens(LinkEventKind.NetworkDown, 0, false, 0, reason); }

    public void Connected(bool isSessionPresent) { ConnectedTo(isSessionPresent, 0); }

    /// <summary>The broker at one of several addresses has taken the connection.</summary>
    public void ConnectedTo(bool isSessionPresent, int address)
    {
        if (_open != 0 && ConnectTicket == _open) _isConnected = true;
        Happens(LinkEventKind.Connected, ConnectTicket, isSessionPresent, address, null);
    }

    public void Refused(int code) { Ends(LinkEventKind.Refused, ConnectTicket, code, null); }

    public void Failed(string reason) { Ends(LinkEventKind.ConnectFailed, ConnectTicket, 0, reason); }

    /// <summary>TLS 1.2 came about, and ended before CONNACK.</summary>
    public void FailedOlder(string reason) { Ends(LinkEventKind.ConnectFailed, ConnectTicket, 0, reason, true); }

    public void Closed() { ClosedOf(ConnectTicket); }

    public void ClosedOf(int ticket) { Ends(LinkEventKind.Closed, ticket, 0, null); }

    /// <summary>A connection of TLS 1.2 breaks.</summary>
    public void ClosedOlder() { Ends(LinkEventKind.Closed, ConnectTicket, 0, null, true); }

    public void Suback(params byte[] granted) { SubackOf(SubscribeTicket, granted); }

    public void SubackOf(int ticket, byte[] granted)
    {
        LinkEvent e = Event(LinkEventKind.Subscribed, ticket);
        e.Granted = granted;
        Session.Handle(e, Now);
    }

    public void Published(bool isConfirmed) { PublishedOf(PublishTicket, isConfirmed); }

    public void PublishedOf(int ticket, bool isConfirmed)
    {
        if (ticket == PublishTicket) _isInFlight = false;
        Happens(LinkEventKind.Published, ticket, isConfirmed, 0, null);
    }

    /// <summary>A message comes in; ' stands for ".</summary>
    public void Receives(string topic, string body)
    {
        LinkEvent e = Event(LinkEventKind.Received, 0);
        e.Topic = topic;
        e.Body = Bytes(body);
        Session.Handle(e, Now);
    }

    /// <summary>The client has something to publish; ' stands for ".</summary>
    public void Wants(string topic, string body)
    {
        _waiting.Add(topic);
        _waiting.Add(body);
        Session.Wake(Now);
    }

    public void WantsFilters(params string[] filters)
    {
        FilterList = filters;
        Session.FiltersChanged(Now);
    }

    public void After(long ms) { At(Now + ms); }

    public void At(long ms)
    {
        Now = ms;
        Session.OnTime(ms);
    }

    /// <summary>Lets time pass without telling the session, as between two events.</summary>
    public void Pass(long ms) { Now += ms; }

    public void Stop(int wakeAfter) { Session.Stop(wakeAfter, Now); }

    public void NextIs(string expected) { Assert.AreEqual(expected, Next()); }

    /// <summary>The next action as text, or nothing.</summary>
    public string Next()
    {
        LinkAction action = Session.NextAction();
        if (action == null) return "";
        Assert.IsFalse(_isDone, "an action after Disconnect");
        Assert.IsTrue(action.Ticket != 0, "an action without ticket");
        switch (action.Kind)
        {
            case LinkActionKind.Connect:
                Assert.AreEqual(0, _open, "a second connection before the first has ended");
                _connects++;
                Assert.Contains("'s':'lost'", Text(action.Body));
                Assert.Contains("'c':" + _connects.ToString() + "}", Text(action.Body), "the will has the number of another connection");
                _open = action.Ticket;
                ConnectTicket = action.Ticket;
                Turn = action.Turn;
                return "connect " + action.Topic + " " + Text(action.Body) + (action.Retain ? " retained" : "");
            case LinkActionKind.Publish:
                Assert.IsTrue(_isConnected, "a publish while not connected");
                bool isOwn = action.Topic == Own;
                Assert.IsFalse(_isInFlight, "a publish beside presence");
                Assert.IsTrue(!isOwn || _flights.Count == 0, "presence beside a publish");
                _isInFlight = isOwn;
                PublishTicket = action.Ticket;
                return "publish " + action.Topic + " " + Text(action.Body) + (action.Retain ? " retained" : "");
            case LinkActionKind.Subscribe:
                Assert.IsTrue(_isConnected, "a subscribe while not connected");
                SubscribeTicket = action.Ticket;
                return "subscribe" + Words(action.Topics);
            case LinkActionKind.Unsubscribe:
                Assert.IsTrue(_isConnected, "an unsubscribe while not connected");
                return "unsubscribe" + Words(action.Topics);
            case LinkActionKind.Forget:
                Assert.AreEqual(0, _open, "forgets while there is a connection");
                return "forget";
            case LinkActionKind.Abort:
                Assert.AreEqual(ConnectTicket, action.Ticket, "aborts another connection");
                Shut();
                return "abort";
            default:
                Shut();
                _isDone = true;
                return "disconnect";
        }
    }

    /// <summary>What the client was told since the last call.</summary>
    public string TakeTold()
    {
        string told = Told;
        Told = "";
        return told;
    }

    string[] ISessionClient.Filters() { return FilterList; }

    bool ISessionClient.NextPublish(LinkAction into, long nowMs)
    {
        Asked++;
        Assert.IsTrue(_isOnline, "asked for a publish while not online");
        if (_waiting.Count == 0) return false;
        into.Topic = (string)_waiting[0];
        into.Body = Bytes((string)_waiting[1]);
        _waiting.RemoveAt(0);
        _waiting.RemoveAt(0);
        _flights.Add(into.Ticket);
        return true;
    }

    bool ISessionClient.OnPublished(int ticket, bool isConfirmed, long nowMs)
    {
        if (!_flights.Contains(ticket)) return false;
        _flights.Remove(ticket);
        Told += isConfirmed ? "published; " : "not confirmed; ";
        return true;
    }

    int ISessionClient.OnForgotten(long nowMs) { return ++_boot; }

    void ISessionClient.OnConnected(bool isSessionPresent, long nowMs)
    {
        Assert.IsFalse(_isOnline, "connected while online");
        _isSessionPresent = isSessionPresent;
    }

    void ISessionClient.OnOnline(long nowMs)
    {
        Assert.IsFalse(_isOnline, "online twice");
        _isOnline = true;
        Told += _isSessionPresent ? "online again; " : "online new; ";
    }

    bool ISessionClient.OnOffline(bool isSuspect, long nowMs)
    {
        Assert.IsTrue(_isOnline, "offline without having been online");
        _isOnline = false;
        _flights.Clear();
        Told += isSuspect ? "cut off; " : "offline; ";
        return isSuspect && GivesUp;
    }

    void ISessionClient.OnOwnPresence(byte[] body, bool isRetained, long nowMs) { }

    void ISessionClient.OnReceived(string topic, byte[] body, bool isRetained, long nowMs) { Told += topic + " " + Text(body) + "; "; }

    int IRandomSource.Next(int bound)
    {
        LastBound = bound;
        return Dice < 0 || Dice >= bound ? bound - 1 : Dice;
    }

    private static byte[] Bytes(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < bytes.Length; i++)
            if (bytes[i] == '\'') bytes[i] = (byte)'"';
        return bytes;
    }

    private static string Text(byte[] bytes)
    {
        byte[] copy = new byte[bytes.Length];
        for (int i = 0; i < bytes.Length; i++) copy[i] = bytes[i] == '"' ? (byte)'\'' : bytes[i];
        return Encoding.UTF8.GetString(copy, 0, copy.Length);
    }

    private static string Words(string[] words)
    {
        string text = "";
        for (int i = 0; i < words.Length; i++) text += " " + words[i];
        return text;
    }

    private static LinkEvent Event(LinkEventKind kind, int ticket)
    {
        var e = new LinkEvent();
        e.Kind = kind;
        e.Ticket = ticket;
        return e;
    }

    private void Ends(LinkEventKind kind, int ticket, int code, string reason, bool isOlderTls = false)
    {
        if (ticket == _open) Shut();
        Happens(kind, ticket, isOlderTls, code, reason);
    }

    private void Happens(LinkEventKind kind, int ticket, bool flag, int code, string reason)
    {
        LinkEvent e = Event(kind, ticket);
        e.Flag = flag;
        e.Code = code;
        e.Reason = reason;
        Session.Handle(e, Now);
    }

    private void Shut()
    {
        _open = 0;
        _isConnected = false;
        _isInFlight = false;
    }
}
