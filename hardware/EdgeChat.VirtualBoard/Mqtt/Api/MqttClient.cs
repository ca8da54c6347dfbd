using System.Collections;
using EdgeChat.VirtualBoard.Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using Certificate = global::System.Security.Cryptography.X509Certificates.X509Certificate;

namespace nanoFramework.M2Mqtt;

/// <summary>The MQTT client of nanoFramework on a PC: the same calls, packets, events, threads and waits as the real one was seen to
/// have.</summary>
/// <remarks>
/// <para>MQTT 3.1.1 only. <see cref="Connect(string)"/> blocks; <see cref="Publish(string, byte[])"/>, <see cref="Subscribe"/> and
/// <see cref="Unsubscribe"/> only enqueue. <see cref="ConnectionOpened"/> comes on the receive thread, all other events on the dispatch
/// thread, one after another.</para>
/// <para>This file composes; what each thread does is in the files beside it.</para>
/// </remarks>
public partial class MqttClient : IMqttClient, IDisposable
{
    private const ushort DefaultKeepAliveSeconds = 60;

    // how long the real client lets its threads see that it closes
    private const int CloseMs = 200;
    private const int LongestKeepAliveEndMs = 1000;

    private readonly IBoardNetwork _network = BoardNetwork.Current;
    private MqttSettings _settings = null!;
    private LinkState _link = null!;
    private Channel _channel = null!;
    private Transport _transport = null!;
    private InFlightQueue _queue = null!;
    private Dispatcher _dispatcher = null!;
    private KeepAlive _keepAlive = null!;
    private ClientThreads _threads = null!;
    private CancellationTokenRegistration _power;
    private bool _isAlreadyClosing;
    private ushort _lastId;

    /// <summary>A client for port 1883 without TLS.</summary>
    /// <param name="brokerHostName">A name or an address; looked up now and never again.</param>
    /// <exception cref="global::System.Net.Sockets.SocketException">The name is unknown, or there is no network.</exception>
    public MqttClient(string brokerHostName)
        : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
    {
    }

    /// <summary>A client for a port, with or without TLS.</summary>
    /// <param name="brokerHostName">A name or an address; looked up now and never again.</param>
    /// <param name="brokerPort">1 to 65535.</param>
    /// <param name="secure">With TLS.</param>
    /// <param name="caCert">Who must have signed the broker's certificate; null for those that the PC trusts.</param>
    /// <param name="clientCert">Who the board is, for brokers that ask; null for nobody.</param>
    /// <param name="sslProtocol"><see cref="MqttSslProtocols.TLSv1_2"/> or <see cref="MqttSslProtocols.TLSv1_3"/> or, for either,
    /// <see cref="MqttSslProtocols.None"/>.</param>
    /// <exception cref="global::System.Net.Sockets.SocketException">The name is unknown, or there is no network.</exception>
    public MqttClient(string brokerHostName, int brokerPort, bool secure, Certificate? caCert, Certificate? clientCert,
        MqttSslProtocols sslProtocol)
        => Init(brokerHostName, brokerPort, secure, caCert, clientCert, sslProtocol);

    /// <summary>Accepted by the broker and not yet known to be lost.</summary>
    public bool IsConnected => _link.IsConnected;

    /// <summary>Of the last accepted connection.</summary>
    public string? ClientId { get; private set; }

    /// <summary>Of the last accepted connection.</summary>
    public bool CleanSession { get; private set; }

    /// <summary>Of the last accepted connection: whether it has a will.</summary>
    public bool WillFlag { get; private set; }

    /// <summary>Of the last accepted connection.</summary>
    public MqttQoSLevel WillQosLevel { get; private set; }

    /// <summary>Of the last accepted connection.</summary>
    public string? WillTopic { get; private set; }

    /// <summary>Of the last accepted connection.</summary>
    public string? WillMessage { get; private set; }

    /// <summary>The protocol; anything but 3.1.1 makes <see cref="Connect(string)"/> throw a <see cref="NotSupportedException"/>
    /// here.</summary>
    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.Version_3_1_1;

    /// <summary>Shared by all clients of the board.</summary>
    public MqttSettings Settings => _settings;

    /// <summary>Sets the client up anew, for another broker.</summary>
    /// <param name="brokerHostName">A name or an address.</param>
    /// <param name="brokerPort">1 to 65535.</param>
    /// <param name="secure">With TLS.</param>
    /// <param name="caCert">DER or PEM, or null.</param>
    /// <param name="clientCert">DER or PEM, or null.</param>
    /// <param name="sslProtocol">The version of TLS.</param>
    public void Init(string brokerHostName, int brokerPort, bool secure, byte[]? caCert, byte[]? clientCert, MqttSslProtocols sslProtocol)
        => Init(brokerHostName, brokerPort, secure, ToCertificate(caCert), ToCertificate(clientCert), sslProtocol);

    /// <summary>Connects with a clean session, without a will, keep-alive 60 s.</summary>
    public MqttReasonCode Connect(string clientId) => Connect(clientId, true);

    /// <summary>Connects without a will, keep-alive 60 s.</summary>
    public MqttReasonCode Connect(string clientId, bool cleanSession)
        => Connect(clientId, null, null, cleanSession, DefaultKeepAliveSeconds);

    /// <summary>Connects with a clean session, without a will, keep-alive 60 s.</summary>
    public MqttReasonCode Connect(string clientId, string? username, string? password)
        => Connect(clientId, username, password, true, DefaultKeepAliveSeconds);

    /// <summary>Connects without a will.</summary>
    public MqttReasonCode Connect(string clientId, string? username, string? password, bool cleanSession, ushort keepAlivePeriod)
        => Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, keepAlivePeriod);

    /// <summary>Connects: TCP, TLS, CONNECT, and waits up to 30 s for CONNACK.</summary>
    /// <param name="clientId">The client identifier.</param>
    /// <param name="username">Null or empty for none.</param>
    /// <param name="password">Null or empty for none.</param>
    /// <param name="willRetain">The broker stores the will.</param>
    /// <param name="willQosLevel">The will's quality of service.</param>
    /// <param name="willFlag">There is a will.</param>
    /// <param name="willTopic">Where the will is published.</param>
    /// <param name="willMessage">What the will says.</param>
    /// <param name="cleanSession">The broker forgets the session.</param>
    /// <param name="keepAlivePeriod">Seconds; 0 for no keep-alive.</param>
    /// <returns>The broker's answer. A refusal leaves the socket open: call <see cref="Close"/> before connecting again.</returns>
    /// <exception cref="MqttConnectionException">TCP or TLS failed.</exception>
    /// <exception cref="MqttCommunicationException">No CONNACK. The socket stays open: call <see cref="Close"/>.</exception>
    /// <exception cref="MqttClientException">The will is wrong.</exception>
    /// <exception cref="NotSupportedException">MQTT 3.1 or 5.</exception>
    public MqttReasonCode Connect(string clientId, string? username, string? password, bool willRetain, MqttQoSLevel willQosLevel,
        bool willFlag,
        string? willTopic, string? willMessage, bool cleanSession, ushort keepAlivePeriod)
    {
        if (ProtocolVersion != MqttProtocolVersion.Version_3_1_1 || IsAuthenticationFlow)
            throw new NotSupportedException(Only311(ProtocolVersion));
        _network.ThrowIfPowerLost();
        OpenChannel();
        _threads.StopLeftOvers();
        _transport.Begin();
        _link.IsRunning = true;
        _link.IsClosing = false;
        WatchPower();
        _threads.StartReceiving();
        var will = new Will(willFlag, willTopic, willMessage, willQosLevel, willRetain);
        byte[] connect = PacketWriter.Connect(new ConnectRequest(clientId, username, password, will, cleanSession, keepAlivePeriod));
        Packet connack = _transport.SendAndWait(connect, MqttSettings.DefaultTimeout);
        if (connack.Type != MqttMessageType.ConnectAck)
            throw new InvalidCastException($"MQTT: {connack.Type} came where CONNACK was awaited");
        if (connack.ReturnCode != 0)
            return (MqttReasonCode)connack.ReturnCode;
        ClientId = clientId;
        CleanSession = cleanSession;
        WillFlag = willFlag;
        WillTopic = willTopic;
        WillMessage = willMessage;
        WillQosLevel = willQosLevel;
        _queue.Restore(cleanSession);
        _threads.StartWorking(keepAlivePeriod * 1000);
        _link.IsConnected = true;
        return MqttReasonCode.Success;
    }

    /// <summary>Sends DISCONNECT; the dispatch thread then closes and raises <see cref="ConnectionClosed"/> 0.2 s later.</summary>
    /// <exception cref="MqttCommunicationException">There is no connection.</exception>
    public void Disconnect()
    {
        _network.ThrowIfPowerLost();
        _transport.Send(PacketWriter.Disconnect);
        _link.BeginClosing();
    }

    /// <summary>Closes the connection without DISCONNECT and without an event; takes from 0.2 s to 2.2 s. What is in flight is
    /// lost.</summary>
    public void Close()
    {
        if (_isAlreadyClosing)
            return;
        _isAlreadyClosing = true;
        FailedHandshakes.Forget(_network, this);
        _link.IsRunning = false;
        _link.EventWake.Set();
        _link.Sleep(CloseMs);
        _link.InFlightWake.Set();
        _threads.WaitForInFlight();
        bool isQuiet = _keepAlive.WaitForEnd(LongestKeepAliveEndMs);
        _queue.Clear();
        _dispatcher.Clear();
        _channel.Close();
        _link.IsConnected = false;
        // a keep-alive thread that still waits for its answer has to hear of a power cut
        if (isQuiet)
            _power.Unregister();
        _isAlreadyClosing = false;
    }

    /// <summary>Closes the connection without DISCONNECT and without an event; takes 0.4 s or more.</summary>
    public void Dispose()
    {
        _link.IsRunning = false;
        _link.BeginClosing();
        _link.Sleep(CloseMs);
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks for messages; the answer is <see cref="MqttMsgSubscribed"/>, or nothing at all when the broker does not answer three
    /// times.</summary>
    /// <param name="topics">Topic filters. Wrong ones close the connection, as they are found when they are sent.</param>
    /// <param name="qosLevels">One for each filter.</param>
    /// <returns>The packet identifier.</returns>
    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
        => Ask(new Packet(MqttMessageType.Subscribe, NextId()) { Topics = topics, QosLevels = qosLevels });

    /// <summary>Asks for no more messages; the answer is <see cref="MqttMsgUnsubscribed"/>.</summary>
    /// <param name="topics">Topic filters.</param>
    /// <returns>The packet identifier.</returns>
    public ushort Unsubscribe(string[] topics) => Ask(new Packet(MqttMessageType.Unsubscribe, NextId()) { Topics = topics });

    /// <summary>Enqueues a message with QoS 0.</summary>
    /// <returns>A packet identifier, though QoS 0 sends none.</returns>
    /// <exception cref="MqttClientException"><see cref="MqttClientErrorCode.InflightQueueFull"/>.</exception>
    public ushort Publish(string topic, byte[]? message) => Publish(topic, message, null, null, MqttQoSLevel.AtMostOnce, false);

    /// <inheritdoc cref="Publish(string, byte[])"/>
    public ushort Publish(string topic, byte[]? message, string? contentType)
        => Publish(topic, message, contentType, null, MqttQoSLevel.AtMostOnce, false);

    /// <inheritdoc cref="Publish(string, byte[])"/>
    public ushort Publish(string topic, byte[]? message, string? contentType, ArrayList? userProperties)
        => Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

    /// <summary>Enqueues a message. With QoS 1 and 2 <see cref="MqttMsgPublished"/> tells whether it was confirmed within three
    /// attempts.</summary>
    /// <param name="topic">Where to. A wrong topic closes the connection, as it is found when it is sent.</param>
    /// <param name="message">The payload; not copied, so not to be changed before it is confirmed.</param>
    /// <param name="contentType">Null: MQTT 5 only.</param>
    /// <param name="userProperties">Null or empty: MQTT 5 only.</param>
    /// <param name="qosLevel">Quality of service.</param>
    /// <param name="retain">The broker stores it.</param>
    /// <returns>The packet identifier.</returns>
    /// <exception cref="MqttClientException"><see cref="MqttClientErrorCode.InflightQueueFull"/>.</exception>
    /// <exception cref="NotSupportedException">A content type or user properties.</exception>
    public ushort Publish(string topic, byte[]? message, string? contentType, ArrayList? userProperties, MqttQoSLevel qosLevel, bool retain)
    {
        _network.ThrowIfPowerLost();
        ushort id = NextId();
        if (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 })
            throw new NotSupportedException("content type and user properties need MQTT 5; pass null");
        var packet = new Packet(MqttMessageType.Publish, id) { Topic = topic, Payload = message, Qos = qosLevel, Retain = retain };
        return _queue.Publish(packet) ? id : throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
    }

    internal static string Only311(MqttProtocolVersion version)
        => $"ProtocolVersion {version}: the virtual board's MQTT client speaks MQTT 3.1.1 without authentication flow; set Version_3_1_1";
}
