using System.Net;
using System.Net.Sockets;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The PC's network, never without power: for code that uses the client with no board around it.</summary>
public sealed class PlainNetwork : IBoardNetwork
{
    /// <summary>The only one: it has no state.</summary>
    public static PlainNetwork Instance { get; } = new();

    private PlainNetwork()
    {
    }

    /// <inheritdoc/>
    public Stream Connect(string host, int port, TimeSpan timeout) => Open(AddressOf(host), port, timeout, CancellationToken.None);

    /// <inheritdoc/>
    public void OnPacket(bool sent, byte[] packet)
    {
    }

    /// <summary>Opens a TCP connection of the PC.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="timeout">After this time: <see cref="SocketError.TimedOut"/>.</param>
    /// <param name="abort">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="SocketException">Nobody listens, or no answer came in time.</exception>
    public static NetworkStream Open(IPAddress address, int port, TimeSpan timeout, CancellationToken abort)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(abort);
            limit.CancelAfter(timeout);
            socket.ConnectAsync(new IPEndPoint(address, port), limit.Token).AsTask().GetAwaiter().GetResult();
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The address of a host as the PC knows it, IPv4 before IPv6: the board's sockets are IPv4.</summary>
    /// <exception cref="SocketException">The name is unknown.</exception>
    public static IPAddress AddressOf(string host)
    {
        IPAddress[] all = Dns.GetHostAddresses(host);
        return Array.Find(all, a => a.AddressFamily == AddressFamily.InterNetwork)
            ?? (all.Length > 0 ? all[0] : throw new SocketException((int)SocketError.HostNotFound));
    }
}
