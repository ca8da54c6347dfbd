using System.Security.Cryptography.X509Certificates;
using EdgeChat.VirtualBoard.Mqtt;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using Certificate = EdgeChat.VirtualBoard.Mqtt.X509Certificate;

namespace EdgeChat.Tests.Mqtt;

/// <summary>A client and a scripted broker, with one trace of what both do. The client's events are traced under the name of their
/// thread.</summary>
internal sealed class Situation : IDisposable
{
    public const string App = "app";
    public const string Receive = "mqtt receive";
    public const string Dispatch = "mqtt dispatch";

    /// <summary>CONNECT of <see cref="Connect"/> with keep-alive 60 s: alice, will of QoS 1 and retained, user name, password, session
    /// kept.</summary>
    public const string ConnectPacket = "104100044D51545404EC003C0005616C696365000B6563312F702F616C696365"
        + "00127B2273223A226C6F7374222C2262223A317D0005616C6963650006736563726574";

    private readonly IBoardNetwork _before = BoardNetwork.Current;

    public Situation(X509Certificate2? brokerCertificate = null)
    {
        Broker = new ScriptedBroker(Trace, brokerCertificate);
        Network = new TestNetwork(Trace);
        BoardNetwork.Current = Network;
        Client = brokerCertificate == null ? Make() : null!;
    }

    public Trace Trace { get; } = new();

    public ScriptedBroker Broker { get; }

    public TestNetwork Network { get; }

    public MqttClient Client { get; private set; }

    /// <summary>Makes the client and traces its events.</summary>
    public MqttClient Make(int? port = null, bool secure = false, byte[]? ca = null,
        MqttSslProtocols protocol = MqttSslProtocols.TLSv1_2, string host = "127.0.0.1")
    {
        BoardNetwork.Current = Network;
        Certificate? certificate = ca == null ? null : new Certificate(ca);
        Client = new MqttClient(host, port ?? Broker.Port, secure, certificate, null, protocol);
        Client.ConnectionOpened += (_, e) => Add($"ConnectionOpened {(int)e.Message.ReturnCode} {e.Message.SessionPresent}");
        Client.ConnectionClosed += (_, _) => Add("ConnectionClosed");
        Client.MqttMsgPublished += (_, e) => Add($"Published {e.MessageId} {e.IsPublished}");
        Client.MqttMsgSubscribed += (_, e) => Add($"Subscribed {e.MessageId}: {string.Join(' ', e.GrantedQoSLevels.Select(q => (int)q))}");
        Client.MqttMsgUnsubscribed += (_, e) => Add($"Unsubscribed {e.MessageId}");
        Client.MqttMsgPublishReceived += (_, e)
            => Add($"Received {e.Topic} {Convert.ToHexString(e.Message)} dup {e.DupFlag} qos {(int)e.QosLevel} retain {e.Retain}");
        return Client;
    }

    /// <summary>Connects and traces what came of it.</summary>
    public MqttReasonCode Connect(ushort keepAlive = 60, bool cleanSession = false)
    {
        MqttReasonCode code = Client.Connect("alice", "alice", "secret", true, MqttQoSLevel.AtLeastOnce, true, "ec1/p/alice",
            "{\"s\":\"lost\",\"b\":1}", cleanSession, keepAlive);
        Add($"Connect gave {(int)code}");
        return code;
    }

    /// <summary>Publishes one letter or more to the topic <c>t</c> with QoS 1.</summary>
    public ushort Publish(string text, MqttQoSLevel qos = MqttQoSLevel.AtLeastOnce)
        => Client.Publish("t", System.Text.Encoding.UTF8.GetBytes(text), null, null, qos, false);

    /// <summary>Sends the same PUBACK as a broker would, once for each PUBLISH of QoS 1.</summary>
    public static void Acknowledge(ScriptedBroker.Connection connection, string packet)
    {
        if (packet.StartsWith("32", StringComparison.Ordinal))
            connection.Send("4002" + packet[10..14]);
    }

    public Trace.Entry WaitForPacket(string hex, int nth = 1) => Trace.WaitFor(ScriptedBroker.FromClient, hex, nth);

    /// <summary>Waits until the client has written a packet, as stamped by its own thread: what its waits are measured from.</summary>
    public Trace.Entry WaitForSent(string hex, int nth = 1) => Trace.WaitFor(TestNetwork.Seen, "out " + hex, nth);

    public Trace.Entry WaitForClose(int nth = 1) => Trace.WaitFor(ScriptedBroker.Broker, ScriptedBroker.ClientClosed, nth);

    public Trace.Entry WaitForEvent(string what, int nth = 1) => Trace.WaitFor(Dispatch, what, nth);

    public void Add(string what) =>
        Trace.Add(Thread.CurrentThread.Name is { } name && name.StartsWith("mqtt", StringComparison.Ordinal) ? name : App, what);

    public void Dispose()
    {
        BoardNetwork.Current = _before;
        Network.CutPower();
        Network.WaitForThreads();
        Broker.Dispose();
    }
}
