using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Tool.Commands;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Server;

namespace EdgeChat.Tool.Broker;

/// <summary>An MQTT 3.1.1 broker inside this process, on 127.0.0.1: persistent sessions, retained messages, a queue for clients that are
/// away.</summary>
/// <remarks>It can be stopped and started again on its port; sessions, queues and retained messages live as long as the object.</remarks>
/// <param name="access">Who may come and do what; null for anybody and anything.</param>
/// <param name="certificate">What it proves itself with, with its key; then it speaks TLS 1.2 and 1.3, and nothing in the clear. Null for
/// no TLS.</param>
/// <param name="clients">Whose certificates clients must have, over TLS; null for clients without.</param>
public sealed class EmbeddedBroker(
    BrokerAccess? access = null, X509Certificate2? certificate = null, LoopbackClients? clients = null) : IAsyncDisposable
{
    // A message that waits is in memory; more than any demo makes, so that none is dropped.
    private const int MessagesPerSession = 100_000;

    // A program that is being started has, until it is loaded, a copy of each socket that was open then: the port that was closed is in use
    // as long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, MqttApplicationMessage> _retained = new();
    private readonly ConcurrentDictionary<string, byte> _clients = new();
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private MqttServer? _server;
    private ReservedPorts? _reserved;
    private long _received;
    private long _sent;

    /// <summary>Where it listens, or listened before it was stopped.</summary>
    public BrokerAddress Address { get; private set; } = new("127.0.0.1", 0);

    /// <summary>True between <see cref="StartAsync"/> and <see cref="StopAsync"/>.</summary>
    public bool IsRunning => _server is { IsStarted: true };

    /// <summary>Client ids that are connected now.</summary>
    public IReadOnlyCollection<string> Clients => [.. _clients.Keys];

    /// <summary>Packets that clients have sent, without their CONNECT.</summary>
    public long PacketsReceived => Interlocked.Read(ref _received);

    /// <summary>Packets that were sent to clients.</summary>
    public long PacketsSent => Interlocked.Read(ref _sent);

    /// <summary>A packet came or went; raised on the broker's threads, so handlers only take note.</summary>
    public event Action<BrokerPacket>? Packet;

    /// <summary>A retained message was set (topic, body), or cleared with an empty body; raised on the broker's threads.</summary>
    public event Action<string, byte[]>? RetainedChanged;

    /// <summary>The broker was started or stopped, or a client came or went.</summary>
    public event Action? StateChanged;

    /// <summary>Listens: the first time on <paramref name="port"/> or, when that is 0, on a free one; later on the same port
    /// again.</summary>
    /// <exception cref="ToolException">The port is in use.</exception>
    public async Task StartAsync(int port = 0)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            if (IsRunning)
                return;
            if (_server is not null)
                port = Address.Port;
            else if (port == 0)
                port = (_reserved ??= ReservedPorts.Take()).First;
            await ListenAsync(_server ?? CreateServer(port), port);
        }
        finally
        {
            _oneAtATime.Release();
        }

        StateChanged?.Invoke();
    }

    /// <summary>Closes the port and each connection, as a broker that is shut down; sessions, queues and retained messages are
    /// kept.</summary>
    public async Task StopAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            if (_server is { IsStarted: true } server)
                await server.StopAsync(new MqttServerStopOptions());
            _clients.Clear();
        }
        finally
        {
            _oneAtATime.Release();
        }

        StateChanged?.Invoke();
    }

    /// <summary>How many messages wait for a client, sent or not, until it confirms them; 0 when the client has no session. The broker must
    /// run.</summary>
    public async Task<long> WaitingForAsync(string clientId)
    {
        if (_server is not { IsStarted: true } server)
            throw new InvalidOperationException("the embedded broker is stopped: start it before asking for its sessions");
        foreach (var session in await server.GetSessionsAsync())
        {
            if (session.Id == clientId)
                return session.PendingApplicationMessagesCount;
        }

        return 0;
    }

    /// <summary>The retained body of a topic, or null.</summary>
    public byte[]? Retained(string topic) => _retained.TryGetValue(topic, out var message) ? message.Payload.ToArray() : null;

    /// <summary>Stops, and forgets everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server?.Dispose();
        _reserved?.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task ListenAsync(MqttServer server, int port)
    {
        var since = Stopwatch.StartNew();
        while (await TryListenAsync(server) is { } fault)
        {
            if (fault.SocketErrorCode == SocketError.AddressAlreadyInUse && since.Elapsed < Patience)
            {
                await Task.Delay(Pause);
                continue;
            }

            if (server != _server)
                server.Dispose();
            throw new ToolException(ExitCode.Machine,
                $"the built-in broker cannot listen on 127.0.0.1:{port} ({fault.Message}): stop what uses the port", fault);
        }

        _server = server;
        Address = new BrokerAddress("127.0.0.1", port, certificate is not null);
    }

    private static async Task<SocketException?> TryListenAsync(MqttServer server)
    {
        try
        {
            await server.StartAsync();
            return null;
        }
        catch (SocketException e)
        {
            // MQTTnet counts itself as started from before it opens the port.
            await server.StopAsync(new MqttServerStopOptions());
            return e;
        }
    }

    private MqttServer CreateServer(int port)
    {
        var endpoint = Endpoint(new MqttServerOptionsBuilder(), port);
        if (clients is not null)
            endpoint.WithClientCertificate((_, shown, _, _) => clients.Knows(shown));
        var options = endpoint
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(MessagesPerSession)
            .Build();
        var server = new MqttServerFactory().CreateMqttServer(options, [new NamingAdapter()]);
        server.ClientConnectedAsync += e => OnClient(() => _clients[e.ClientId] = 0);
        server.ClientDisconnectedAsync += e => OnClient(() => _clients.TryRemove(e.ClientId, out _));
        server.InterceptingInboundPacketAsync += e => OnPacket(e, true);
        server.InterceptingOutboundPacketAsync += e => OnPacket(e, false);
        server.RetainedMessageChangedAsync += OnRetained;
        access?.Guard(server);
        // MQTTnet asks for the retained messages at each start and forgets those that it is not given.
        server.LoadingRetainedMessageAsync += e =>
        {
            e.LoadedRetainedMessages = [.. _retained.Values];
            return Task.CompletedTask;
        };
        return server;
    }

    private MqttServerOptionsBuilder Endpoint(MqttServerOptionsBuilder options, int port) => certificate is null
        ? options.WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port)
        : options.WithoutDefaultEndpoint()
            .WithEncryptedEndpoint()
            .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
            .WithEncryptedEndpointBoundIPV6Address(IPAddress.None)
            .WithEncryptedEndpointPort(port)
            .WithEncryptionCertificate(certificate)
            .WithEncryptionSslProtocol(SslProtocols.Tls12 | SslProtocols.Tls13);

    private Task OnClient(Action note)
    {
        note();
        StateChanged?.Invoke();
        return Task.CompletedTask;
    }

    private Task OnPacket(InterceptingPacketEventArgs e, bool isFromClient)
    {
        if (isFromClient)
            Interlocked.Increment(ref _received);
        else
            Interlocked.Increment(ref _sent);
        if (Packet is { } handler)
        {
            // MQTTnet names its classes after the packet types: MqttPubAckPacket.
            var kind = e.Packet.GetType().Name.Replace("Mqtt", "").Replace("Packet", "").ToUpperInvariant();
            var topic = e.Packet switch
            {
                MqttPublishPacket publish => publish.Topic,
                MqttSubscribePacket subscribe => string.Join(' ', subscribe.TopicFilters.Select(f => f.Topic)),
                _ => null,
            };
            handler(new BrokerPacket(e.ClientId, isFromClient, kind, topic));
        }

        return Task.CompletedTask;
    }

    private Task OnRetained(RetainedMessageChangedEventArgs e)
    {
        var message = e.ChangedRetainedMessage;
        var body = message.Payload.ToArray();
        if (body.Length == 0)
            _retained.TryRemove(message.Topic, out _);
        else
            _retained[message.Topic] = message;
        RetainedChanged?.Invoke(message.Topic, body);
        return Task.CompletedTask;
    }
}
