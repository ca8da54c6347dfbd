using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace EdgeChat.Tests.Fleet;

/// <summary>Stands between a client and its broker, and lets all pass some time later.</summary>
internal sealed class SlowRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _delay;
    private readonly int _target;
    private readonly Task _serving;

    public SlowRelay(int target, TimeSpan delay)
    {
        _target = target;
        _delay = delay;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // the end of the test
        }

        await Task.WhenAll(connections);
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var broker = new TcpClient())
        {
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, _target);
                client.NoDelay = true;
                broker.NoDelay = true;
                await Task.WhenAny(PumpAsync(client.GetStream(), broker.GetStream()), PumpAsync(broker.GetStream(), client.GetStream()));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // one side has gone, so the other goes too
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        Channel<(byte[] Bytes, TimeSpan Due)> queue = Channel.CreateUnbounded<(byte[], TimeSpan)>();
        var clock = Stopwatch.StartNew();
        Task writing = WriteAsync();
        var buffer = new byte[4096];
        int count;
        while ((count = await from.ReadAsync(buffer, _stop.Token)) > 0)
            queue.Writer.TryWrite((buffer[..count], clock.Elapsed + _delay));
        queue.Writer.Complete();
        await writing;

        async Task WriteAsync()
        {
            await foreach ((byte[] bytes, TimeSpan due) in queue.Reader.ReadAllAsync(_stop.Token))
            {
                TimeSpan rest = due - clock.Elapsed;
                if (rest > TimeSpan.Zero) await Task.Delay(rest, _stop.Token);
                await to.WriteAsync(bytes, _stop.Token);
            }
        }
    }
}
