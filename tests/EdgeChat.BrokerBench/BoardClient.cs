using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace EdgeChat.BrokerBench;

/// <summary>What a broker sees of a board, and nothing else: MQTT 3.1.1 with TLS, a persistent session, QoS 1.</summary>
internal sealed class BoardClient : IAsyncDisposable
{
    // OASIS MQTT 3.1.1, section 2.2.1
    private const int ConnAck = 2;
    private const int Publish = 3;
    private const int PubAck = 4;
    private const int SubAck = 9;
    private const byte ConnectHead = 0x10;
    private const byte PublishHead = 0x32; // QoS 1
    private const byte Retain = 0x01;
    private const byte Refused = 0x80;
    private const byte PubAckHead = 0x40;
    private const byte SubscribeHead = 0x82;
    private const byte DisconnectHead = 0xE0;
    private const byte ConnectFlags = 0xEC; // user name, password, a retained will with QoS 1, and the session kept
    private const int KeepAliveSeconds = 1200; // no board pings during a measurement
    private const int InFlight = 16; // as many as a board has

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TcpClient _tcp;
    private readonly SslStream _stream;
    private readonly SemaphoreSlim _window = new(InFlight);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action _received;
    private ushort _packet;

    private BoardClient(string id, TcpClient tcp, SslStream stream, Action received)
    {
        Id = id;
        _tcp = tcp;
        _stream = stream;
        _received = received;
    }

    public string Id { get; }

    /// <summary>Connects; <paramref name="received"/> is called for each message that comes.</summary>
    public static async Task<BoardClient> ConnectAsync(BrokerUnderLoad broker, string id, Action received)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, broker.Port);
        var stream = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await stream.AuthenticateAsClientAsync("localhost");
        var client = new BoardClient(id, tcp, stream, received);
        _ = client.ReadAsync();
        byte[] body =
        [
            .. Text("MQTT"), 4, ConnectFlags, .. Word(KeepAliveSeconds), .. Text(id), .. Text($"ec1/p/{id}"), .. Text("lost"),
            .. Text(id), .. Text(broker.Password),
        ];
        await client.WriteAsync(ConnectHead, body);
        await client._connected.Task.WaitAsync(Patience);
        return client;
    }

    public async Task SubscribeAsync(params string[] filters)
    {
        IEnumerable<byte> body = Word(++_packet);
        foreach (string filter in filters) body = body.Concat(Text(filter)).Append((byte)1);
        await WriteAsync(SubscribeHead, [.. body]);
        await _subscribed.Task.WaitAsync(Patience);
    }

    /// <summary>Sends a message as soon as the window has room.</summary>
    public async Task SendAsync(string topic, ReadOnlyMemory<byte> body, bool isRetained = false)
    {
        if (!await _window.WaitAsync(Patience)) throw new TimeoutException($"{Id}: no PUBACK");
        if (++_packet == 0) _packet = 1;
        await WriteAsync(isRetained ? (byte)(PublishHead | Retain) : PublishHead, [.. Text(topic), .. Word(_packet), .. body.Span]);
    }

    /// <summary>Waits until all that was sent is confirmed.</summary>
    public async Task ConfirmedAsync()
    {
        for (int i = 0; i < InFlight; i++)
            if (!await _window.WaitAsync(Patience)) throw new TimeoutException($"{Id}: no PUBACK");
        _window.Release(InFlight);
    }

    public async ValueTask DisposeAsync()
    {
        await WriteAsync(DisconnectHead, []);
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private static byte[] Word(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] Text(string text) => [.. Word(text.Length), .. Encoding.ASCII.GetBytes(text)];

    private async Task WriteAsync(byte head, byte[] body)
    {
        byte[] packet = body.Length < 128
            ? [head, (byte)body.Length, .. body]
            : [head, (byte)(body.Length & 0x7F | 0x80), (byte)(body.Length >> 7), .. body];
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(packet);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            byte[] one = new byte[1];
            while (true)
            {
                await _stream.ReadExactlyAsync(one);
                int type = one[0] >> 4;
                int qos = one[0] >> 1 & 3;
                int length = 0;
                for (int shift = 0; ; shift += 7)
                {
                    await _stream.ReadExactlyAsync(one);
                    length |= (one[0] & 0x7F) << shift;
                    if (one[0] < 0x80) break;
                }

                byte[] body = new byte[length];
                await _stream.ReadExactlyAsync(body);
                await TakeAsync(type, qos, body);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            _connected.TrySetException(new IOException($"{Id}: the broker has hung up"));
        }
    }

    private async Task TakeAsync(int type, int qos, byte[] body)
    {
        if (type == ConnAck && body[1] != 0) _connected.TrySetException(new IOException($"{Id}: refused with {body[1]}"));
        if (type == ConnAck) _connected.TrySetResult();
        if (type == SubAck && body.AsSpan(2).Contains(Refused)) _subscribed.TrySetException(new IOException($"{Id}: a filter is refused"));
        if (type == SubAck) _subscribed.TrySetResult();
        if (type == PubAck) _window.Release();
        if (type != Publish) return;
        if (qos > 0)
        {
            int at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
            await WriteAsync(PubAckHead, body[at..(at + 2)]);
        }

        _received();
    }
}
