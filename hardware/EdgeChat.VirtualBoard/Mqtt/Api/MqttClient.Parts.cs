using System.Net.Sockets;
using EdgeChat.VirtualBoard.Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using Certificate = global::System.Security.Cryptography.X509Certificates.X509Certificate;
using X509Certificate = EdgeChat.VirtualBoard.Mqtt.X509Certificate;

namespace nanoFramework.M2Mqtt;

// How the parts of a client are put together and call each other.
public partial class MqttClient
{
    private void Init(string host, int port, bool secure, Certificate? caCert, Certificate? clientCert, MqttSslProtocols protocol)
    {
        ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
        _settings = MqttSettings.Instance;
        if (secure)
            _settings.SslPort = port;
        else
            _settings.Port = port;
        _link = new LinkState(_network);
        _channel = new Channel(_network, host, port, secure ? new Tls(caCert, clientCert, protocol) : null);
        _transport = new Transport(_link, _channel);
        _queue = new InFlightQueue(_link, _settings);
        _dispatcher = new Dispatcher(_link, Raise, () => _queue.Settle(CloseMs), Close, () =>
            ConnectionClosed?.Invoke(this, EventArgs.Empty));
        _keepAlive = new KeepAlive(_link, _transport);
        var reader = new PacketReader(_channel.Fill, packet => _network.OnPacket(false, packet));
        var receiver = new Receiver(_link, _transport, _queue, reader, RaiseOpened, RaiseCloseRequest);
        var inFlight = new InFlightThread(_link, _transport, _queue, _dispatcher, _settings);
        _threads = new ClientThreads(_link, receiver, _dispatcher, inFlight, _keepAlive);
    }

    private static X509Certificate? ToCertificate(byte[]? bytes) => bytes == null ? null : new X509Certificate(bytes);

    private void OpenChannel()
    {
        FailedHandshakes.ThrowIfOpen(_network, this);
        try
        {
            _channel.Connect(TimeSpan.FromMilliseconds(_settings.TimeoutOnConnection), _settings.ValidateServerCertificate);
        }
        catch (SocketException e) when (_link.HasPower)
        {
            if (e is EdgeChat.VirtualBoard.Platform.SocketException) FailedHandshakes.Note(_network, this); // it has mbedTLS's code
            throw new MqttConnectionException($"no TCP connection to the broker: {e.SocketErrorCode} ({(int)e.SocketErrorCode})",
                EdgeChat.VirtualBoard.Platform.SocketException.From(e));
        }
        catch (Exception e) when (_link.HasPower)
        {
            throw new MqttConnectionException("no connection to the broker: " + e.Message, e);
        }
    }

    // Registered for as long as there are threads: they wait for events, and a power cut has to end the waits.
    private void WatchPower()
    {
        _power.Unregister();
        _power = _network.PowerLost.UnsafeRegister(
            static state =>
            {
                var client = (MqttClient)state!;
                client._link.Stop();
                client._transport.End();
            },
            this);
    }

    private ushort Ask(Packet packet)
    {
        _network.ThrowIfPowerLost();
        _queue.Add(packet, isReceived: false);
        return packet.Id;
    }

    // 1 to 65535, for QoS 0 too
    private ushort NextId()
    {
        lock (_queue)
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
            return _lastId;
        }
    }

    private void Raise(DispatchEvent e)
    {
        switch (e.Type)
        {
            case MqttMessageType.Publish:
                Packet p = e.Packet!;
                MqttMsgPublishReceived?.Invoke(this, new MqttMsgPublishEventArgs(p.Topic, p.Payload!, p.Dup, p.Qos, p.Retain));
                break;
            case MqttMessageType.PublishAck or MqttMessageType.PublishComplete:
                MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(e.Id, e.IsPublished));
                break;
            case MqttMessageType.SubscribeAck:
                MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(e.Id, e.Packet!.QosLevels));
                break;
            case MqttMessageType.UnsubscribeAck:
                MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(e.Id));
                break;
        }
    }

    private void RaiseOpened(Packet connack)
    {
        var message = new MqttMsgConnack { SessionPresent = connack.SessionPresent, ReturnCode = (MqttReasonCode)connack.ReturnCode };
        ConnectionOpened?.Invoke(this, new ConnectionOpenedEventArgs(message));
    }

    private void RaiseCloseRequest() =>
        ConnectionClosedRequest?.Invoke(this, new ConnectionClosedRequestEventArgs(new MqttMsgDisconnect()));
}
