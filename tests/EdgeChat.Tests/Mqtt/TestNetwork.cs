using System.Net.Sockets;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Tests.Mqtt;

/// <summary>The network of a board that a test can cut, and that remembers threads and packets.</summary>
internal sealed class TestNetwork(Trace trace) : IBoardNetwork
{
    public const string Seen = "seen by the board";

    private readonly CancellationTokenSource _power = new();
    private readonly List<NetworkStream> _streams = [];
    private readonly List<Thread> _threads = [];

    public CancellationToken PowerLost => _power.Token;

    public Stream Connect(string host, int port, TimeSpan timeout)
    {
        NetworkStream stream = PlainNetwork.Open(PlainNetwork.AddressOf(host), port, timeout, PowerLost);
        lock (_streams)
            _streams.Add(stream);
        return stream;
    }

    public void OnPacket(bool sent, byte[] packet) => trace.Add(Seen, (sent ? "out " : "in ") + Convert.ToHexString(packet));

    /// <summary>Whether a thread that reads has come to its end before the client goes on: the stream that it got has ended
    /// already.</summary>
    public bool HasEnded { get; set; }

    public Thread StartThread(string name, ThreadStart body)
    {
        var thread = new Thread(body, 256 * 1024) { IsBackground = true, Name = name };
        lock (_threads)
            _threads.Add(thread);
        thread.Start();
        if (HasEnded) thread.Join();
        return thread;
    }

    /// <summary>The sockets die at once, without a word to the broker's MQTT.</summary>
    public void CutConnections()
    {
        lock (_streams)
        {
            foreach (NetworkStream stream in _streams)
                stream.Close(0);
        }
    }

    public void CutPower()
    {
        _power.Cancel();
        CutConnections();
    }

    /// <summary>Waits until no thread runs that the client started.</summary>
    public void WaitForThreads()
    {
        Thread[] all;
        lock (_threads)
            all = [.. _threads];
        foreach (Thread thread in all)
            Assert.IsTrue(thread.Join(Waiting.Longest), $"thread \"{thread.Name}\" runs on");
    }

    public string[] RunningThreads()
    {
        lock (_threads)
            return [.. _threads.Where(t => t.IsAlive).Select(t => t.Name!).Order()];
    }
}
