namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The four threads of a client: starts them, and sees to the end of those that a new connection would find.</summary>
internal sealed class ClientThreads(LinkState link, Receiver receiver, Dispatcher dispatcher, InFlightThread inFlight, KeepAlive keepAlive)
{
    private const int LongestEndMs = 1000;

    private Thread? _receive;
    private Thread? _inFlight;
    private Thread? _keepAlive;

    public void StartReceiving() => _receive = link.Network.StartThread("mqtt receive", Silent(receiver.Run));

    public void StartWorking(int keepAliveMs)
    {
        if (keepAlive.Prepare(keepAliveMs))
            _keepAlive = link.Network.StartThread("mqtt keep-alive", Silent(keepAlive.Run));
        link.Network.StartThread("mqtt dispatch", Silent(dispatcher.Run));
        _inFlight = link.Network.StartThread("mqtt in-flight", Silent(inFlight.Run));
    }

    /// <summary>Ends what still runs of an earlier connection. Not the dispatch thread: it may be the one that connects again.</summary>
    public void StopLeftOvers()
    {
        if (_receive is not { IsAlive: true } && _inFlight is not { IsAlive: true } && _keepAlive is not { IsAlive: true })
            return;
        link.Stop();
        Join(_inFlight);
        Join(_keepAlive);
        Join(_receive);
    }

    public void WaitForInFlight() => Join(_inFlight);

    private static void Join(Thread? thread)
    {
        if (thread is { IsAlive: true })
            thread.Join(LongestEndMs);
    }

    // a thread of a board without power ends without a word, whatever it was doing
    private ThreadStart Silent(ThreadStart body) => () =>
    {
        try
        {
            body();
        }
        catch (Exception) when (!link.HasPower)
        {
        }
    };
}
