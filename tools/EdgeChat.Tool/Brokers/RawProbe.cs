using System.Net;
using System.Net.Sockets;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Tool.Brokers;

/// <summary>Tries of a broker's port that no library makes.</summary>
internal static class RawProbe
{
    private const int ConnAck = 0x20; // OASIS MQTT 3.1.1, section 3.2
    private const int Handshake = 22; // RFC 5246, section 6.2.1
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // CONNECT of 3.1.1 with a clean session and the client id "check"
    private static readonly byte[] Connect =
        [0x10, 17, 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 5, .. "check"u8];

    /// <summary>Whether the port takes connections.</summary>
    public static Task<bool> ListensAsync(BrokerAddress address, CancellationToken stop) =>
        AskAsync(address, (_, _) => Task.FromResult(true), false, stop);

    /// <summary>Whether this machine knows an address for the host's name.</summary>
    public static async Task<bool> IsKnownAsync(BrokerAddress address, CancellationToken stop)
    {
        try
        {
            return (await Dns.GetHostAddressesAsync(address.Host, stop)).Length > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Whether the port answers MQTT without TLS.</summary>
    public static async Task<bool> AnswersPlainAsync(BrokerAddress address, CancellationToken stop) =>
        await FirstByteAsync(address, Connect, stop) == ConnAck;

    /// <summary>Whether the port begins a handshake with who knows nothing above TLS 1.1.</summary>
    public static async Task<bool> AnswersOldTlsAsync(BrokerAddress address, CancellationToken stop) =>
        await FirstByteAsync(address, OldHello(), stop) == Handshake;

    /// <summary>A ClientHello of TLS 1.1 (RFC 4346, section 7.4.1.2), with the suites and curves that servers of its time know.</summary>
    private static byte[] OldHello()
    {
        byte[] suites = [0xC0, 0x09, 0xC0, 0x0A, 0xC0, 0x13, 0xC0, 0x14, 0x00, 0x2F, 0x00, 0x35]; // AES-CBC with SHA-1: ECDHE, RSA
        byte[] extensions =
        [
            0, 10, 0, 8, 0, 6, 0, 23, 0, 24, 0, 25, // supported_groups: P-256, P-384, P-521 (RFC 8422, section 5.1.1)
            0, 11, 0, 2, 1, 0, // ec_point_formats: uncompressed
        ];
        byte[] random = new byte[32];
        Random.Shared.NextBytes(random);
        byte[] body =
            [3, 2, .. random, 0, 0, (byte)suites.Length, .. suites, 1, 0, 0, (byte)extensions.Length, .. extensions];
        byte[] hello = [1, 0, 0, (byte)body.Length, .. body];
        return [Handshake, 3, 1, 0, (byte)hello.Length, .. hello];
    }

    // what the other side says first; -1 when it says nothing and leaves, or is silent
    private static Task<int> FirstByteAsync(BrokerAddress address, byte[] said, CancellationToken stop) => AskAsync(
        address,
        async (stream, end) =>
        {
            await stream.WriteAsync(said, end);
            byte[] answer = new byte[1];
            return await stream.ReadAsync(answer, end) == 1 ? answer[0] : -1;
        },
        -1,
        stop);

    // on a connection of its own; without one, or when it does not come to an end, it gives what stands for nothing
    private static async Task<T> AskAsync<T>(BrokerAddress address, Func<Stream, CancellationToken, Task<T>> ask, T nothing,
        CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(address.Host, address.Port, patience.Token);
            return await ask(tcp.GetStream(), patience.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return nothing;
        }
    }
}
