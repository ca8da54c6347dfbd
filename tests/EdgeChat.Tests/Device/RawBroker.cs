using System.Net;
using System.Net.Sockets;

namespace EdgeChat.Tests.OnBoard;

/// <summary>An MQTT broker for one client at a time that does only what a test tells it: packets come out of a queue, bytes go
/// in.</summary>
internal sealed class RawBroker : IDisposable
{
    public const byte Connect = 0x10;
    public const byte Publish = 0x30;
    public const byte Subscribe = 0x80;
    public const byte Disconnect = 0xE0;

    private static readonly TimeSpan Patience = Waiting.Longest;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _client;
    private NetworkStream? _stream;

    public RawBroker() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Waits for the next connection and its CONNECT.</summary>
    public byte[] Accept()
    {
        using var limit = new CancellationTokenSource(Patience);
        _client?.Dispose();
        _client = _listener.AcceptTcpClientAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        _client.NoDelay = true;
        _client.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _stream = _client.GetStream();
        return Expect(Connect);
    }

    /// <summary>Accepts the next connection and answers with CONNACK.</summary>
    public byte[] AcceptWith(byte code, bool sessionPresent = false)
    {
        byte[] connect = Accept();
        Send(0x20, 2, (byte)(sessionPresent ? 1 : 0), code);
        return connect;
    }

    /// <summary>Waits for a packet of a type, skipping PINGREQ and PUBACK; gives its body.</summary>
    public byte[] Expect(byte type)
    {
        while (true)
        {
            (int first, byte[] body) = Read() ?? throw new AssertFailedException($"the connection ended instead of packet {type:X2}");
            if ((first & 0xF0) == type) return body;
            if ((first & 0xF0) is not (0xC0 or 0x40)) throw new AssertFailedException($"packet {first:X2} instead of {type:X2}");
        }
    }

    /// <summary>Waits for the end of the connection; gives the first bytes of the packets before it.</summary>
    public List<int> ExpectEnd()
    {
        var packets = new List<int>();
        while (Read() is { } packet) packets.Add(packet.First);
        return packets;
    }

    public void Send(params ReadOnlySpan<byte> bytes) => _stream!.Write(bytes);

    /// <summary>Sends a PUBLISH of QoS 1.</summary>
    public void SendPublish(int id, string topic, params ReadOnlySpan<byte> body)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(topic);
        Send([0x32, (byte)(2 + name.Length + 2 + body.Length), 0, (byte)name.Length, .. name, (byte)(id >> 8), (byte)id, .. body]);
    }

    /// <summary>Sends the PUBACK of a PUBLISH body that <see cref="Expect"/> gave.</summary>
    public void Confirm(byte[] publish)
    {
        int at = 2 + (publish[0] << 8) + publish[1];
        Send(0x40, 2, publish[at], publish[at + 1]);
    }

    /// <summary>Closes the connection as a broker that is killed does.</summary>
    public void Die() => _client!.Client.Close(0);

    /// <summary>Sends the end of the stream, behind what was sent, as a broker does that closes in order.</summary>
    public void HangUp() => _client!.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next packet, or null when the connection has ended.</summary>
    public (int First, byte[] Body)? Read()
    {
        try
        {
            int first = _stream!.ReadByte();
            if (first < 0) return null;
            int length = 0;
            for (int shift = 0; ; shift += 7)
            {
                int b = _stream.ReadByte();
                length |= (b & 127) << shift;
                if (b < 128) break;
            }

            byte[] body = new byte[length];
            _stream.ReadExactly(body);
            return (first, body);
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return null;
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Stop();
    }
}
