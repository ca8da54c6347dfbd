using System.Net;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>What the MQTT client needs of the board that it runs on: TCP, threads, and to know when the power goes.</summary>
/// <remarks>One object is one life of a board, from power-on to power-off: with the next boot comes a new one, so that nothing in memory
/// survives a reset.</remarks>
public interface IBoardNetwork
{
    /// <summary>Cancelled when the power goes, before the streams die. Threads that the client started end then, without a word.</summary>
    CancellationToken PowerLost => CancellationToken.None;

    /// <summary>Opens a TCP connection. The stream dies (its calls throw or read to the end) when the power or the Wi-Fi goes.</summary>
    /// <param name="host">A host name or an address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="timeout">After this time the attempt fails with <see cref="System.Net.Sockets.SocketError.TimedOut"/>.</param>
    /// <exception cref="System.Net.Sockets.SocketException">There is no network, no such host, or nobody listens.</exception>
    Stream Connect(string host, int port, TimeSpan timeout);

    /// <summary>The address of a host. The client asks once, when it is constructed, as the real one does.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is unknown or there is no network.</exception>
    IPAddress Resolve(string host) => PlainNetwork.AddressOf(host);

    /// <summary>Sees each whole packet: a sent one before it is written, a received one before it is acted upon.</summary>
    /// <param name="sent">True from the board to the broker.</param>
    /// <param name="packet">The bytes with their fixed header; not to be changed.</param>
    void OnPacket(bool sent, byte[] packet);

    /// <summary>Starts a thread of the board. The execution context must flow, so that static platform calls in event handlers find the
    /// board.</summary>
    /// <param name="name">What the thread is for, such as <c>mqtt dispatch</c>.</param>
    /// <param name="body">Throws nothing.</param>
    Thread StartThread(string name, ThreadStart body)
    {
        // hundreds of boards run in one process, four such threads each: small stacks
        var thread = new Thread(body, maxStackSize: 256 * 1024) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    /// <summary>Does what is one native call on the board: until it ends, no other thread of the board goes on.</summary>
    T StandStill<T>(Func<T> call) => call();

    /// <summary>Throws when the board has no power, so that a firmware thread that still runs goes no further.</summary>
    void ThrowIfPowerLost() => PowerLost.ThrowIfCancellationRequested();
}
