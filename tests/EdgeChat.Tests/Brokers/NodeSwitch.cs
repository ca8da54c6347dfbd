using System.Net;
using System.Net.Sockets;

namespace EdgeChat.Tests.Brokers;

/// <summary>Stands before the nodes of a cluster: a connection goes to the first of them that takes it.</summary>
internal sealed class NodeSwitch : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int[] _ports;

    public NodeSwitch(params int[] ports)
    {
        _ports = ports;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // the end of the test
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        {
            foreach (int port in _ports)
            {
                using var node = new TcpClient();
                try
                {
                    await node.ConnectAsync(IPAddress.Loopback, port);
                }
                catch (SocketException)
                {
                    continue;
                }

                try
                {
                    await Task.WhenAny(client.GetStream().CopyToAsync(node.GetStream()), node.GetStream().CopyToAsync(client.GetStream()));
                }
                catch (IOException)
                {
                    // one side is gone: the other goes too
                }

                return;
            }
        }
    }
}
