using System.Net;
using System.Net.Sockets;

namespace EdgeChat.Tests.OnBoard;

/// <summary>Stands between a board and its broker and keeps what the board put on the wire.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<MemoryStream> _sent = [];
    private readonly Task _serving;
    private readonly int _target;

    public TcpRelay(int target)
    {
        _target = target;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The bytes of each connection, from the board to the broker.</summary>
    public IReadOnlyList<byte[]> Sent
    {
        get { lock (_sent) return [.. _sent.Select(s => s.ToArray())]; }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _serving.Wait(TestBoard.Patience);
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync()));
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // the end of the test
        }

        await Task.WhenAll(connections);
    }

    private async Task RelayAsync(TcpClient board)
    {
        var record = new MemoryStream();
        lock (_sent) _sent.Add(record);
        using (board)
        using (var broker = new TcpClient())
        {
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(PumpAsync(board.GetStream(), broker.GetStream(), record),
                    PumpAsync(broker.GetStream(), board.GetStream(), null));
            }
            catch (SocketException)
            {
                // the broker is gone
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, MemoryStream? record)
    {
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer)) > 0)
            {
                if (record is not null)
                    lock (_sent) record.Write(buffer, 0, count);
                await to.WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // one side has gone: the other follows
        }
    }
}
