using System.Net;
using System.Net.Sockets;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.VirtualBoard;

/// <summary>The network of one life of a board: its sockets die with the Wi-Fi and with the power, and its threads are the
/// board's.</summary>
internal sealed class CycleNetwork(PowerCycle cycle) : IBoardNetwork, IDisposable
{
    private readonly CancellationTokenSource _powerLost = new();

    public CancellationToken PowerLost => _powerLost.Token;

    private VirtualWifi Wifi => cycle.Board.Wifi;

    public Stream Connect(string host, int port, TimeSpan timeout)
    {
        IPAddress address = Resolve(host);
        Socket socket = Open(address, port, timeout);
        var stream = new BoardSocket(socket, Wifi);
        if (Wifi.Track(stream)) return stream;
        stream.Dispose();
        throw new SocketException((int)SocketError.NetworkUnreachable);
    }

    public IPAddress Resolve(string host)
    {
        cycle.Check();
        if (!Wifi.IsLinked) throw new SocketException((int)SocketError.NetworkUnreachable);
        return PlainNetwork.AddressOf(host);
    }

    public void OnPacket(bool sent, byte[] packet) => cycle.Board.Packets.Add(sent, packet);

    public Thread StartThread(string name, ThreadStart body) => cycle.Start(name, () => body()).Thread!;

    public T StandStill<T>(Func<T> call) => cycle.StandStill(call);

    public void ThrowIfPowerLost() => cycle.Check();

    /// <summary>The power is gone.</summary>
    public void Dispose() => _powerLost.Cancel();

    private Socket Open(IPAddress address, int port, TimeSpan timeout)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_powerLost.Token);
            limit.CancelAfter(timeout);
            socket.ConnectAsync(new IPEndPoint(address, port), limit.Token).AsTask().GetAwaiter().GetResult();
            return socket;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            cycle.Check();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A connection that the loss of Wi-Fi or power resets, so that the broker sees no DISCONNECT and no orderly end.</summary>
    private sealed class BoardSocket(Socket socket, VirtualWifi wifi) : NetworkStream(socket, ownsSocket: true), IMortalSocket
    {
        public void Kill() => Socket.Close(0);

        protected override void Dispose(bool disposing)
        {
            wifi.Untrack(this);
            base.Dispose(disposing);
        }
    }
}
