using System;
using System.Text;
using System.Threading;
using EdgeChat.Core;
using EdgeChat.Delivery;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.Device;

/// <summary>One MQTT connection from its CONNECT to its end, on one <see cref="MqttClient"/>.</summary>
/// <remarks>
/// <para>Each connection has a client of its own. The library can connect the same one again, but forgets what was in flight and
/// sends what was queued meanwhile; with a new one nothing of a session leaks into the next.</para>
/// <para>Threads: everything public is called by the link's worker. The library raises its events on its dispatch thread, except for
/// ConnectionOpened, which comes on the receive thread: there nothing may wait.</para>
/// </remarks>
public sealed class MqttConnection
{
    private const int DisconnectMs = 1000; // the library takes 0.2 s to close after DISCONNECT, and seldom up to 2.4 s

    // the library asks after a period without sending and waits another for the answer: twice three quarters are one and a half
    private const int KeepAliveParts = 4;
    private const int KeepAlivePart = 3;

    private const int DeliverMs = 1000;    // what came in a moment ago needs milliseconds, unless the board's queue is full

    private readonly MqttLink _link;
    private readonly DeviceConfig _config;
    private readonly TicketTable _tickets = new TicketTable();
    private readonly ManualResetEvent _announced = new ManualResetEvent(false);
    private readonly ManualResetEvent _closed = new ManualResetEvent(false);
    private MqttClient _client;
    private bool _isOpen;

    /// <summary>Makes a connection that is not open.</summary>
    public MqttConnection(MqttLink link, DeviceConfig config)
    {
        _link = link;
        _config = config;
    }

    /// <summary>The ticket of the Connect that it was opened with.</summary>
    public int Ticket { get; private set; }

    /// <summary>Whether <see cref="Open"/> failed as it does when the broker lacks the version of TLS.</summary>
    public bool MayNeedOtherTls { get; private set; }

    /// <summary>Connects, waiting up to 30 s for the CONNACK; gives what to report: connected, refused or failed.</summary>
    /// <param name="connect">The action: Connect, or Forget with a clean session and without a will.</param>
    /// <param name="isOlderTls">TLS 1.2 instead of 1.3, where there is TLS.</param>
    /// <remarks>Events wait until <see cref="Announce"/> was called, so that nothing overtakes the report.</remarks>
    public LinkEvent Open(LinkAction connect, bool isOlderTls)
    {
        Ticket = connect.Ticket;
        string broker = _config.AddressAt(connect.Turn);
        int colon = broker.LastIndexOf(':');
        string host = broker.Substring(0, colon);
        int port = int.Parse(broker.Substring(colon + 1));
        bool isTls = _config.Ca != null;
        var result = new LinkEvent { Kind = LinkEventKind.Connected, Ticket = Ticket };
        try
        {
            MqttSslProtocols version = isOlderTls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.TLSv1_3;
            _client = isTls
                ? new MqttClient(host, port, true, _config.Ca, OwnCertificate.LoadValid(), version)
                : new MqttClient(host, port, false, null, null, MqttSslProtocols.None);
            _client.Settings.ValidateServerCertificate = true; // is so by default, and must stay so
            _client.ConnectionOpened += (sender, e) =>
            {
                result.Flag = e.Message.SessionPresent;
                result.Code = (int)e.Message.ReturnCode;
            };
            _client.ConnectionClosed += OnClosed;
            _client.MqttMsgPublished += OnPublished;
            _client.MqttMsgSubscribed += OnSubscribed;
            _client.MqttMsgPublishReceived += OnReceived;
            bool hasWill = connect.Topic != null;
            int code = (int)_client.Connect(
                _config.Id,
                _config.User,
                _config.Password,
                hasWill,
                hasWill ? MqttQoSLevel.AtLeastOnce : MqttQoSLevel.AtMostOnce, // OASIS MQTT 3.1.1, section 3.1.2.6
                hasWill,
                connect.Topic,
                hasWill ? Encoding.UTF8.GetString(connect.Body, 0, connect.Body.Length) : null,
                connect.Kind == LinkActionKind.Forget,
                (ushort)(_config.Me.KeepAliveSeconds * KeepAlivePart / KeepAliveParts));
            if (code == 0)
            {
                _isOpen = true;
                result.Code = _config.PlaceAt(connect.Turn);
                return result;
            }

            return new LinkEvent { Kind = LinkEventKind.Refused, Ticket = Ticket, Code = code };
        }
        catch (Exception e) when (!(e is OutOfMemoryException))
        {
            // a broker closes right behind its refusal, and the library may see the end of the socket before Connect has seen the CONNACK
            if (result.Code != 0) return new LinkEvent { Kind = LinkEventKind.Refused, Ticket = Ticket, Code = result.Code };
            MayNeedOtherTls = isTls && TlsWords.MayBeVersion(LinkWords.CodeOf(e));
            return new LinkEvent
            {
                Kind = LinkEventKind.ConnectFailed,
                Ticket = Ticket,
                Flag = isTls && isOlderTls && e is MqttCommunicationException,
                Reason = LinkWords.For(e, broker, isTls),
            };
        }
    }

    /// <summary>Lets the library's events through, or drops them when the connection did not come about.</summary>
    public void Announce() { _announced.Set(); }

    /// <summary>Publishes with QoS 1; gives what to report at once, or null.</summary>
    public LinkEvent Publish(LinkAction action)
    {
        // the library would keep what is published without a connection and send it at some later one
        if (!_client.IsConnected) return null;
        try
        {
            int id = _client.Publish(action.Topic, action.Body, null, null, MqttQoSLevel.AtLeastOnce, action.Retain);
            return _tickets.Sent(id, action.Ticket);
        }
        catch (Exception e) when (!(e is OutOfMemoryException))
        {
            return new LinkEvent { Kind = LinkEventKind.Published, Ticket = action.Ticket, Reason = e.Message };
        }
    }

    /// <summary>Subscribes with QoS 1; gives what to report at once, or null.</summary>
    public LinkEvent Subscribe(LinkAction action)
    {
        if (!_client.IsConnected) return null;
        var levels = new MqttQoSLevel[action.Topics.Length];
        for (int i = 0; i < levels.Length; i++) levels[i] = MqttQoSLevel.AtLeastOnce;
        try
        {
            int id = _client.Subscribe(action.Topics, levels);
            return _tickets.Sent(id, action.Ticket);
        }
        catch (Exception e) when (!(e is OutOfMemoryException))
        {
            var granted = new byte[levels.Length];
            for (int i = 0; i < granted.Length; i++) granted[i] = (byte)MqttQoSLevel.GrantedFailure;
            return new LinkEvent { Kind = LinkEventKind.Subscribed, Ticket = action.Ticket, Granted = granted, Reason = e.Message };
        }
    }

    /// <summary>Unsubscribes.</summary>
    public void Unsubscribe(LinkAction action)
    {
        if (!_client.IsConnected) return;
        try
        {
            _client.Unsubscribe(action.Topics);
        }
        catch (Exception)
        {
            // what is still subscribed is only more than needed
        }
    }

    /// <summary>Sends DISCONNECT, so that the broker drops the will, and closes.</summary>
    public void Disconnect()
    {
        try
        {
            _client.Disconnect();
            _closed.WaitOne(DisconnectMs, false);
        }
        catch (Exception)
        {
            // the socket was dead already: the will is sent, as it should
        }

        Drop();
    }

    /// <summary>Closes the socket without DISCONNECT and ends the library's threads; takes 0.4 s or more, and nothing when the library has
    /// done it.</summary>
    /// <remarks>The library confirms a message to the broker before it delivers it, and forgets what it has not delivered when it is
    /// disposed. So it is given the time to deliver; when it was the network that went, it closes by itself then.</remarks>
    public void Drop()
    {
        bool mayDeliver = _isOpen;
        _isOpen = false;
        _announced.Set();
        if (_client == null || _closed.WaitOne(mayDeliver ? DeliverMs : 0, false)) return;
        try
        {
            _client.Dispose();
        }
        catch (Exception)
        {
            // a client that has closed itself may refuse to do it twice
        }
    }

    private void OnClosed(object sender, EventArgs e)
    {
        _closed.Set();
        _link.OnLost(this);
    }

    private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
    {
        Report(_tickets.Answered(e.MessageId, new LinkEvent { Kind = LinkEventKind.Published, Flag = e.IsPublished }));
    }

    private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
    {
        MqttQoSLevel[] levels = e.GrantedQoSLevels;
        var granted = new byte[levels.Length];
        for (int i = 0; i < granted.Length; i++) granted[i] = (byte)levels[i];
        Report(_tickets.Answered(e.MessageId, new LinkEvent { Kind = LinkEventKind.Subscribed, Granted = granted }));
    }

    private void OnReceived(object sender, MqttMsgPublishEventArgs e)
    {
        Report(new LinkEvent
        {
            Kind = LinkEventKind.Received,
            Topic = e.Topic,
            Body = e.Message ?? new byte[0],
            Flag = e.Retain,
        });
    }

    private void Report(LinkEvent e)
    {
        if (e == null) return;
        _announced.WaitOne();
        // what was received is confirmed already: dropped here it would be lost
        if (_isOpen || e.Kind == LinkEventKind.Received) _link.Report(e);
    }
}
