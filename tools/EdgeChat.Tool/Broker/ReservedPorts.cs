using System.Net;
using System.Net.Sockets;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Broker;

/// <summary>TCP ports on 127.0.0.1 that no other EdgeChat on this machine takes, also while nothing listens there: whoever waits for a
/// broker that was stopped must not come to another one.</summary>
/// <remarks>What keeps a number is a UDP socket that is bound to it, as the system gives that up whatever happens to the process. The ports
/// are below those that a system gives to outgoing connections (32768 on Linux, 49152 elsewhere, RFC 6335 section 6): on one of these a
/// client that tries again and again while the broker is stopped can be given that same port, and connect to itself.</remarks>
internal sealed class ReservedPorts : IDisposable
{
    private const int Lowest = 18830;
    private const int Ports = 1000;

    private readonly Socket[] _keepers;

    private ReservedPorts(int first, Socket[] keepers)
    {
        First = first;
        _keepers = keepers;
    }

    /// <summary>The first of them; the others follow one by one.</summary>
    public int First { get; }

    /// <summary>Takes ports on which nothing listens.</summary>
    /// <param name="count">How many, one after the other; from 1 on.</param>
    /// <exception cref="ToolException">There are no such ports.</exception>
    public static ReservedPorts Take(int count = 1)
    {
        // Start somewhere else each time, so that two that start together seldom meet.
        int places = Ports / count;
        int offset = Random.Shared.Next(places);
        for (int i = 0; i < places; i++)
            if (TryTake(Lowest + (offset + i) % places * count, count) is { } taken) return taken;
        throw new ToolException(
            ExitCode.Machine,
            $"no free port for the built-in broker from {Lowest} to {Lowest + Ports - 1} on 127.0.0.1: stop some other demo, "
            + "or use --broker HOST:PORT");
    }

    /// <summary>Others may take them.</summary>
    public void Dispose()
    {
        foreach (Socket keeper in _keepers) keeper.Dispose();
    }

    /// <summary>Takes these; null when one of them is taken.</summary>
    public static ReservedPorts? TryTake(int first, int count)
    {
        var keepers = new List<Socket>();
        try
        {
            for (int port = first; port < first + count; port++)
            {
                var keeper = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
                keepers.Add(keeper);
                keeper.Bind(new IPEndPoint(IPAddress.Loopback, port));
                // Bound, not listening: a program that is being started has a copy for a moment, which hinders nobody who listens.
                using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            }
        }
        catch (SocketException)
        {
            keepers.ForEach(k => k.Dispose());
            return null;
        }

        return new ReservedPorts(first, [.. keepers]);
    }
}
